"""The time zone a publisher gave a date in: the day of its readers, not of Greenwich."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)\s*$")


def keep_zone(at: datetime | None, raw: str | None) -> datetime | None:
    """Return `at` in the zone its publisher gave it in, where `raw`, as received, ends with one."""
    offset = _OFFSET.search(raw or "")
    if at is None or offset is None:
        return at
    sign, hours, minutes = offset.groups()
    shift = timedelta(hours=int(hours), minutes=int(minutes))
    try:
        return at.astimezone(timezone(shift if sign == "+" else -shift))
    except (ValueError, OverflowError):  # no zone is a day off; or it leaves the calendar
        return at
