"""A small web of invented newspapers, served on loopback: `newshouse demo` ingests it twice.

    sites/*.toml → sites (what was written) → documents, layouts (how it is published)
                 → web (what a request gets, on which day) → server (a socket)

Everything above the server is pure: a `DemoWeb` answers the same request on the same day with the
same bytes. Day 2 is the web after its editors corrected some articles and published others.
"""

from etl.demo.server import DemoServer
from etl.demo.sites import DemoArticle, Site, load_sites
from etl.demo.web import DemoWeb

__all__ = ["DemoArticle", "DemoServer", "DemoWeb", "Site", "load_sites"]
