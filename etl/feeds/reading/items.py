"""Read RSS 0.9x, 1.0 and 2.0, RDF and Atom: one reader, since publishers mix them freely."""

from __future__ import annotations

import html
import re

from etl.feeds.reading.channel import read_channel
from etl.feeds.reading.dates import parse_date
from etl.feeds.reading.draft import Draft, DraftFeed
from etl.feeds.reading.links import mend_link, page_link
from etl.feeds.reading.tree import (
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

_ITEM_NAMES = frozenset({"item", "entry", "atom:entry"})
_ROOTS: dict[str, FeedKind] = {
    "rss": "rss",
    "channel": "rss",
    "rdf:rdf": "rdf",
    "atom:feed": "atom",
    "feed": "atom",
}
_MAILBOX = re.compile(r"\s*[^\s@<>()]{1,64}@[^\s@<>()]{1,255}\s*")
_MAILBOX_AND_NAME = re.compile(r"\s*[^\s@<>()]{1,64}@[^\s@<>()]{1,255}\s*\(([^()]*)\)\s*")
_NAME_AND_MAILBOX = re.compile(r"([^<>]+)<[^<>@]{1,64}@[^<>@]{1,255}>\s*")
_MARKUP = re.compile(r"</?[a-z][a-z0-9]{0,10}[\s/>]", re.IGNORECASE)


def format_of(root: Element) -> FeedKind | None:
    """Return which kind of feed `root` begins, None if it is none of this module's."""
    return _ROOTS.get(name_of(root))


def read_items(root: Element) -> DraftFeed:
    """Return the feed under `root`, whose `format_of` is not None; items wherever they stand."""
    channel = read_channel(root)
    items = [found for found in root.iter("{*}*") if name_of(found) in _ITEM_NAMES]
    for item in reversed(items):
        # One end tag missing, and a text holds all items that follow; and one item in the text of
        # another, that in a third, would be read once a level.
        if any(name_of(outer) in _ITEM_NAMES for outer in item.iterancestors()):
            _cut_out(item)
    return DraftFeed(
        format=_ROOTS[name_of(root)],
        title=channel.title,
        home=channel.home,
        ttl_s=channel.ttl_s,
        skip_hours=channel.skip_hours,
        skip_days=channel.skip_days,
        drafts=tuple(_read_item(item) for item in items),
    )


def _cut_out(item: Element) -> None:
    holder = item.getparent()
    if holder is not None:
        item.tail = None
        holder.remove(item)


def _read_item(item: Element) -> Draft:
    children = children_of(item)
    guid = first_text(children, "guid", "atom:id", "id") or _about(item)
    original = first_text(children, "feedburner:origlink", "pheedo:origlink")
    # The publisher's own address goes before a counting detour.
    link = mend_link(original) or page_link(children) or _permalink(children, guid)
    bases = xml_base_of(item) if link and not link.lower().startswith("http") else ()
    title = next(named(children, "title", "atom:title", "dc:title"), None)
    return Draft(
        guid=guid,
        link=link,
        base=" ".join("".join(base.split()) for base in bases) or None,
        title=None if title is None else markup_of(title),
        published_raw=_date(children, PUBLISHED),
        updated_raw=_date(children, UPDATED),
        authors=_authors(children),
        summary=_markup(children, "description", "atom:summary", "summary"),
        content_html=_content(children),
    )


def _about(item: Element) -> str | None:
    return item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")


def _permalink(children: Children, guid: str | None) -> str | None:
    """Return `guid` if it is the page's address: said to be, or a web address not said to be none.

    Said so, it may be relative too.
    """
    if guid is None:
        return None
    found = next(named(children, "guid"), None)
    says = "" if found is None else found.get("isPermaLink") or found.get("ispermalink") or ""
    is_web = guid.lower().startswith(("http://", "https://"))
    says = says.strip().lower()
    return mend_link(guid) if says == "true" or (is_web and says != "false") else None


def _date(children: Children, names: tuple[str, ...]) -> str | None:
    """Return the first date of `names` that can be read, verbatim; else the first."""
    written = [text for found in named(children, *names) if (text := text_of(found))]
    if len(written) > 1:
        return next((text for text in written if parse_date(text)), written[0])
    return written[0] if written else None


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
    """Return the item's text as HTML; what is plain text becomes HTML."""
    if inside := _markup(children, "content:encoded", "yandex:full-text"):
        return inside
    for found in named(children, "atom:content", "content"):
        kind = found.get("type", "text").lower()
        # src: the content is elsewhere; image/png and the like: base64, no text.
        is_text = kind in {"text", "html", "xhtml"} or kind.startswith("text/") or "xml" in kind
        is_here = found.get("src") is None and found.get("mode") != "base64"
        if is_text and is_here and (inside := markup_of(found)):
            is_plain = kind in {"text", "text/plain"} and len(found) == 0
            # Many write HTML and call it text: what looks like HTML is HTML.
            is_plain = is_plain and not _MARKUP.search(inside)
            return html.escape(inside, quote=False) if is_plain else inside
    return None


def _markup(children: Children, *names: str) -> str | None:
    return next((inside for found in named(children, *names) if (inside := markup_of(found))), None)
