"""Times as people give them to options."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from etl.durations import parse_duration_s
from etl.errors import ConfigError


def parse_since(text: str, *, now: datetime, or_else: str = "") -> datetime:
    """Return the time `text` names, UTC unless it says otherwise; a day is its midnight.

    Raises:
        ConfigError: it names none; `or_else` is what else the option takes, in words.
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        pass  # not a time: perhaps a duration
    else:
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    try:
        return now - timedelta(seconds=parse_duration_s(text))
    except (ValueError, OverflowError):
        raise ConfigError(
            "--since wants a day like 2026-11-22, a time like 2026-11-22T13:20Z, or a time ago "
            f"like 7d{or_else}, not {text!r}"
        ) from None
