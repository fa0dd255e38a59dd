"""Feeds with a past, for the tests of the schedule: answers in, states out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from etl.feeds.polling.schedule import ScheduleRules
from etl.feeds.polling.successes import Heard, after_success
from etl.outcomes import Reason
from etl.records import Entry, Failed, Feed, FeedState, Hop, Validators

NOW = datetime(2026, 2, 17, 15, 0, tzinfo=UTC)
RULES = ScheduleRules()
URL = "https://news.test/feed.xml"
NEW = FeedState(feed_url=URL)
DOWN = Failed(url=URL, reason=Reason.TIMEOUT, detail="no answer in 20 s")
GONE = Failed(
    url=URL, reason=Reason.GONE, detail="the server answered 410", status=410, is_permanent=True
)


def make_entry(number: int, published_at: datetime | None = None) -> Entry:
    """Return an entry of the feed."""
    return Entry(
        entry_id=f"e{number}", feed_url=URL, guid=f"g{number}",
        url=f"https://news.test/{number}", title=f"Title {number}", published_raw=None,
        published_at=published_at, updated_raw=None, updated_at=None, fingerprint="f",
    )  # fmt: skip


def make_feed(dates: list[datetime | None], **fields: Any) -> Feed:
    """Return a document with an entry of each of these dates."""
    entries = tuple(make_entry(number, date) for number, date in enumerate(dates))
    return Feed(url=URL, format="rss", title="Example", home_url=None, entries=entries, **fields)


def hear(
    new: list[datetime | None] | None = None,
    known: list[datetime | None] | None = None,
    *,
    hops: tuple[Hop, ...] = (),
    headers: tuple[tuple[str, str], ...] = (),
    is_partial: bool = False,
    **fields: Any,
) -> Heard:
    """Return a full answer with these entries; without any, a 304."""
    if new is None and known is None:
        return Heard(
            status=304, validators=Validators(), body_sha256=None, feed=None, hops=hops,
            headers=headers,
        )  # fmt: skip
    new, known = new or [], known or []
    return Heard(
        status=200, validators=Validators(etag='"1"'), body_sha256="ab",
        feed=make_feed([*new, *known], **fields), new=tuple(new), known=tuple(known), hops=hops,
        headers=headers, is_partial=is_partial,
    )  # fmt: skip


def succeed(state: FeedState, heard: Heard | None = None, *, now: datetime = NOW) -> FeedState:
    """Return the state after a good answer (a 304 unless told)."""
    return after_success(state, heard or hear(), now=now, rules=RULES)


def every(minutes: float, count: int, *, until: datetime = NOW) -> list[datetime | None]:
    """Return so many dates so far apart, the last at `until`."""
    return [until - timedelta(minutes=minutes) * number for number in reversed(range(count))]


def wait_s(state: FeedState, now: datetime = NOW) -> float:
    """Return the seconds until the next poll."""
    assert state.next_poll_at is not None
    return (state.next_poll_at - now).total_seconds()
