"""Results on stdout, in the formats people and programs ask for.

NULL is `NULL` in tables, nothing between the commas in CSV (an empty string is `""`), null in
JSON. Only tables cut long texts.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from datetime import date, time
from enum import StrEnum
from typing import Any, TextIO

from etl.cli.plain import dump_json
from etl.cli.table import draw_table, one_line, show_text
from etl.store.adhoc import Result


class Format(StrEnum):
    """How rows are written."""

    TABLE = "table"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"


def write_result(result: Result, form: Format, out: TextIO, *, width: int | None) -> int:
    """Write every row to `out` as it comes, and return how many there were.

    Args:
        result: what to write.
        form: how.
        out: where.
        width: columns of the terminal; None = no terminal, lines may be long.
    """
    match form:
        case Format.TABLE:
            return _write_table(result, out, width)
        case Format.MARKDOWN:
            return _write_lines(out, _markdown_head(result.columns), result, _markdown_line)
        case Format.CSV:
            return _write_lines(out, [_csv_line(result.columns)], result, _csv_line)
        case Format.JSONL:
            names = result.columns
            return _write_lines(out, [], result, lambda row: dump_json(_record(names, row)))
        case Format.JSON:
            return _write_array(result, out)


def csv_lines(result: Result) -> Iterator[str]:
    """Yield the result as lines of CSV, the names of its columns first."""
    yield f"{_csv_line(result.columns)}\n"
    for row in result.rows:
        yield f"{_csv_line(row)}\n"


def _write_table(result: Result, out: TextIO, width: int | None) -> int:
    if result.columns == ("explain_key", "explain_value"):
        return _write_lines(out, [], result, lambda row: str(row[1]))
    counted = _Counted(result.rows)
    out.writelines(f"{line}\n" for line in draw_table(result.columns, counted, width=width))
    return counted.count


class _Counted:
    """Rows, and how many of them were taken."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> tuple[Any, ...]:
        row = next(self._rows)
        self.count += 1
        return row


def _write_lines(
    out: TextIO,
    head: Sequence[str],
    result: Result,
    line: Callable[[tuple[Any, ...]], str],
) -> int:
    count = 0
    out.writelines(f"{text}\n" for text in head)
    for count, row in enumerate(result.rows, 1):  # noqa: B007 - the last count is the answer
        out.write(f"{line(row)}\n")
    return count


def _markdown_head(columns: Sequence[str]) -> list[str]:
    return [_markdown_line(columns), "|" + " --- |" * len(columns)]


def _markdown_line(row: Sequence[Any]) -> str:
    return "| " + " | ".join(_markdown_cell(value) for value in row) + " |"


def _markdown_cell(value: Any) -> str:
    text = "<br>".join(value.splitlines()) if isinstance(value, str) else show_text(value)
    return one_line(text).replace("\\", "\\\\").replace("|", "\\|")


def _csv_line(row: Sequence[Any]) -> str:
    # Not the csv module: before Python 3.12 it cannot tell NULL from an empty string.
    line = ",".join(_csv_field(value) for value in row)
    return line or '""'


def _csv_field(value: Any) -> str:
    match value:
        case None:
            return ""
        case date() | time():
            return value.isoformat()
        case bool():
            return "true" if value else "false"
        case list() | tuple() | dict():
            text = dump_json(value)
        case bytes():
            text = base64.b64encode(value).decode("ascii")
        case _:
            text = str(value)
    if not text or any(mark in text for mark in ',"\r\n') or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


def _write_array(result: Result, out: TextIO) -> int:
    count = 0
    out.write("[")
    for count, row in enumerate(result.rows, 1):
        out.write(("," if count > 1 else "") + f"\n{dump_json(_record(result.columns, row))}")
    out.write("\n]\n" if count else "]\n")
    return count


def _record(columns: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(columns, row, strict=True))
