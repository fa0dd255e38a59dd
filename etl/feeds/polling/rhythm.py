"""A feed's own rhythm: how many entries come at which hour of the day, learned from arrivals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from etl.records import Rhythm

HALF_LIFE = timedelta(days=14)
"""After this long an arrival counts half: two weeks forget a summer break soon enough, and hold
enough arrivals of a daily feed to tell its mornings from its nights."""

PRIOR_ARRIVALS = 0.3
"""How much of an arrival a feed is believed to have had before anything was seen of it."""

HOUR_PRIOR_ARRIVALS = 0.5
"""How much of an arrival an hour is believed to have had at the feed's mean rate: a feed seen a
dozen times has no hours yet, one seen a thousand times has."""

_TYPICAL_SHARE = 0.8
"""Share of a first document's entries its rate is taken from, newest first: the others may be
pinned or ten years old."""

_DAY = timedelta(days=1)
_HOURS = 24
_FARTHEST_DAYS = 3_650
_DAILY_WEIGHT = 0.5 ** (_DAY / HALF_LIFE)


def learn(rhythm: Rhythm | None, dates: Sequence[datetime | None], *, now: datetime) -> Rhythm:
    """Return the rhythm once entries of these publication dates were new at `now`.

    They came since the last poll, whatever their dates say: those are clamped, and entries
    without one are spread over that time. A first document teaches its own history instead.

    Args:
        rhythm: as it was learned before; None on the first poll.
        dates: of the entries never seen before.
        now: when they were read.
    """
    if rhythm is None:
        return _learn_history(dates, now=now)
    last = min(rhythm.as_of, now)
    decay = 0.5 ** ((now - last) / HALF_LIFE)
    arrivals = [count * decay for count in rhythm.arrivals]
    for date in dates:
        if date is not None:
            arrivals[min(max(date, last), now).hour] += 1
    undated = sum(date is None for date in dates)
    if undated:
        passed = hours_between(last, now)
        total = sum(passed)
        for hour, share in enumerate(passed):
            arrivals[hour] += undated * share / total if total else undated / _HOURS
    return Rhythm(arrivals=tuple(arrivals), since=rhythm.since, as_of=now)


def _learn_history(dates: Sequence[datetime | None], *, now: datetime) -> Rhythm:
    """Return the rhythm of the entries a feed showed when it was first read."""
    arrivals = [0.0] * _HOURS
    past = sorted((date for date in dates if date is not None and date <= now), reverse=True)
    if not past:
        return Rhythm(arrivals=tuple(arrivals), since=now, as_of=now)
    # The oldest one used says since when; only those after it came in that time.
    oldest = math.ceil(_TYPICAL_SHARE * len(past)) - 1
    for date in past[:oldest]:
        arrivals[date.hour] += 0.5 ** ((now - date) / HALF_LIFE)
    return Rhythm(arrivals=tuple(arrivals), since=past[oldest], as_of=now)


@lru_cache(maxsize=64)  # one poll asks up to three times
def hourly_rates(rhythm: Rhythm, *, prior_rate: float) -> tuple[float, ...]:
    """Return the arrivals per hour to expect at each UTC hour of the day, all above 0.

    Decayed arrivals over decayed exposure, each hour seen together with its neighbours and drawn
    towards the feed's mean, and that towards `prior_rate` (arrivals per hour).
    """
    exposure = _exposure_hours(rhythm)
    mean = (sum(rhythm.arrivals) + PRIOR_ARRIVALS) / (sum(exposure) + PRIOR_ARRIVALS / prior_rate)
    return tuple(
        (arrived + HOUR_PRIOR_ARRIVALS) / (exposed + HOUR_PRIOR_ARRIVALS / mean)
        for arrived, exposed in zip(_smooth(rhythm.arrivals), _smooth(exposure), strict=True)
    )


def _exposure_hours(rhythm: Rhythm) -> list[float]:
    """Return for how long each hour of the day was watched, in hours, older ones counting less.

    Weighted by whole days back from `as_of`, hence a geometric series; the oldest day may have
    been watched in part.
    """
    days, rest = divmod(max(rhythm.as_of - rhythm.since, timedelta(0)), _DAY)
    weight = _DAILY_WEIGHT**days
    whole = (1 - weight) / (1 - _DAILY_WEIGHT)
    partly = hours_between(rhythm.since, rhythm.since + rest)
    return [whole + weight * hours for hours in partly]


def _smooth(values: Sequence[float]) -> list[float]:
    """Return each hour's value averaged with its neighbours', around the clock."""
    before, after = (values[-1], *values[:-1]), (*values[1:], values[0])
    return [(a + 2 * b + c) / 4 for a, b, c in zip(before, values, after, strict=True)]


def expected(rates: Sequence[float], start: datetime, end: datetime) -> float:
    """Return how many arrivals these hourly rates promise between two moments, 0 backwards."""
    passed = hours_between(start, end)
    return sum(rate * hours for rate, hours in zip(rates, passed, strict=True))


def hours_between(start: datetime, end: datetime) -> list[float]:
    """Return for each UTC hour of the day how many hours of it lie between two moments."""
    days, rest = divmod(max(end - start, timedelta(0)), _DAY)
    passed = [float(days)] * _HOURS
    left, clock = rest / timedelta(hours=1), _clock_hours(start)
    while left > 0:
        step = min(1 - clock % 1, left)
        passed[int(clock) % _HOURS] += step
        left -= step
        clock = math.floor(clock) + 1
    return passed


def reach(rates: Sequence[float], start: datetime, amount: float) -> datetime:
    """Return when these hourly rates, all above 0, add up to `amount` since `start`.

    Ten years on at the latest.
    """
    days = min(amount / sum(rates), float(_FARTHEST_DAYS)) // 1
    left = amount - days * sum(rates)
    clock = begun = _clock_hours(start)
    for _ in range(_HOURS + 1):
        rate, room = rates[int(clock) % _HOURS], 1 - clock % 1
        if left <= rate * room:
            clock += max(left, 0.0) / rate
            break
        left -= rate * room
        clock = math.floor(clock) + 1
    return start + timedelta(days=days, hours=clock - begun)


def _clock_hours(moment: datetime) -> float:
    """Return the hours since midnight UTC."""
    return moment.hour + moment.minute / 60 + (moment.second + moment.microsecond / 1e6) / 3600
