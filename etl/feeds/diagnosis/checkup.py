"""What a look at a feed brought home, before it is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from etl.errors import ParseError
from etl.feeds.polling.schedule import ScheduleRules
from etl.feeds.reading.discover import FeedLink, find_feed_links
from etl.feeds.reading.draft import DraftFeed
from etl.feeds.reading.entries import make_feed
from etl.feeds.reading.parse import read_draft
from etl.feeds.reading.text import decode_document
from etl.feeds.reading.tree import DamagedXmlError, parse_xml
from etl.records import Answer, Body, Entry, Feed, FeedState, UsageSignal

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document as newshouse reads it: `draft` as it stands there, `feed` as it is understood.

    Both are None where it is no feed: then `fault` says what it is instead, and `links` are the
    feeds an HTML page names. `damage` is what was broken in a document that was read all the same.
    """

    draft: DraftFeed | None = None
    feed: Feed | None = None
    fault: str | None = None
    damage: str | None = None
    links: tuple[FeedLink, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the feed, none of what is no feed."""
        return self.feed.entries if self.feed is not None else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRules:
    """What robots.txt says of an entry's page, which itself was not asked for.

    `denial` is why it may not be fetched, None if it may; `delay_s` the Crawl-delay, 0 for none.
    """

    url: str
    denial: str | None = None
    delay_s: float = 0.0
    signals: tuple[UsageSignal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """Everything known of one feed: what it answered now, and what the warehouse remembers.

    `again` is the answer to a second question, with the validators of the first, a 304 audited;
    None where there were no validators. `refused` are entries' links that are never asked, and
    why. `state` is None where the warehouse does not know the feed.
    """

    feed_url: str
    answer: Answer
    now: datetime
    rules: ScheduleRules
    max_body_bytes: int
    reading: Reading | None = None
    again: Answer | None = None
    page: PageRules | None = None
    refused: Mapping[str, str] = field(default_factory=dict)
    state: FeedState | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries the feed answered with."""
        return self.reading.entries if self.reading is not None else ()


def read_document(body: Body, *, feed_url: str) -> Reading:
    """Return what newshouse makes of a document; whatever it is, something is said of it."""
    content_type = body.header("content-type")
    try:
        draft = read_draft(body.content, url=feed_url, content_type=content_type)
    except ParseError as error:
        return Reading(fault=error.detail, links=links_of(body))
    except Exception as error:  # noqa: BLE001 - a parser's bug must not cost the other feeds
        return Reading(fault=f"newshouse failed on it, please report this: {error!r}")
    feed = make_feed(draft, url=feed_url, base_url=body.final_url)
    is_plain_xml = draft.format != "json" and not body.content.startswith(_GZIP)
    damage = _find_damage(body.content, content_type) if is_plain_xml else None
    return Reading(draft=draft, feed=feed, damage=damage)


def links_of(page: Body) -> tuple[FeedLink, ...]:
    """Return the feeds a page names, in its headers or in itself."""
    return find_feed_links(
        page.content,
        url=page.final_url,
        content_type=page.header("content-type"),
        link_header=",".join(value for name, value in page.headers if name == "link"),
    )


def _find_damage(content: bytes, content_type: str | None) -> str | None:
    try:
        parse_xml(decode_document(content.strip(), content_type).lstrip())
    except DamagedXmlError as damage:
        return str(damage)
    return None
