"""How long a publisher asks to be left alone: HTTP freshness, and the hours a feed names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from etl.feeds.reading.dates import parse_date

DAY_S = 86_400
"""No wish is obeyed for longer: max-age=31536000 on a feed is a mistake in a cache's settings."""

_DIRECTIVE = re.compile(r"""([a-z-]+)(?:\s*=\s*("[^"]*"|[^\s,;]*))?""", re.IGNORECASE)
_MAX_DIGITS = 10
_NOT_TO_KEEP = frozenset({"no-cache", "no-store"})
_DAY = timedelta(days=1)


def header_floor_s(headers: Sequence[tuple[str, str]], *, now: datetime) -> int:
    """Return for how many seconds an answer says it stays fresh, 0 to a day.

    `max-age` less `Age`, else `Expires` less `Date` (RFC 9111, 4.2.1 and 5.3). `s-maxage` speaks
    to shared caches, which we are not. A 304 says it too (RFC 9110, 15.4.5).

    Args:
        headers: of the answer, names in lower case.
        now: stands in for a missing `Date`.
    """
    directives = _cache_control(headers)
    if _NOT_TO_KEEP & directives.keys():
        return 0
    if "max-age" in directives:
        fresh_s = (_seconds(directives["max-age"]) or 0) - (_seconds(_first(headers, "age")) or 0)
    else:
        # "Expires: 0" and other non-dates mean "already expired" (RFC 9111, 5.3).
        expires_at = parse_date(_first(headers, "expires"))
        sent_at = parse_date(_first(headers, "date")) or now
        fresh_s = int((expires_at - sent_at).total_seconds()) if expires_at else 0
    return min(max(fresh_s, 0), DAY_S)


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


def _cache_control(headers: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the directives by lower-case name; of one given twice, the first (RFC 9111, 4.2.1)."""
    found: dict[str, str] = {}
    for name, value in headers:
        if name == "cache-control":
            for match in _DIRECTIVE.finditer(value):
                found.setdefault(match[1].lower(), (match[2] or "").strip('"'))
    return found


def _first(headers: Sequence[tuple[str, str]], name: str) -> str | None:
    return next((value for key, value in headers if key == name), None)


def _seconds(text: str | None) -> int | None:
    """Return a count of seconds, cut to what can be believed; None if it is none."""
    digits = (text or "").strip()
    if not (digits.isascii() and digits.isdigit()):
        return None
    return int(digits) if len(digits) <= _MAX_DIGITS else 10**_MAX_DIGITS
