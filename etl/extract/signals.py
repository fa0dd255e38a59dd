"""What a page's publisher says of machine use, in headers and in markup: noted, never judged.

Read are X-Robots-Tag and robots meta tags (Google's specification, and DeviantArt's `noai` and
`noimageai`), the W3C community group's TDM Reservation Protocol (`tdm-reservation`, `tdm-policy`),
IETF AIPREF's Content-Usage with its forerunner Content-Signal, and links to a licence (RFC 4946;
Really Simple Licensing uses them too).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal

from lxml.html import HtmlElement

from etl.records import UsageSignal

_SIGNALS_MAX = 30
_VALUE_CHARS = 500
_NAMES = frozenset(
    {"x-robots-tag", "tdm-reservation", "tdm-policy", "content-usage", "content-signal"}
)
_LINKS = re.compile(r",\s*(?=<)")
_IS_LICENCE = re.compile(r";\s*rel\s*=\s*[\"']?[^\"';,]*\blicense\b", re.IGNORECASE)
# What forbids something: the rest ("index, follow", "max-image-preview:large") is no signal.
_FORBIDS = frozenset(
    {"noai", "noimageai", "noindex", "noarchive", "nosnippet", "none", "max-snippet:0"}
)
_DIRECTIVE = re.compile(
    r"no(?!ne$)[a-z]{2,14}|all|index|follow|indexifembedded|max-[a-z-]{4,20}:.*"
)
_BETWEEN = re.compile(r"[,;\s]+")
# A crawler's name; of any other name all of the content has to be directives, for "noindex" may
# well be a keyword of an article.
_CRAWLER = re.compile(r"robots|.*(?:bot(?:-[a-z]+)?|crawler|spider|-extended|slurp|-ai)")
_AGENT = re.compile(r"[a-z][a-z0-9_-]{1,39}")
_NO_AGENT = frozenset({"keywords", "news_keywords", "description", "title", "subject", "abstract"})


def find_usage_signals(
    headers: Iterable[tuple[str, str]], tree: HtmlElement | None
) -> tuple[UsageSignal, ...]:
    """Return the page's signals as they stand, headers' first, without repeats, at most 30.

    Args:
        headers: of the answer.
        tree: of the page, its head still in it; None where there is none.
    """
    found = dict.fromkeys(_read_headers(headers))
    if tree is not None:
        found |= dict.fromkeys(_read_markup(tree))
    return tuple(islice(found, _SIGNALS_MAX))


def _read_headers(headers: Iterable[tuple[str, str]]) -> Iterator[UsageSignal]:
    for given, value in headers:
        name = given.lower()
        if name in _NAMES:
            yield _signal("header", name, value)
        elif name == "link" and "license" in value.lower():
            for link in _LINKS.split(value):
                if _IS_LICENCE.search(link):
                    yield _signal("header", name, link)


def _read_markup(tree: HtmlElement) -> Iterator[UsageSignal]:
    for element in tree.iter("meta", "link"):
        if element.tag == "link":
            name, value = "license", element.get("href", "")
            is_signal = name in element.get("rel", "").lower().split()
        else:
            name = (element.get("name") or element.get("http-equiv") or "").strip().lower()
            value = element.get("content", "")
            is_signal = name in _NAMES or _forbids(name, value[:_VALUE_CHARS].lower())
        if is_signal and value.strip():
            yield _signal("meta", name, value)


def _forbids(name: str, content: str) -> bool:
    """Return whether the meta tag forbids a crawler something."""
    # Most meta tags by far end here.
    if "no" not in content and "max-snippet" not in content:
        return False
    said = _BETWEEN.split(content.replace(": ", ":").strip(" ,;"))
    if _FORBIDS.isdisjoint(said) or not _AGENT.fullmatch(name) or name in _NO_AGENT:
        return False
    return _CRAWLER.fullmatch(name) is not None or all(map(_DIRECTIVE.fullmatch, said))


def _signal(source: Literal["header", "meta"], name: str, value: str) -> UsageSignal:
    return UsageSignal(source=source, name=name, value=" ".join(value.split())[:_VALUE_CHARS])
