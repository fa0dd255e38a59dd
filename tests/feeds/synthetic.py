"""A year in the life of invented feeds, polled by the real schedule and by the clock."""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import groupby

from etl.feeds.polling.schedule import ScheduleRules
from etl.feeds.polling.successes import Heard, after_success
from etl.records import Entry, Feed, FeedState, Validators

BEGIN = datetime(2025, 1, 6, tzinfo=UTC)
HISTORY = timedelta(days=30)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

Rate = Callable[[datetime], float]
"""Entries per hour at a moment."""


@dataclass(frozen=True)
class SyntheticFeed:
    """A feed that shows its newest `window` entries; `days` long, after a month of history."""

    name: str
    rate: Rate
    peak: float
    window: int
    days: int
    is_dated: bool = True

    @cached_property
    def times(self) -> list[datetime]:
        """When its entries come: a Poisson process of this rate (thinned: Lewis and Shedler)."""
        dice = random.Random(self.name)
        at, end, times = BEGIN - HISTORY, BEGIN + self.days * DAY, []
        while (at := at + dice.expovariate(self.peak) * HOUR) < end:
            if dice.random() * self.peak < self.rate(at):
                times.append(at)
        return times

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Its entries, oldest first."""
        return tuple(
            Entry(
                entry_id=str(number), feed_url=self.name, guid=str(number), url=None, title=None,
                published_raw=None, published_at=at if self.is_dated else None,
                updated_raw=None, updated_at=None,
            )
            for number, at in enumerate(self.times)
        )  # fmt: skip


@dataclass
class Tally:
    """What polling a feed cost and brought.

    `lag_min` is the sum over entries seen, minutes; `noticed` how many losses were estimated;
    `silent_from` the days after which it was first called silent; `vain` the polls since its last
    entry.
    """

    polls: int = 0
    lag_min: float = 0.0
    seen: int = 0
    lost: int = 0
    noticed: int = 0
    silent_from: float | None = None
    vain: int = 0

    @property
    def mean_lag_min(self) -> float:
        """Minutes from publication until an entry was seen, on average."""
        return self.lag_min / self.seen if self.seen else math.nan

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            polls=self.polls + other.polls, lag_min=self.lag_min + other.lag_min,
            seen=self.seen + other.seen, lost=self.lost + other.lost,
            noticed=self.noticed + other.noticed,
        )  # fmt: skip


def poll_adaptively(feed: SyntheticFeed, rules: ScheduleRules | None = None) -> Tally:
    """Return what the real schedule makes of a feed."""
    rules = rules or ScheduleRules()
    tally, read = Tally(), 0
    state = FeedState(feed_url=feed.name)
    now, end = BEGIN, BEGIN + feed.days * DAY
    while now < end:
        come = bisect_right(feed.times, now)
        first = max(come - feed.window, 0)
        if state.rhythm is not None:
            tally.polls += 1
            tally.vain = tally.vain + 1 if come == read else 0
            tally.lost += max(first - read, 0)
            _count(tally, feed.times[max(read, first) : come], now=now)
        state = after_success(
            state, _hear(feed, read=read, first=first, come=come), now=now, rules=rules
        )
        tally.noticed = state.missed_estimate or 0
        is_silent = state.silent_at is not None and state.silent_at < now
        if is_silent and tally.silent_from is None:
            tally.silent_from = (now - BEGIN) / DAY
        read = come
        assert state.next_poll_at is not None
        now = state.next_poll_at
    return tally


def poll_by_the_clock(feed: SyntheticFeed, minutes: int) -> Tally:
    """Return what polling every so many minutes makes of a feed."""
    wait, tally = timedelta(minutes=minutes), Tally()
    tally.polls = feed.days * DAY // wait
    news = [at for at in feed.times if at > BEGIN]
    for number, batch in groupby(news, key=lambda at: -((BEGIN - at) // wait)):
        times = list(batch)
        shown, tally.lost = times[-feed.window :], tally.lost + max(len(times) - feed.window, 0)
        _count(tally, shown, now=BEGIN + number * wait)
    return tally


def _count(tally: Tally, shown: list[datetime], *, now: datetime) -> None:
    """Count entries seen for the first time."""
    tally.seen += len(shown)
    tally.lag_min += sum((now - at).total_seconds() for at in shown) / 60


def _hear(feed: SyntheticFeed, *, read: int, first: int, come: int) -> Heard:
    """Return the answer in which entries `first` to `come` stand, those before `read` known."""
    is_changed = come > read or come == 0
    shown, fresh = feed.entries[first:come], max(read, first)
    document = Feed(url=feed.name, format="rss", title=None, home_url=None, entries=shown)
    return Heard(
        status=200 if is_changed else 304,
        validators=Validators(),
        body_sha256=None,
        feed=document if is_changed else None,
        new=tuple(entry.published_at for entry in feed.entries[fresh:come]),
        known=tuple(entry.published_at for entry in feed.entries[first:fresh]),
    )


def by_day(per_day: float, *, opens: int = 6, closes: int = 22, weekend: float = 1.0) -> Rate:
    """Return a newsroom's rate: all between two UTC hours, a rise to noon, little at weekends."""
    length = closes - opens

    def rate(at: datetime) -> float:
        hour = at.hour + at.minute / 60
        if not opens <= hour < closes:
            return 0.01 * per_day / 24
        shape = math.pi / 2 * math.sin(math.pi * (hour - opens) / length)
        return per_day / length * shape * (weekend if at.weekday() > 4 else 1.0)

    return rate


def in_bursts(quiet: float, burst: float, *, every_days: int, hours: int) -> Rate:
    """Return a rate that leaps from `quiet` to `burst` an hour, every so many days."""
    period = every_days * 24 + 7  # so that bursts come at every hour of the day

    def rate(at: datetime) -> float:
        since = (at - BEGIN) / HOUR % period
        return burst if since < hours else quiet

    return rate


def until(day: int, rate: Rate) -> Rate:
    """Return `rate`, and nothing any more from that day on."""
    return lambda at: rate(at) if at < BEGIN + day * DAY else 0.0


def growing(first: float, last: float, *, days: int) -> Rate:
    """Return a rate an hour that grows from one to another."""
    return lambda at: first + (last - first) * max((at - BEGIN) / DAY, 0) / days


FEEDS = (
    SyntheticFeed("newspaper", by_day(80, weekend=0.5), 10, 30, 45),
    SyntheticFeed("wire", lambda _: 4.0, 4, 25, 15),
    SyntheticFeed("hourly", lambda _: 1.0, 1, 20, 30),
    SyntheticFeed("small paper", by_day(12, opens=8, closes=20), 2, 20, 90),
    SyntheticFeed("weekly blog", lambda _: 1 / 168, 1 / 168, 10, 730),
    SyntheticFeed("bursty", in_bursts(0.04, 15, every_days=6, hours=5), 15, 15, 130),
    SyntheticFeed("dying", until(60, by_day(30)), 3, 20, 180),
    SyntheticFeed("growing", growing(0.1, 3, days=80), 3, 20, 80),
    SyntheticFeed("undated", by_day(40), 4, 20, 30, is_dated=False),
    SyntheticFeed("narrow", by_day(120), 15, 3, 14),
)
"""Almost four years between them; `benchmarks/schedule.py` runs each for longer."""
