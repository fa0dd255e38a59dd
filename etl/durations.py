"""Durations as people write them, 90s, 15m, 2h, 1d, and as they read them."""

from __future__ import annotations

import re
from datetime import datetime

DURATION = re.compile(r"(\d+)\s*(s|m|h|d)")
UNIT_S = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def parse_duration_s(text: str) -> int:
    """Return the seconds "90s", "15m", "2h" or "1d" stand for.

    Raises:
        ValueError: it is none of these, or zero.
    """
    match = DURATION.fullmatch(text.strip().lower())
    if not match or int(match[1]) == 0:
        raise ValueError(f"{text!r} is no duration; write it like 90s, 15m, 2h or 1d")
    return int(match[1]) * UNIT_S[match[2]]


def say_duration(seconds: float) -> str:
    """Return a duration in words, rounded down: "45 seconds", "15 minutes", "3 hours", "12 days".

    A unit is used from two of it on, so that nothing is rounded by half.
    """
    whole = max(0, round(seconds))
    for unit, size in (("days", UNIT_S["d"]), ("hours", UNIT_S["h"]), ("minutes", UNIT_S["m"])):
        if whole >= 2 * size:
            return f"{whole // size} {unit}"
    return f"{whole} second{'' if whole == 1 else 's'}"


def say_time(at: datetime) -> str:
    """Return a UTC time to the minute: "2026-11-22 13:20Z"."""
    return f"{at:%Y-%m-%d %H:%M}Z"
