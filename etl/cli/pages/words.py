"""Values as pages show them; whatever is not `Markup` is escaped by the template."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup

from etl.cli.table import show_text
from etl.durations import say_duration, say_time

_MARKED = re.compile(r"\*\*(.+?)\*\*")


def show_time(at: datetime | None) -> Markup:
    """Return a time to the minute, UTC, that programs can read too."""
    if at is None:
        return Markup('<span class="none">unknown</span>')
    at = at.astimezone(UTC)
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), say_time(at))


def show_ago(at: datetime | None, now: datetime) -> Markup:
    """Return how long ago a time is, or when it is to come."""
    if at is None:
        return Markup('<span class="none">never</span>')
    seconds = (now - at).total_seconds()
    said = f"{say_duration(seconds)} ago" if seconds >= 0 else f"in {say_duration(-seconds)}"
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        at.isoformat(), say_time(at), said
    )


def show_day(at: datetime | None) -> str:
    """Return the day of a time, UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%d}" if at else "no date"


def mark_snippet(snippet: str | None) -> Markup:
    """Return a snippet with its **marked** words marked."""
    pieces, end = [], 0
    text = snippet or ""
    for hit in _MARKED.finditer(text):
        pieces += [Markup("{}<mark>{}</mark>").format(text[end : hit.start()], hit[1])]
        end = hit.end()
    return Markup("").join([*pieces, Markup("{}").format(text[end:])])


def mark_pieces(pieces: list[tuple[str, bool]]) -> Markup:
    """Return a sentence with the words marked that the other lacks."""
    return Markup(" ").join(
        Markup("<mark>{}</mark>").format(words) if is_own else words for words, is_own in pieces
    )


def link_out(url: str | None, text: str | None = None) -> Markup:
    """Return a link to a publisher's page; what is no web address is text alone.

    A feed may name javascript: and data: addresses.
    """
    if not url:
        return Markup("")
    if not url.lower().startswith(("http://", "https://")):
        return Markup("{}").format(text or url)
    return Markup(
        '<a class="out" href="{}" rel="noopener noreferrer nofollow external">{}</a>'
    ).format(url, text or url)


def show_value(value: Any) -> Markup:
    """Return a value of a query; texts keep their lines."""
    match value:
        case None:
            return Markup('<span class="none">NULL</span>')
        case str():
            return Markup("{}").format(value)
        case _:
            return Markup("{}").format(show_text(value))


def is_number(value: Any) -> bool:
    """Return whether digits are to stand under digits."""
    return isinstance(value, int | float) and not isinstance(value, bool)
