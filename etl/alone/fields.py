"""The fields of a JSON line, or what is wrong with them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any


def read_name(row: dict[str, Any], number: int) -> str | int:
    """Return what a row is told apart by: its id, else the number of its line.

    Raises:
        ValueError: the id is neither a text nor a number.
    """
    name = number if row.get("id") is None else row["id"]
    if not isinstance(name, str | int):
        raise ValueError("id is neither a text nor a number")  # noqa: TRY004 - the input is wrong
    return name


def read_text_of(row: dict[str, Any], key: str) -> str | None:
    """Return the text under `key`, None where there is none.

    Raises:
        ValueError: there is something else.
    """
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{key} is no text")
    return value


def read_time(row: dict[str, Any], key: str) -> datetime | None:
    """Return the time under `key`, UTC where it names no zone; None where there is none.

    Raises:
        ValueError: it is no ISO 8601 time.
    """
    text = read_text_of(row, key)
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{key} is no ISO 8601 time: {text[:50]}") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
