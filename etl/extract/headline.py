"""The heading of a page under which its article stands."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from etl.extract.metadata import Declared
from etl.extract.phrases import key_of

_HEADLINES_MAX = 20
_TITLE_CHARS = 400
_HEADLINE_CHARS = 20


def find_headline(tree: HtmlElement, declared: Declared) -> HtmlElement | None:
    """Return the heading that the page's title has, else the first h1; sites' names are h1s too."""
    title = key_of(f"{declared.title_tag or ''} {declared.meta.get('og:title', '')}")
    for heading in islice(tree.iter("h1", "h2"), _HEADLINES_MAX):
        key = key_of(" ".join(heading.itertext())[:_TITLE_CHARS])
        if len(key) >= _HEADLINE_CHARS and key in title:
            return heading
    return next(tree.iter("h1"), None)
