"""Read RSS 0.9x, 1.0 and 2.0, RDF and Atom: one reader, since publishers mix them freely."""

from __future__ import annotations

import re

from etl.feeds.draft import Draft, DraftFeed
from etl.feeds.tree import (
    Children,
    Element,
    children_of,
    first_text,
    markup_of,
    name_of,
    named,
    text_of,
    xml_base_of,
)
from etl.records import FeedKind

PUBLISHED = (
    "pubdate",
    "atom:published",
    "published",
    "dc:date",
    "atom:issued",
    "dcterms:issued",
    "dcterms:created",
    "atom:created",
    "date",
)
"""Elements that say when an item was published, best first."""

UPDATED = ("atom:updated", "updated", "atom:modified", "dcterms:modified", "lastbuilddate")
"""Elements that say when an item last changed, best first."""

_ITEM_NAMES = frozenset({"item", "rss:item", "entry", "atom:entry"})
_ROOTS: dict[str, FeedKind] = {
    "rss": "rss",
    "channel": "rss",
    "rdf:rdf": "rdf",
    "atom:feed": "atom",
    "feed": "atom",
}
_PERIOD_S = {
    "hourly": 3_600,
    "daily": 86_400,
    "weekly": 604_800,
    "monthly": 2_592_000,
    "yearly": 31_536_000,
}
_MAILBOX = re.compile(r"\s*[^\s@<>()]{1,64}@[^\s@<>()]{1,255}\s*")
_MAILBOX_AND_NAME = re.compile(r"\s*[^\s@<>()]{1,64}@[^\s@<>()]{1,255}\s*\(([^()]*)\)\s*")
_NAME_AND_MAILBOX = re.compile(r"([^<>]+)<[^<>@]{1,64}@[^<>@]{1,255}>\s*")


def format_of(root: Element) -> FeedKind | None:
    """Return which kind of feed `root` begins, None if it is none of this module's."""
    return _ROOTS.get(name_of(root))


def read_items(root: Element) -> DraftFeed:
    """Return the feed under `root`, whose `format_of` is not None; items wherever they stand."""
    kind = _ROOTS[name_of(root)]
    channel = _channel(root)
    items = [found for found in root.iter("{*}*") if name_of(found) in _ITEM_NAMES]
    return DraftFeed(
        format=kind,
        title=first_text(channel, "title", "atom:title", "dc:title"),
        home=_home(channel),
        ttl_s=_ttl_s(channel),
        drafts=tuple(_read_item(item) for item in items),
    )


def _channel(root: Element) -> Children:
    """Return the children of the element that describes the feed."""
    children = children_of(root)
    inner = next(named(children, "channel", "rss:channel"), None)
    return children if inner is None else children_of(inner)


def _home(channel: Children) -> str | None:
    for link in named(channel, "link", "atom:link"):
        target = text_of(link) or link.get("href", "")
        if target and link.get("rel", "alternate") == "alternate":
            return target.strip()
    return None


def _ttl_s(channel: Children) -> int | None:
    """Return the seconds between polls the feed asks for: its ttl, else its update period."""
    minutes = first_text(channel, "ttl") or ""
    if re.fullmatch(r"[0-9]{1,7}", minutes) and int(minutes) > 0:
        return int(minutes) * 60
    period_s = _PERIOD_S.get((first_text(channel, "sy:updateperiod") or "").lower())
    times = first_text(channel, "sy:updatefrequency") or "1"
    if period_s is None or not re.fullmatch(r"[1-9][0-9]{0,4}", times):
        return period_s
    return period_s // int(times)


def _read_item(item: Element) -> Draft:
    children = children_of(item)
    guid = first_text(children, "guid", "atom:id", "id") or _about(item)
    link = _link(children) or _permalink(children, guid)
    bases = xml_base_of(item) if link and not link.lower().startswith("http") else ()
    title = next(named(children, "title", "atom:title", "dc:title"), None)
    return Draft(
        guid=guid,
        link=link,
        base=" ".join("".join(base.split()) for base in bases) or None,
        title=None if title is None else markup_of(title),
        published_raw=first_text(children, *PUBLISHED),
        updated_raw=first_text(children, *UPDATED),
        authors=_authors(children),
        summary=_markup(children, "description", "atom:summary", "summary"),
        content_html=_content(children),
    )


def _about(item: Element) -> str | None:
    return item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")


def _link(children: Children) -> str | None:
    """Return where the item points: the publisher's own address before a counting detour."""
    if original := first_text(children, "feedburner:origlink"):
        return original
    for link in named(children, "link", "rss:link", "atom:link"):
        # RSS writes the address inside, Atom in href; rel="self", "enclosure", "replies" are
        # other things than the page.
        target = (text_of(link) or link.get("href", "")).strip()
        if target and link.get("rel", "alternate") == "alternate":
            return target
    return None


def _permalink(children: Children, guid: str | None) -> str | None:
    """Return `guid` if it is a web address and not said to be none."""
    if guid is None or not guid.lower().startswith(("http://", "https://")):
        return None
    for found in named(children, "guid"):
        says = found.get("isPermaLink") or found.get("ispermalink") or "true"
        return guid if says.strip().lower() != "false" else None
    return guid


def _authors(children: Children) -> tuple[str, ...]:
    """Return the names given, mailboxes left out, each once."""
    names: dict[str, None] = {}
    for found in named(children, "dc:creator", "author", "atom:author", "itunes:author"):
        inner = first_text(children_of(found), "atom:name", "name")
        name = _person(text_of(found) if inner is None and len(found) == 0 else inner or "")
        if name:
            names[name] = None
    return tuple(names)


def _person(text: str) -> str:
    """Return the name in "mail (name)" or "name <mail>", "" where there is only a mailbox."""
    if match := _MAILBOX_AND_NAME.fullmatch(text) or _NAME_AND_MAILBOX.fullmatch(text):
        return match[1].strip()
    return "" if _MAILBOX.fullmatch(text) else text


def _content(children: Children) -> str | None:
    if inside := _markup(children, "content:encoded"):
        return inside
    for found in named(children, "atom:content", "content"):
        kind = found.get("type", "text").lower()
        # src: the content is elsewhere; image/png and the like: base64, no text.
        is_text = kind in {"text", "html", "xhtml"} or kind.startswith("text/") or "xml" in kind
        if is_text and found.get("src") is None and (inside := markup_of(found)):
            return inside
    return None


def _markup(children: Children, *names: str) -> str | None:
    return next((inside for found in named(children, *names) if (inside := markup_of(found))), None)
