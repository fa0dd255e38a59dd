"""Durations as people write them: 90s, 15m, 2h, 1d."""

from __future__ import annotations

import re

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
