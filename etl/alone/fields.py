"""The fields of a JSON line, or what is wrong with them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from etl.records import BadInput


def name_of(row: dict[str, Any], number: int) -> str | int | BadInput:
    """Return what a line calls itself, or its number."""
    name = number if row.get("id") is None else row["id"]
    if not isinstance(name, str | int):
        return BadInput(name=number, detail=f"line {number}: id is neither a text nor a number")
    return name


def read_time(row: dict[str, Any], key: str) -> datetime | None:
    """Return a time, in UTC where the line says no zone; None where it says none.

    Raises:
        ValueError: it is no time; says so.
    """
    text = text_of(row, key)
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{key} is no ISO 8601 time: {text[:50]}") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def text_of(row: dict[str, Any], key: str) -> str | None:
    """Return a text, None where the line has none.

    Raises:
        ValueError: it is something else; says so.
    """
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{key} is no text")
    return value
