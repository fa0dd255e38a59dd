"""One form for each URL, and one identity for the URLs that mean the same page. Pure.

    hosts, tracking ──▶ parts ──▶ canonical, sites

`canonicalize` is what the warehouse stores; `identity` is only ever compared.
"""

from etl.urls.canonical import canonicalize, fragment_of, identity, page_of
from etl.urls.parts import is_http_url
from etl.urls.sites import is_same_site, source_of

__all__ = [
    "canonicalize", "fragment_of", "identity", "is_http_url", "is_same_site", "page_of",
    "source_of",
]  # fmt: skip
