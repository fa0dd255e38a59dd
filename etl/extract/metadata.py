"""What a page declares about itself, read off the tree once."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement

from etl.extract.jsonld import Node, as_list, as_text, choose_article_node, read_nodes, types_of
from etl.extract.states import find_states
from etl.urls import is_http_url

_KEYWORDS_MAX = 40
_KEYWORD_CHARS = 80
_METERED = frozenset({"metered", "locked", "premium", "paid", "subscriber", "subscription"})
_SPLIT = re.compile(r"[,;|]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]+")
_LANGUAGE_TAG = re.compile(r"[A-Za-z0-9_-]{2,35}")
_MARKUP = re.compile(r"<[^<>]{0,500}>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The metadata of a page as found; `meta` is keyed by lower-case name or property.

    `links` are rel → href of the first such link, `alternates` the hrefs of links to other forms of
    the page, as ("amphtml", href) and ("hreflang:de", href); `url` is where the page was found;
    `types` are the schema.org types the page has, lower case; `states` are scripts that hold what
    it is drawn from.
    """

    url: str
    meta: Mapping[str, str]
    links: Mapping[str, str]
    node: Node
    html_language: str | None
    title_tag: str | None
    alternates: tuple[tuple[str, str], ...] = ()
    states: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()

    def first(self, *names: str) -> str | None:
        """Return the first of the meta tags `names` that the page has."""
        return next((self.meta[name] for name in names if name in self.meta), None)

    def site_names(self) -> tuple[str, ...]:
        """Return what the site calls itself; some templates put the page's title there."""
        titles = (self.title_tag, self.meta.get("og:title"))
        named = (
            self.meta.get("og:site_name"),
            self.meta.get("application-name"),
            as_text(self.node.get("publisher")),
        )
        return tuple(dict.fromkeys(name for name in named if name and name not in titles))


def read_declared(tree: HtmlElement, url: str) -> Declared:
    """Return what the page at `url` declares; `tree` is not changed."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = clean(element.get("content"))
        if name and content:
            meta.setdefault(name.strip().lower(), content)
        elif element.get("http-equiv", "").lower() == "content-language" and content:
            meta.setdefault("content-language", content)
    links: dict[str, str] = {}
    alternates: list[tuple[str, str]] = []
    for element in tree.iter("link"):
        href = element.get("href", "").strip()
        rels = element.get("rel", "").lower().split()
        for rel in rels if href else ():
            links.setdefault(rel, href)
        alternates += _read_alternate(rels, href, element.get("hreflang", "").strip())
    title = next(tree.iter("title"), None)
    nodes = read_nodes(tree)
    return Declared(
        url=url,
        meta=meta,
        links=links,
        node=choose_article_node(nodes),
        types=frozenset(name for node in nodes for name in types_of(node)),
        html_language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        title_tag=None if title is None else clean(title.text_content()),
        alternates=tuple(alternates),
        states=find_states(tree),
    )


def _read_alternate(rels: list[str], href: str, language: str) -> Iterator[tuple[str, str]]:
    if href and "amphtml" in rels:
        yield "amphtml", href
    elif href and "alternate" in rels and _LANGUAGE_TAG.fullmatch(language):
        yield f"hreflang:{language.lower()}", href


def clean(text: Any) -> str | None:
    """Return `text` as one line without markup or escapes; None where it is no text or empty.

    Titles and names come escaped twice ("&amp;quot;") from more than one publisher.
    """
    if not isinstance(text, str):
        return None
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _MARKUP.sub("", text)
    return " ".join(_CONTROL.sub("", text).split()) or None


def read_section(declared: Declared) -> str | None:
    """Return the section the page says it is in."""
    said = clean(as_text(declared.node.get("articleSection")))
    return said or declared.first("article:section", "section", "category", "parsely-section")


def read_keywords(declared: Declared) -> tuple[str, ...]:
    """Return the page's keywords, without repeats, at most 40."""
    said = [as_text(item) for item in as_list(declared.node.get("keywords"))]
    if not any(said):
        said = [declared.first("news_keywords", "keywords", "parsely-tags", "article:tag")]
    found: dict[str, str] = {}
    for piece in (piece for text in said if text for piece in _SPLIT.split(text)):
        keyword = clean(piece)
        if keyword and len(keyword) <= _KEYWORD_CHARS:
            found.setdefault(keyword.casefold(), keyword)
    return tuple(found.values())[:_KEYWORDS_MAX]


def read_image_url(declared: Declared) -> str | None:
    """Return the absolute URL of the page's lead image."""
    said = [declared.first("og:image", "og:image:url", "twitter:image", "twitter:image:src")]
    images = as_list(declared.node.get("image"))
    said += [as_text(item.get("url") if isinstance(item, dict) else item) for item in images]
    return next((url for text in said if text and (url := absolute(declared.url, text))), None)


def read_is_paywalled(declared: Declared) -> bool:
    """Return whether the publisher says that the article, or a part, is not free for everybody."""
    tier = (declared.first("article:content_tier", "content_tier") or "").lower()
    parts = [part for part in as_list(declared.node.get("hasPart")) if isinstance(part, dict)]
    said = [_read_free(node) for node in (declared.node, *parts)]
    return tier in _METERED or False in said


def says_it_is_free(declared: Declared) -> bool:
    """Return whether the publisher says that the article is free for everybody."""
    tier = (declared.first("article:content_tier", "content_tier") or "").lower()
    return tier == "free" or _read_free(declared.node) is True


def _read_free(node: Node) -> bool | None:
    free = as_text([str(item) for item in as_list(node.get("isAccessibleForFree"))])
    word = (free or "").lower().rsplit("/", 1)[-1]
    return False if word in ("false", "no") else True if word in ("true", "yes") else None


def absolute(base: str, reference: str) -> str | None:
    """Return `reference` as an absolute http(s) URL, None where it cannot be one."""
    try:
        url = urljoin(base, reference.strip())
    except ValueError:  # an unbalanced bracket in the host
        return None
    return url if is_http_url(url) else None
