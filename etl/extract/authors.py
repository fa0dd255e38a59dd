"""Who wrote it: people, not agencies, desks or addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from etl.extract.headline import find_headline
from etl.extract.jsonld import as_list, as_text, types_of
from etl.extract.metadata import Declared, clean
from etl.extract.phrases import AGENCIES, NOBODY
from etl.records import Claim, Hints
from etl.urls import source_of
from etl.words import normalize

_META_NAMES = (
    "author",
    "article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "cxenseparse:author",
    "twitter:data1",
)
_BY = re.compile(
    r"^(?:(?:written |reported |posted |story |words |text |texte )?by|von|vom|par|por|di|de|da|"
    r"door|av|af|oleh|text|texte|texto|autor|autora|autore|autoren|auteur|author|foto)"
    r"\s*(?::\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*[;|/\u2022\u00b7\n]\s*|\s*,\s+|\s+(?:and|und|et|y|e|och|og|en|&|with)\s+")
_ROLE = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]\s*|\s+(?:[-\u2013\u2014]|in)\s+.{0,80}$|\S+@\S+")
# "article__byline", "authorName", "autor", "post-author-link"; not "authorization".
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|(?:article|post|story|entry|news|meta)?-?_?authors?(?:-?_?names?)?|"
    r"autor(?:es|en|i|a)?|autore|auteurs?|writers?|yazar|penulis)(?:$|[\s_-])",
    re.IGNORECASE,
)
# "/autoren/name/max-kolter", "/author/maria"; not "/authors".
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|i|a)?|auteurs?|autore|columnists?|yazar(?:lar)?|by|"
    r"reporters?|journalists?|redacteurs?|penulis)/[^/?#]+",
    re.IGNORECASE,
)
_LINKS_AFTER = etree.XPath("following::a[@href][position() <= 12]")
_AROUND = ("aside", "footer", "nav", "figure", "li")
_BYLINE_CHARS = 120
_BYLINES_MAX = 50
_NAME_CHARS = 60
_NAME_WORDS = 6
_AUTHORS_MAX = 20
_BESIDE = frozenset({"byline", "author page"})


class Authors(NamedTuple):
    """The authors chosen, in the page's order, and every candidate."""

    names: tuple[str, ...]
    claims: tuple[Claim, ...]


def choose_authors(tree: HtmlElement, declared: Declared, hints: Hints | None) -> Authors:
    """Return the people named by the first source that names any.

    Sources, best first: JSON-LD, meta tags, elements marked up as the author, the byline, links to
    authors' pages beside the headline, the feed.
    A byline that names all of a better source's people and others is believed: JSON-LD of some
    publishers has room for one. Other mark-up is not: it is of teasers too.
    """
    # "LTO" on lto.de and "The Namibian" on thenamibian.com are the site, whatever it says.
    label = source_of(declared.url).split(".")[0]
    sites = {_join(name) for name in (*declared.site_names(), label)}
    sources = [
        (source, said, clean_names(said, sites, is_told=source not in _BESIDE))
        for source, said in _find_sources(tree, declared, hints)
    ]
    chosen: tuple[str, tuple[str, ...]] = ("", ())
    is_more = False
    for source, _, names in sources:
        known = set(map(normalize, chosen[1]))
        if not known and names:
            chosen = source, names
        elif source == "byline" and _says_more(chosen[1], names):
            chosen, is_more = (source, names), True
    claims = tuple(
        Claim(
            field="authors",
            value=("; ".join(names) or "; ".join(said))[:500],
            source=source,
            rule=_name_rule(names, is_chosen=source == chosen[0], is_more=is_more),
            is_chosen=source == chosen[0],
        )
        for source, said, names in sources
    )
    return Authors(chosen[1], claims)


def _says_more(known: tuple[str, ...], shown: tuple[str, ...]) -> bool:
    """Return whether a byline names those known and others, or the person behind an account.

    Some systems write who put the article in, by one name ("maria"), into JSON-LD.
    """
    if set(map(normalize, known)) < set(map(normalize, shown)):
        return True
    is_account = all(" " not in name and name.isascii() for name in known)
    words = [word for name in shown for word in name.split()]
    return is_account and len(words) > len(shown) > 0 and not any(map(str.islower, words))


def _name_rule(names: tuple[str, ...], *, is_chosen: bool, is_more: bool) -> str:
    if not names:
        return "no person's name"
    if is_chosen:
        return "the byline names more" if is_more else "first source with people"
    return "a better source has people"


