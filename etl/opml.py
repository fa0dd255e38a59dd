"""Subscriptions from and for other programs: OPML, and lists of one address a line. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from etl.errors import ConfigError
from etl.records import Subscription
from etl.urls import canonicalize, is_http_url

MAX_OPML_BYTES = 32 * 1024 * 1024
"""A hundred thousand feeds fill a third of it."""

MAX_TAGS = 20
"""Folders nested deeper than this are nobody's; their names are left out."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_BARE_HOST = re.compile(r"(?:[\w-]+\.)+[\w-]{2,}(?::\d+)?(?:[/?#].*)?")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def normalize_feed_url(text: str) -> str | None:
    """Return the http(s) address `text` means, None where it means none.

    feed://host/x is http://host/x, feed:https://… what stands behind it, and example.org/rss
    is taken for https.
    """
    url = text.strip()
    if url.lower().startswith("feed:"):
        url = url[len("feed:") :]
        url = "http:" + url if url.startswith("//") else url
    if not _SCHEME.match(url) and _BARE_HOST.fullmatch(url):
        url = "https://" + url
    return url if is_http_url(url) and not re.search(r"\s", url) else None


def checked_url(text: str, place: object) -> str:
    """Return the address `text` means.

    Raises:
        ConfigError: it means none; `place` says where it stands.
    """
    url = normalize_feed_url(text)
    if url is None:
        raise ConfigError(f'{place}: "{text[:200]}" is no http or https address')
    return url


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return `tags` without empty ones and runs of space, each once, in order."""
    return tuple(dict.fromkeys(tag for text in tags if (tag := " ".join(text.split()))))[:MAX_TAGS]


def merge(subs: Iterable[Subscription]) -> tuple[Subscription, ...]:
    """Return `subs` with each address once: the first, the first title given, the tags of all."""
    merged: dict[str, Subscription] = {}
    for sub in subs:
        key = canonicalize(sub.url)
        first = merged.get(key)
        merged[key] = sub if first is None else _joined(first, sub)
    return tuple(merged.values())


def _joined(first: Subscription, other: Subscription) -> Subscription:
    title = first.title if first.title is not None else other.title
    return Subscription(
        url=first.url,
        title=title,
        tags=clean_tags(first.tags + other.tags),
        text_in=first.text_in or other.text_in,
    )


def read_opml(text: bytes, *, source: str = "the OPML file") -> tuple[Subscription, ...]:
    """Return the feeds of an OPML document, at any depth of folders, each address once.

    The folders a feed stands in are its tags, outermost first, and what its `category` says
    (OPML 2.0: paths, comma-separated).

    Raises:
        ConfigError: it is no OPML, or an xmlUrl in it is no address; `source` is named.
    """
    if len(text) > MAX_OPML_BYTES:
        raise ConfigError(f"{source} has {len(text)} bytes, more than any list of feeds")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root: etree._Element | None = etree.fromstring(text, parser)  # None where nothing was read
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ConfigError(f"{source} is no OPML: {error}") from error
    name = etree.QName(root).localname.lower() if root is not None else "nothing"
    if root is None or name != "opml":
        hint = "; add it with `newshouse feeds add`" if name in {"rss", "feed", "rdf"} else ""
        raise ConfigError(f"{source} is no OPML but <{name}>{hint}")
    return merge(_subscriptions(root, source))


def _subscriptions(root: etree._Element, source: str) -> Iterator[Subscription]:
    """Yield the feeds under `root` in document order.

    Raises:
        ConfigError: an xmlUrl is no address.
    """
    folders: dict[etree._Element, tuple[str, ...]] = {}
    for outline in root.iter("{*}outline"):
        parent = outline.getparent()
        tags = folders.get(parent, ()) if parent is not None else ()
        title = _said(outline, "title") or _said(outline, "text")
        if address := _said(outline, "xmlUrl"):
            url = checked_url(address, f"{source}, line {outline.sourceline}")
            tags = clean_tags([*tags, *re.split("[,/]", _said(outline, "category"))])
            is_named = title not in {"", address}  # OPML wants a text: the address stands in
            yield Subscription(url=url, title=title if is_named else None, tags=tags)
        elif len(outline):
            folders[outline] = clean_tags([*tags, title])


def _said(outline: etree._Element, name: str) -> str:
    """Return an attribute, stripped; programs do not agree on capitals. "" where it is missing."""
    spellings = (name, name.lower(), name.upper(), "xmlURL" if name == "xmlUrl" else name.title())
    said = next((value for key in spellings if (value := outline.get(key))), "")
    return str(said).strip()


def write_opml(subs: Sequence[Subscription]) -> str:
    """Return an OPML 2.0 document which `read_opml` reads back, in the same order.

    Each feed stands in the folders its tags name, one in the other; neighbours share theirs.
    """
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "newshouse subscriptions"
    open_folders: list[tuple[str, etree._Element]] = [("", etree.SubElement(root, "body"))]
    for sub in subs:
        path = ["", *sub.tags]
        shared = 0
        while (
            shared < min(len(path), len(open_folders)) and open_folders[shared][0] == path[shared]
        ):
            shared += 1
        del open_folders[shared:]
        for tag in path[shared:]:
            name = _NOT_XML.sub("", tag)
            folder = etree.SubElement(open_folders[-1][1], "outline", text=name, title=name)
            open_folders.append((tag, folder))
        title, url = _NOT_XML.sub("", sub.title or sub.url), _NOT_XML.sub("", sub.url)
        holder = open_folders[-1][1]
        etree.SubElement(holder, "outline", type="rss", text=title, title=title, xmlUrl=url)
    xml = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return xml.decode("utf-8")


def read_url_list(text: str, *, source: str = "the list") -> tuple[Subscription, ...]:
    """Return the feeds of a list, one address a line, each once; "#" begins a comment.

    Raises:
        ConfigError: a line is no address; `source` and the line are named.
    """
    subs: list[Subscription] = []
    for number, line in enumerate(text.splitlines(), start=1):
        address = re.split(r"(?:^|\s)#", line, maxsplit=1)[0].strip()
        if address:
            subs.append(Subscription(url=checked_url(address, f"{source}, line {number}")))
    return merge(subs)
