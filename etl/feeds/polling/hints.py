"""How long a publisher asks to be left alone: HTTP freshness, and the hours a feed names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from etl.freshness import find_lifetime

DAY_S = 86_400
"""No wish is obeyed for longer: max-age=31536000 on a feed is a mistake in a cache's settings."""

_DAY = timedelta(days=1)


def header_floor_s(headers: Sequence[tuple[str, str]], *, now: datetime) -> int:
    """Return for how many seconds an answer says it stays fresh, 0 to a day.

    `s-maxage` speaks to shared caches, which we are not. A 304 says it too (RFC 9110, 15.4.5).

    Args:
        headers: of the answer, names in lower case.
        now: stands in for a missing `Date`.
    """
    fresh = find_lifetime(headers, fetched_at=now) or timedelta(0)
    return int(min(fresh, _DAY).total_seconds())


def after_skipped(at: datetime, skip_hours: frozenset[int], skip_days: frozenset[int]) -> datetime:
    """Return the first moment from `at` on that is not in a skipped hour or day.

    UTC hours and weekdays (0 = Monday) when a channel asks not to be read: RSS 2.0, skipHours and
    skipDays. A day later at most: some feeds name all of them.
    """
    moved = at
    while moved.hour in skip_hours or moved.weekday() in skip_days:
        moved = moved.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        if moved >= at + _DAY:
            return at + _DAY
    return moved