def clean_names(said: Iterable[str], sites: set[str], *, is_told: bool = True) -> tuple[str, ...]:
    """Return the people's names in `said`, split and without repeats.

    `sites` are names of the publisher, run together, who is nobody's author. What is not told to be
    names, but found beside them, is one only if it has two words.
    """
    found: dict[str, str] = {}
    for text in said:
        if "://" in text:
            continue
        for piece in _split_names(text):
            key = normalize(piece)
            if not is_told and (" " not in key or ":" in piece):
                continue
            if _is_person(piece, key) and not _is_site(piece, sites):
                found.setdefault(key, piece)
    return tuple(found.values())[:_AUTHORS_MAX]


def _find_sources(
    tree: HtmlElement, declared: Declared, hints: Hints | None
) -> Iterator[tuple[str, list[str]]]:
    people = [
        name
        for item in as_list(declared.node.get("author"))
        if not (
            isinstance(item, dict) and types_of(item) & {"organization", "newsmediaorganization"}
        )
        if (name := clean(as_text(item)))
    ]
    sources = [("json-ld", people)]
    for name in _META_NAMES:
        value = declared.meta.get(name)
        if value and (name != "twitter:data1" or "written by" in _label(declared)):
            sources.append((f"meta {name}", [value]))
    sources.append(("markup", _find_marked(tree)))
    sources.append(("byline", _find_byline(tree)))
    sources.append(("author page", _find_linked(tree, declared)))
    sources.append(("feed", list(hints.authors) if hints else []))
    return ((source, said) for source, said in sources if said)


def _label(declared: Declared) -> str:
    return (declared.meta.get("twitter:label1") or "").lower()


def _find_marked(tree: HtmlElement) -> list[str]:
    """Return the texts of elements marked up as the author of the page."""
    found = []
    for element in tree.iter("a", "span", "address", "div", "p"):
        is_author = element.get("rel") == "author" or element.get("itemprop") == "author"
        if is_author and (text := clean(" ".join(element.itertext()))) and len(text) < _NAME_CHARS:
            found.append(text)
    return found[:_AUTHORS_MAX]


def _find_byline(tree: HtmlElement) -> list[str]:
    """Return the text of the first element called a byline or the author, without its surroundings.

    Boxes of other articles have authors too: those stand in lists and asides.
    """
    called = (
        element
        for element in tree.iter("a", "span", "address", "div", "p", "strong")
        if _BYLINE.search(element.get("class", ""))
    )
    for element in islice(called, _BYLINES_MAX):  # a hostile page has thousands, each in another
        if next(element.iterancestors(*_AROUND), None) is not None:
            continue
        text = clean(" ".join(element.itertext()))
        if text and len(text) <= _BYLINE_CHARS and not _holds_byline(element):
            return [text]
    return []


def _find_linked(tree: HtmlElement, declared: Declared) -> list[str]:
    """Return the texts of links to authors' pages among the first links after the headline."""
    headline = find_headline(tree, declared)
    links: Any = [] if headline is None else _LINKS_AFTER(headline)
    return [
        text
        for link in links
        if _AUTHOR_PAGE.search(link.get("href", "")) and (text := clean(link.text_content()))
    ]


def _holds_byline(element: HtmlElement) -> bool:
    """Return whether an element within says it more closely."""
    return any(
        _BYLINE.search(inner.get("class", "")) and clean(inner.text_content())
        for inner in element.iterdescendants()
    )


def _split_names(text: str) -> list[str]:
    """Return the names in `text` without "By", roles, addresses and surrounding marks."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 2 and all(part and " " not in part for part in parts):  # noqa: PLR2004 - "Doe, Jane" is two parts
        return [f"{parts[1]} {parts[0]}"]
    text = _BY.sub("", _ROLE.sub(" ", text.strip()).strip())
    return [_BY.sub("", piece.strip(" .,:*-\u2013\u2014")) for piece in _SPLIT.split(text)]


def _is_site(name: str, sites: set[str]) -> bool:
    """Return whether `name` is a site's, its initials' ("dw", Deutsche Welle), or a part of it.

    "MDR Thüringen" on mdr.de is a newsroom.
    """
    words = normalize(name).split()
    initials = "".join(word[0] for word in words)
    return _join(name) in sites or initials in sites or not sites.isdisjoint(words[:1])


def _join(name: str) -> str:
    return normalize(name).replace(" ", "")


def _is_person(name: str, key: str) -> bool:
    if not name or len(name) > _NAME_CHARS or not any(char.isalpha() for char in name):
        return False
    words = key.split()
    if len(words) > _NAME_WORDS or key in AGENCIES or NOBODY.search(key):
        return False
    return not all(word in AGENCIES for word in words)
