"""Tables of fixed-width columns, for a terminal or a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from rich.cells import cell_len, set_cell_size

from etl.cli.plain import dump_json

PAGE_ROWS = 1000
"""Rows of a table whose widths are settled together."""

TERMINAL_CELL, FILE_CELL, NARROW_CELL = 60, 200, 20
"""Widest cell on a terminal and elsewhere; and how narrow a text gets to fit a terminal."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def draw_table(
    columns: Sequence[str], rows: Iterator[Sequence[Any]], *, width: int | None
) -> Iterator[str]:
    """Yield the lines of a table, a page of rows at a time.

    Args:
        columns: their names.
        rows: are taken only as they are needed.
        width: columns of the terminal; None = no terminal, lines may be long.
    """
    if not columns:
        return
    wide = [0] * len(columns)
    right: list[bool] = []
    while (page := list(islice(rows, PAGE_ROWS))) or not right:
        cells = [[show_text(value) for value in row] for row in page]
        wide = _fit(_measure(columns, cells, wide, width), _floors(columns, page), width)
        if not right:
            right = _right_aligned(page, len(columns))
            yield from _head(columns, wide, right)
        for row in cells:
            yield _line(row, wide, right)


def show_text(value: Any) -> str:
    """Return `value` as one line for people, without control characters."""
    match value:
        case None:
            text = "NULL"
        case str():
            text = value
        case bool():
            text = "true" if value else "false"
        case datetime():
            text = value.isoformat(sep=" ", timespec="seconds").replace("+00:00", "Z")
        case float():
            text = repr(round(value, 6))
        case list() | tuple() | dict():
            text = dump_json(value)
        case _:
            text = str(value)
    return one_line(text)


def one_line(text: str) -> str:
    """Return `text` with line ends and control characters as single spaces.

    Feeds are strangers' text: an escape sequence in a headline could repaint the terminal.
    """
    return _CONTROL.sub(" ", text)


def _measure(
    columns: Sequence[str], cells: Sequence[Sequence[str]], least: Sequence[int], width: int | None
) -> list[int]:
    most = FILE_CELL if width is None else TERMINAL_CELL
    wide = [
        max(floor, cell_len(one_line(name))) for name, floor in zip(columns, least, strict=True)
    ]
    for row in cells:
        wide = [
            max(floor, min(most, cell_len(cell))) for floor, cell in zip(wide, row, strict=True)
        ]
    return wide


def _floors(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Return how narrow each column may get: half a number or a time would be a wrong one."""
    floors = []
    for place in range(len(columns)):
        whole = (show_text(row[place]) for row in rows if not isinstance(row[place], str | list))
        floors.append(max((NARROW_CELL, *map(cell_len, whole))))
    return floors


def _fit(wide: list[int], floors: Sequence[int], width: int | None) -> list[int]:
    """Narrow the widest columns until a terminal holds the line, if they can give that much."""
    while width is not None and sum(wide) + 2 * (len(wide) - 1) > width:
        spare = [size if size > floor else 0 for size, floor in zip(wide, floors, strict=True)]
        if not any(spare):
            break
        wide[spare.index(max(spare))] -= 1
    return wide


def _right_aligned(rows: Sequence[Sequence[Any]], columns: int) -> list[bool]:
    def is_number(place: int) -> bool:
        values = [row[place] for row in rows if row[place] is not None]
        return bool(values) and all(
            isinstance(value, int | float | Decimal) and not isinstance(value, bool)
            for value in values
        )

    return [is_number(place) for place in range(columns)]


def _head(columns: Sequence[str], wide: Sequence[int], right: Sequence[bool]) -> list[str]:
    names = [one_line(name) for name in columns]
    return [_line(names, wide, right), "  ".join("─" * size for size in wide)]


def _line(cells: Sequence[str], wide: Sequence[int], right: Sequence[bool]) -> str:
    pieces = []
    for cell, size, is_right in zip(cells, wide, right, strict=True):
        taken = cell_len(cell)
        if taken > size:
            pieces.append(set_cell_size(cell, size - 1) + "…")
        else:
            pieces.append(" " * (size - taken) + cell if is_right else cell + " " * (size - taken))
    return "  ".join(pieces).rstrip()
