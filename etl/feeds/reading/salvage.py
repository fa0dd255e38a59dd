"""A second and a third opinion on damaged feeds: fastfeedparser, then feedparser.

Our own reader goes first because neither keeps what was received: fastfeedparser gives dates only
as it read them and no permalink flag, and feedparser needs sixty times the time.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from etl.feeds.reading.draft import Draft, DraftFeed
from etl.feeds.reading.links import mend_link
from etl.records import FeedKind

SALVAGE_MAX_CHARS = 250_000
"""Larger documents are left: a hostile megabyte costs feedparser 10 s, and fastfeedparser, whose
guesses at dates are slow, 25."""


def salvage(text: str, kind: FeedKind) -> DraftFeed | None:
    """Return what either library can read of a damaged `text`, None if that is no item.

    Nor is anything read of what is large or declares entities.
    """
    if len(text) > SALVAGE_MAX_CHARS or "<!ENTITY" in text:
        return None
    return _ask_fastfeedparser(text, kind) or _ask_feedparser(text, kind)


def _ask_fastfeedparser(text: str, kind: FeedKind) -> DraftFeed | None:
    import fastfeedparser  # noqa: PLC0415 - damaged feeds are few, and it takes 0.2 s to load

    try:
        found = fastfeedparser.parse(text.encode("utf-8"), include_tags=False, include_media=False)
    except Exception:  # noqa: BLE001 - another's parser on hostile input: whatever it raises, "no"
        return None
    return _draft_feed(found.get("feed", {}), found.get("entries", []), kind)


def _ask_feedparser(text: str, kind: FeedKind) -> DraftFeed | None:
    import feedparser  # noqa: PLC0415 - as above

    # Typed as a callable: the module ships no types and does not export the name explicitly.
    parse: Callable[..., Mapping[str, Any]] = vars(feedparser)["parse"]
    try:
        # A stream: given a string, feedparser would open it as a file or fetch it as a URL.
        found = parse(io.BytesIO(text.encode("utf-8")), sanitize_html=False)
    except Exception:  # noqa: BLE001 - another's parser on hostile input: whatever it raises, "no"
        return None
    return _draft_feed(found.get("feed", {}), found.get("entries", []), kind)


def _draft_feed(
    feed: Mapping[str, Any], entries: list[Mapping[str, Any]], kind: FeedKind
) -> DraftFeed | None:
    if not entries:
        return None
    return DraftFeed(
        format=kind,
        title=_text(feed, "title"),
        home=mend_link(_text(feed, "link")),
        drafts=tuple(_draft(entry) for entry in entries),
    )


def _draft(entry: Mapping[str, Any]) -> Draft:
    content = entry.get("content")
    first = content[0] if isinstance(content, list) and content else {}
    author = _text(entry, "author")
    return Draft(
        guid=_text(entry, "id"),
        link=mend_link(_text(entry, "feedburner_origlink") or _text(entry, "link")),
        title=_text(entry, "title"),
        published_raw=_text(entry, "published"),
        updated_raw=_text(entry, "updated"),
        authors=(author,) if author else (),
        summary=_text(entry, "summary") or _text(entry, "description"),
        content_html=_text(first, "value") if isinstance(first, Mapping) else None,
    )


def _text(holder: Mapping[str, Any], key: str) -> str | None:
    value = holder.get(key)
    return value.strip() or None if isinstance(value, str) else None
