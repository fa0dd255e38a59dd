"""A feed's XML as a tree: safe to build from hostile text, and easy to ask by short names."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from etl.feeds.text import FORBIDDEN

Element = etree._Element  # noqa: SLF001 - lxml's only name for the type
Children = dict[str, list[Element]]

MAX_BASES = 4
"""No feed nests more; 200 of them around 5,000 relative links took half a minute to resolve."""

_PLAIN = (
    "http://purl.org/rss/1.0/",
    "http://purl.org/net/rss1.1#",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss2",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://www.sitemaps.org/schemas/sitemap/0.9",
    "http://www.google.com/schemas/sitemap/0.84",
    "http://opml.org/spec2",
    "http://www.w3.org/1999/xhtml",
)
_PREFIXES = dict.fromkeys(_PLAIN, "") | {
    "http://www.w3.org/2005/Atom": "atom:",
    "https://www.w3.org/2005/Atom": "atom:",
    "http://purl.org/atom/ns#": "atom:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.google.com/schemas/sitemap-news/0.9": "news:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
}
_DOCTYPE_HEAD_CHARS = 8_192
_DOCTYPE_START = re.compile(r"<!DOCTYPE", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]{0,1000}(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_AMPERSAND = re.compile(
    r"&(?!(?:lt|gt|amp|quot|apos);)(?:(\w{2,32};)|#(\d{1,7});|#[xX]([0-9a-fA-F]{1,6});)?"
)
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
    try:
        return _build(text, is_lenient=False)
    except etree.XMLSyntaxError:
        text = _mend(text)
    try:
        return _build(text, is_lenient=False)
    except etree.XMLSyntaxError as error:
        detail = str(error.msg)
    try:
        # The stubs promise an element; lxml gives None where it could recover nothing.
        root: Element | None = _build(text, is_lenient=True)
    except etree.XMLSyntaxError:
        root = None
    raise DamagedXmlError(detail, root)


def name_of(element: Element) -> str:
    """Return the element's lower-case name, prefixed by what its namespace is: "dc:date".

    RSS of every version has no prefix, nor has an unknown default namespace; other unknown
    namespaces are "?:", so that nobody's <x:title> is taken for the title.
    """
    return _name(element.tag, is_default=element.prefix is None)


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
    inner = [html.escape(element.text or "", quote=False)]
    inner += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(inner).strip()


def first_text(children: Children, *names: str) -> str | None:
    """Return the first text that is not empty among the elements of `names`, in that order."""
    return next((text for found in named(children, *names) if (text := text_of(found))), None)


def xml_base_of(element: Element) -> tuple[str, ...]:
    """Return the xml:base values that hold for `element`, outermost first, the inner few."""
    key = "{http://www.w3.org/XML/1998/namespace}base"
    bases = [base for step in (element, *element.iterancestors()) if (base := step.get(key))]
    return tuple(reversed(bases[:MAX_BASES]))


@lru_cache(maxsize=4_096)
def _name(tag: str, *, is_default: bool) -> str:
    if not tag.startswith("{"):
        return tag.lower()
    namespace, _, local = tag[1:].partition("}")
    prefix = _PREFIXES.get(namespace, "" if is_default else "?:")
    return prefix + local.lower()


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


def _mend(text: str) -> str:
    """Return `text` without its DOCTYPE, every "&" outside CDATA made one XML knows.

    Searched by hand: a pattern from "<![CDATA[" to "]]>" takes minutes where many begin and
    none ends.
    """
    start = _DOCTYPE_START.search(text, 0, _DOCTYPE_HEAD_CHARS)
    if start and (doctype := _DOCTYPE.match(text, start.start())):
        text = text[: start.start()] + text[doctype.end() :]
    parts: list[str] = []
    at = 0
    while at < len(text):
        begin = text.find("<![CDATA[", at)
        end = text.find("]]>", begin) if begin >= 0 else -1
        if end < 0:
            begin = end = len(text)
        parts.append(_AMPERSAND.sub(_mend_ampersand, text[at:begin]))
        parts.append(text[begin:end])
        at = end
    return "".join(parts)


def _mend_ampersand(match: re.Match[str]) -> str:
    name, decimal, hexadecimal = match.groups()
    if name is None and (decimal or hexadecimal):
        # Numbers of no character (&#xD800;) would break lxml's strings: unescape marks them.
        character = html.unescape(f"&#{decimal};" if decimal else f"&#x{hexadecimal};")
        return html.escape(FORBIDDEN.sub("", character).replace("\ufffd", ""))
    known = html.entities.html5.get(name or "")
    return "&amp;" + (name or "") if known is None else html.escape(known)
