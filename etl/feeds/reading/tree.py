"""A feed's XML as a tree: safe to build from hostile text, and easy to ask by short names."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from etl.feeds.reading.mend import drop_impossible_references, mend_xml

Element = etree._Element  # noqa: SLF001 - lxml's only name for the type
Children = dict[str, list[Element]]

MAX_BASES = 4
"""No feed nests more; 200 of them around 5,000 relative links took half a minute to resolve."""

MAX_BASE_CHARS = 2_000
"""A longer one is damage, an open quotation mark: every link of the feed would begin with it."""

_PLAIN = (
    "http://purl.org/rss/1.0",
    "http://purl.org/net/rss1.1#",
    "http://my.netscape.com/rdf/simple/0.9",
    "http://channel.netscape.com/rdf/simple/0.9",
    "http://backend.userland.com/rss",
    "http://backend.userland.com/rss2",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://www.rssboard.org/rss-specification",
    "http://www.sitemaps.org/schemas/sitemap/0.9",
    "http://www.google.com/schemas/sitemap/0.84",
    "http://www.google.com/schemas/sitemap/0.9",
    "http://opml.org/spec2",
    "http://www.w3.org/1999/xhtml",
)
_PREFIXES = dict.fromkeys(_PLAIN, "") | {
    "http://www.w3.org/2005/atom": "atom:",
    "http://purl.org/atom/ns#": "atom:",
    "http://example.com/newformat#": "atom:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://purl.org/dc/elements/1.0": "dc:",
    "http://purl.org/dc/elements/1.1": "dc:",
    "http://purl.org/dc/terms": "dcterms:",
    "http://purl.org/rss/1.0/modules/content": "content:",
    "http://purl.org/rss/1.0/modules/syndication": "sy:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.pheedo.com/namespace/pheedo": "pheedo:",
    "http://www.google.com/schemas/sitemap-news/0.9": "news:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://search.yahoo.com/mrss": "media:",
    "http://news.yandex.ru": "yandex:",
}
"""By namespace in lower case, http, no last slash: publishers write them with all variations."""

_XHTML = "{http://www.w3.org/1999/xhtml}"
_CUSTOMARY = frozenset(prefix for prefix in _PREFIXES.values() if prefix)
_ENDLESS_NAMESPACE = re.compile(r"xmlns[^=<>\"']{0,100}=\s{0,9}(?:\"[^\"]{1000}|'[^']{1000})")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


class DamagedXmlError(ValueError):
    """Not well-formed, repaired or not; `root` is what could be read of it, None if nothing."""

    def __init__(self, detail: str, root: Element | None) -> None:
        super().__init__(detail)
        self.root = root


def parse_xml(text: str) -> Element:
    """Return the root of `text`: entities stay unexpanded, nothing is fetched.

    Undeclared entities and bare ampersands, the commonest faults of feeds, are mended first.

    Raises:
        DamagedXmlError: other faults remain.
    """
    if declaration := _DECLARATION.match(text):  # it names a charset the text no longer has
        text = text[declaration.end() :]
    if _ENDLESS_NAMESPACE.search(text):  # copied for every element asked for its name
        raise DamagedXmlError("a namespace name of a thousand characters and more", None)
    try:
        return _build(text, is_lenient=False)
    except etree.XMLSyntaxError:
        text = mend_xml(text)
    try:
        return _build(text, is_lenient=False)
    except etree.XMLSyntaxError as error:
        detail = str(error.msg)[:200]  # it quotes names, however long
    raise DamagedXmlError(detail, parse_leniently(text))


def parse_leniently(text: str) -> Element | None:
    """Return the root of what can be read of `text`, None where nothing can."""
    try:
        # The stubs promise an element; lxml gives None where it could recover nothing.
        root: Element | None = _build(drop_impossible_references(text), is_lenient=True)
    except etree.XMLSyntaxError:
        return None
    return root


def name_of(element: Element) -> str:
    """Return the element's lower-case name, prefixed by what its namespace is: "dc:date".

    RSS of every version has no prefix, nor has an unknown default namespace. Of an unknown
    namespace the customary prefix counts (<dc:date> is dc:date whatever dc was bound to); with
    another it is "?:", so that nobody's <x:title> is taken for the title.
    """
    return _name(element.tag, element.prefix)


def children_of(element: Element) -> Children:
    """Return the child elements of `element`, in order, by name."""
    found: Children = {}
    for child in element:
        if isinstance(child.tag, str):
            found.setdefault(name_of(child), []).append(child)
    return found


def named(children: Children, *names: str) -> Iterator[Element]:
    """Yield the elements of the first of `names`, then of the second, and so on."""
    for name in names:
        yield from children.get(name, ())


def text_of(element: Element) -> str:
    """Return all characters inside `element`, stripped."""
    if len(element) == 0:
        return (element.text or "").strip()
    return "".join(str(piece) for piece in element.itertext()).strip()


def markup_of(element: Element) -> str:
    """Return what is inside `element` as markup, whether it was escaped or stood there as XML."""
    if not any(isinstance(child.tag, str) for child in element):
        return text_of(element)
    # In an element of its own: written out one by one, each child would repeat all namespaces in
    # scope, and a hostile 80 KB became 127 MB.
    bare, inner = etree.Element("div"), copy.deepcopy(element)
    for inside in inner.iter(f"{_XHTML}*"):  # or a <br/> of XHTML is written <br></br>: two breaks
        inside.tag = str(inside.tag).removeprefix(_XHTML)
    bare.text = inner.text
    bare.extend(list(inner))
    etree.cleanup_namespaces(bare)
    markup = etree.tostring(bare, encoding="unicode", method="html")
    return markup.removeprefix("<div>").removesuffix("</div>").strip()


def first_text(children: Children, *names: str) -> str | None:
    """Return the first text that is not empty among the elements of `names`, in that order."""
    return next((text for found in named(children, *names) if (text := text_of(found))), None)


def xml_base_of(element: Element) -> tuple[str, ...]:
    """Return the xml:base values that hold for `element`, outermost first, the inner few."""
    key = "{http://www.w3.org/XML/1998/namespace}base"
    bases = [base for step in (element, *element.iterancestors()) if (base := step.get(key))]
    bases = [base for base in bases if len(base) <= MAX_BASE_CHARS]
    return tuple(reversed(bases[:MAX_BASES]))


@lru_cache(maxsize=512)
def _name(tag: str, prefix: str | None) -> str:
    if not tag.startswith("{"):
        return tag.lower()
    namespace, _, local = tag[1:].partition("}")
    namespace = namespace.strip().lower().removesuffix("/").replace("https://", "http://", 1)
    known = _PREFIXES.get(namespace)
    if known is None:
        known = f"{prefix.lower()}:" if prefix else ""
        known = known if known in _CUSTOMARY or not known else "?:"
    return known + local.lower()


def _build(text: str, *, is_lenient: bool) -> Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=is_lenient,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(text.encode("utf-8"), parser)
