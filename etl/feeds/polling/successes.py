"""What a good answer teaches about a feed, and when to ask it again."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from etl.feeds.polling.hints import DAY_S, after_skipped, header_floor_s
from etl.feeds.polling.missed import estimate_missed
from etl.feeds.polling.moves import sight_move
from etl.feeds.polling.rhythm import HALF_LIFE, hourly_rates, learn, reach
from etl.feeds.polling.schedule import Lately, ScheduleRules, jittered_s, rhythm_wait_s
from etl.records import Feed, FeedState, Hop, Rhythm, Validators

SILENT_CERTAINTY = 0.999
SILENT_AT_LEAST = timedelta(days=3)
SILENT_ARRIVALS = 10
"""A feed is called silent when its rhythm is that sure of news by then, not before three days (a
long weekend), and only where so many arrivals taught the rhythm."""

_LONGEST_PAUSE = timedelta(days=30)
_PAUSES = 3
_MISSED_SHARE = 0.5
"""Share of the time in which entries were missed that is let pass before the next poll."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A good answer. `feed` is None when it says nothing new (a 304, or the bytes of last time).

    `new` are the publication dates of its entries never seen before, `known` of the others;
    `is_partial` when a part of the document could not be had.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    hops: tuple[Hop, ...] = ()
    validators: Validators
    body_sha256: str | None
    feed: Feed | None
    new: tuple[datetime | None, ...] = ()
    known: tuple[datetime | None, ...] = ()
    is_partial: bool = False


def after_success(
    state: FeedState, heard: Heard, *, now: datetime, rules: ScheduleRules
) -> FeedState:
    """Return the feed's state after a good answer.

    The next poll is when the feed's rhythm wants it, at once sooner after a burst or a loss, but
    not before the publisher's own wishes and `rules` allow, moved by up to a tenth.
    """
    feed, missed = heard.feed, count_missed(state, heard, now=now, rules=rules)
    rhythm = learn(state.rhythm, (*_arrivals(state, heard), *[None] * missed), now=now)
    settled = replace(
        sight_move(state, heard.hops, now=now),
        title=state.title or (feed.title if feed is not None else None),
        format=feed.format if feed is not None else state.format,
        state="paused" if state.state == "paused" else "active",
        validators=heard.validators,
        body_sha256=heard.body_sha256 or state.body_sha256,
        last_polled_at=now,
        last_new_at=now if heard.new else state.last_new_at,
        consecutive_failures=0,
        failing_since=None,
        last_status=heard.status,
        last_error=None,
        floor_s=feed.ttl_s if feed is not None else state.floor_s,
        skip_hours=feed.skip_hours if feed is not None else state.skip_hours,
        skip_days=feed.skip_days if feed is not None else state.skip_days,
        window_entries=len(feed.entries) if feed is not None else state.window_entries,
        rhythm=rhythm,
        newest_entry_at=_newest((*heard.new, *heard.known), now) or state.newest_entry_at,
        missed_estimate=(state.missed_estimate or 0) + missed if state.last_new_at else None,
        silent_at=_silent_at(state, rhythm, now, rules) if heard.new else state.silent_at,
    )
    return _plan(settled, state, heard, missed=missed, now=now, rules=rules)


def count_missed(state: FeedState, heard: Heard, *, now: datetime, rules: ScheduleRules) -> int:
    """Return how many entries came since the last good answer and were gone before this one."""
    if state.rhythm is None or not state.window_entries or not heard.new or heard.is_partial:
        return 0
    return estimate_missed(
        heard.new,
        heard.known,
        newest_before=state.newest_entry_at,
        last_read_at=state.rhythm.as_of,
        now=now,
        rates=hourly_rates(state.rhythm, prior_rate=rules.prior_rate),
    )


def _plan(
    state: FeedState,
    before: FeedState,
    heard: Heard,
    *,
    missed: int,
    now: datetime,
    rules: ScheduleRules,
) -> FeedState:
    """Return `state` with its next poll."""
    assert state.rhythm is not None
    wait_s = rhythm_wait_s(
        state.rhythm,
        _lately(before, heard, missed=missed, now=now),
        now=now,
        window_entries=state.window_entries,
        rules=rules,
    )
    if missed and before.rhythm is not None:
        wait_s = min(wait_s, _MISSED_SHARE * (now - before.rhythm.as_of).total_seconds())
    asked_s = max(min(state.floor_s or 0, DAY_S), header_floor_s(heard.headers, now=now))
    floor_s = max(rules.min_interval_s, asked_s)
    ceiling_s = max(rules.max_interval_s, floor_s)
    interval_s = min(max(round(wait_s), floor_s), ceiling_s)
    moved_s = min(max(jittered_s(interval_s, state.feed_url, now), floor_s), ceiling_s)
    at = after_skipped(now + timedelta(seconds=moved_s), state.skip_hours, state.skip_days)
    return replace(state, interval_s=interval_s, next_poll_at=at)


def _arrivals(before: FeedState, heard: Heard) -> tuple[datetime | None, ...]:
    """Return the dates that teach the rhythm; of a feed without one, those of all its entries."""
    return heard.new if before.rhythm is not None else (*heard.new, *heard.known)


def _lately(before: FeedState, heard: Heard, *, missed: int, now: datetime) -> Lately:
    if before.rhythm is None:
        # A first document is all history; how long ago its newest entry came is what counts.
        return Lately(quiet_since=_newest(_arrivals(before, heard), now) or now, arrivals=0)
    if heard.new:
        return Lately(quiet_since=before.rhythm.as_of, arrivals=len(heard.new) + missed)
    return Lately(quiet_since=before.last_new_at or before.rhythm.since, arrivals=0)


def _silent_at(
    before: FeedState, rhythm: Rhythm, now: datetime, rules: ScheduleRules
) -> datetime | None:
    """Return by when more should have come, given that news came now; None if nobody can say.

    Entries come in crowds, so their rate promises too much: a feed that brings ten every Friday
    is not silent on Wednesday. Three times the longest pause of late is allowed for; an
    allowance shrinks as slowly as the rhythm forgets.
    """
    if sum(rhythm.arrivals) < SILENT_ARRIVALS:
        return None
    rates = hourly_rates(rhythm, prior_rate=rules.prior_rate)
    allowed = max(SILENT_AT_LEAST, reach(rates, now, -math.log(1 - SILENT_CERTAINTY)) - now)
    if before.last_new_at is not None:
        pause = now - before.last_new_at
        held = before.silent_at - before.last_new_at if before.silent_at else timedelta(0)
        allowed = max(
            allowed, _PAUSES * min(pause, _LONGEST_PAUSE), held * 0.5 ** (pause / HALF_LIFE)
        )
    return now + allowed


def _newest(dates: Iterable[datetime | None], now: datetime) -> datetime | None:
    """Return the latest of the dates that are not in the future."""
    return max((date for date in dates if date is not None and date <= now), default=None)
