"""The publisher's own time: the day of its readers, not of Greenwich."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

_MINUTES_MAX = 14 * 60
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)\s*$")


def read_offset(raw: str | None) -> int | None:
    """Return the minutes east of UTC that `raw`, as received, ends with; None where it has none.

    No clock is more than fourteen hours ahead.
    """
    found = _OFFSET.search(raw or "")
    if found is None:
        return None
    sign, hours, minutes = found.groups()
    minutes_off = 60 * int(hours) + int(minutes)
    if minutes_off > _MINUTES_MAX:
        return None
    return minutes_off if sign == "+" else -minutes_off


def keep_zone(
    at: datetime | None, raw: str | None, offset_minutes: int | None = None
) -> datetime | None:
    """Return `at` in the time of its publisher.

    That is `offset_minutes` east of UTC, or what `raw`, as received, ends with; where neither is
    known, `at` as it is.
    """
    minutes = read_offset(raw) if offset_minutes is None else offset_minutes
    if at is None or minutes is None:
        return at
    try:
        return at.astimezone(timezone(timedelta(minutes=minutes)))
    except (ValueError, OverflowError):  # no zone is a day off; or it leaves the calendar
        return at
