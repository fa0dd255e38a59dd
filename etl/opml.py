"""Subscriptions from and for other programs: OPML, and lists of one address a line. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from etl.errors import ConfigError
from etl.records import Subscription
from etl.urls import canonicalize, is_http_url

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


def merge(subs: Iterable[Subscription]) -> tuple[Subscription, ...]:
    """Return `subs` with each address once: the first, with the first title given."""
    merged: dict[str, Subscription] = {}
    for sub in subs:
        key = canonicalize(sub.url)
        first = merged.get(key)
        if first is None or (first.title is None and sub.title is not None):
            merged[key] = Subscription(url=first.url if first else sub.url, title=sub.title)
    return tuple(merged.values())


def read_opml(text: bytes, *, source: str = "the OPML file") -> tuple[Subscription, ...]:
    """Return the feeds of an OPML document, at any depth of folders, each address once.

    Raises:
        ConfigError: it is no OPML, or an xmlUrl in it is no address; `source` is named.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root: etree._Element | None = etree.fromstring(text, parser)  # None where nothing was read
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ConfigError(f"{source} is no OPML: {error}") from error
    name = etree.QName(root).localname.lower() if root is not None else "nothing"
    if root is None or name != "opml":
        hint = "; add it with `newshouse feeds add`" if name in {"rss", "feed", "rdf"} else ""
        raise ConfigError(f"{source} is no OPML but <{name}>{hint}")
    subs: list[Subscription] = []
    for outline in root.iter("{*}outline"):
        said = {key.lower(): value for key, value in outline.attrib.items()}
        if address := str(said.get("xmlurl", "")).strip():
            url = checked_url(address, f"{source}, line {outline.sourceline}")
            title = str(said.get("title") or said.get("text") or "").strip()
            subs.append(Subscription(url=url, title=title or None))
    return merge(subs)


def write_opml(subs: Sequence[Subscription]) -> str:
    """Return an OPML 2.0 document with one outline a subscription, which `read_opml` reads back."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "newshouse subscriptions"
    body = etree.SubElement(root, "body")
    for sub in subs:
        title = _NOT_XML.sub("", sub.title or sub.url)
        url = _NOT_XML.sub("", sub.url)
        etree.SubElement(body, "outline", type="rss", text=title, title=title, xmlUrl=url)
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
