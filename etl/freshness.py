"""How long an answer may be used again (RFC 9111, 4.2): pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

Headers = Sequence[tuple[str, str]]

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,10}")


def find_lifetime(headers: Headers, *, fetched_at: datetime) -> timedelta | None:
    """Return how long past `fetched_at` the answer with `headers` stays fresh; None: not said.

    `Cache-Control: max-age` less `Age`, else `Expires` less `Date`; nothing at all where the
    server forbids to keep it (no-store) or to use it unasked (no-cache), or where what it says
    cannot be read as a date (RFC 9111, 5.3).

    Args:
        headers: with lower-case names.
        fetched_at: when the answer came; stands in for a missing Date.
    """
    control = ",".join(value for name, value in headers if name == "cache-control").lower()
    if "no-store" in control or "no-cache" in control:
        return timedelta(0)
    first = dict(reversed(headers))
    if stated := _MAX_AGE.search(control):
        age = _DIGITS.fullmatch(first.get("age", "").strip())
        seconds = int(stated[1]) - (int(age[0]) if age else 0)
        return timedelta(seconds=max(seconds, 0))
    if "expires" not in first:
        return None
    expires = read_http_date(first["expires"])
    if expires is None:
        return timedelta(0)
    return max(expires - (read_http_date(first.get("date", "")) or fetched_at), timedelta(0))


def read_http_date(text: str) -> datetime | None:
    """Return the time of an HTTP date, in UTC; None if it is none."""
    try:
        at = parsedate_to_datetime(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, IndexError):
        return None
