"""How a session answers, which its dot commands change."""

from __future__ import annotations

from dataclasses import dataclass

from etl.cli.output import Format

ROWS_SHOWN = 500
"""Rows shown of an answer on a terminal unless it is said otherwise: more scroll away unread."""


@dataclass(slots=True, kw_only=True)
class Manner:
    """How answers are written; `rows` is the most of one, None = all."""

    form: Format
    rows: int | None = None
    with_time: bool = False
