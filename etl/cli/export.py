"""`newshouse export`: the warehouse as files for others."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer

from etl.cli.app import app, home_of
from etl.cli.output import Format, write_result
from etl.cli.plain import dump_json
from etl.cli.progress import show_progress
from etl.cli.since import parse_since
from etl.durations import say_time
from etl.store.adhoc import Result
from etl.store.export import LAST, Export, Exported, export_tables
from etl.store.export_files import RowWriter


class FileFormat(StrEnum):
    """What the files are."""

    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"


@app.command(rich_help_panel="Read")
def export(
    context: typer.Context,
    *,
    target: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or an export's.")],
    form: Annotated[
        FileFormat, typer.Option("--format", help="What the files are.")
    ] = FileFormat.PARQUET,
    tables: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME,...", help="These views; else those that hold news."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="Only what was loaded or changed since this day or time (or 7d: ago; or last: "
            "since the last export into DIR).",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the export as one JSON object.")
    ] = False,
) -> None:
    """Write the published warehouse to files: a folder a table, and manifest.json.

    Parquet is split by month. With --since, an earlier export in DIR is brought up to date; without
    it, its tables are replaced. Neither waits for a run nor disturbs one.

    Examples:

        newshouse export news-files

        newshouse export news-files --since last

        newshouse export week --format csv --tables articles,entities --since 7d
    """
    now = datetime.now(UTC)
    names = [name.strip() for given in tables or () for name in given.split(",") if name.strip()]
    start = _parse_since(since, now=now)
    with show_progress() as tell:
        done = export_tables(
            home_of(context).published, target.expanduser(), form=form.value, tables=names,
            since=start, now=now, write_rows=_row_writer(form), tell=tell,
        )  # fmt: skip
    typer.echo(_as_json(done, target, form) if as_json else _as_text(done, target))


def _parse_since(text: str | None, *, now: datetime) -> datetime | str | None:
    if text is None or text == LAST:
        return text
    return parse_since(text, now=now, or_else=f", or {LAST}")


def _row_writer(form: FileFormat) -> RowWriter:
    def write(result: Result, out: TextIO) -> int:
        return write_result(result, Format(form.value), out, width=None)

    return write


def _as_json(done: Export, target: Path, form: FileFormat) -> str:
    return dump_json(
        {
            "dir": str(target),
            "format": form.value,
            "exported_at": done.exported_at,
            "published_at": done.published_at,
            "since": done.since,
            "rows": sum(table.rows for table in done.tables),
            "new_rows": sum(table.new_rows for table in done.tables),
            "files": sum(table.files for table in done.tables),
            "bytes": sum(table.bytes for table in done.tables),
            "tables": [asdict(table) for table in done.tables],
        }
    )


def _as_text(done: Export, target: Path) -> str:
    width = max(len(table.table) for table in done.tables)
    lines = [f"{table.table:<{width}}  {_describe(table, done)}" for table in done.tables]
    head = f"{target}: the warehouse as published {say_time(done.published_at)}"
    return "\n".join((*lines, "", head))


def _describe(table: Exported, done: Export) -> str:
    files = f"{table.files:,} file{'' if table.files == 1 else 's'}"
    text = f"{table.rows:>9,} rows  {files:>9}  {table.bytes / 1e6:>9,.1f} MB"
    if done.since is None:
        return text
    if table.since_column is None:
        return f"{text}  whole: no time tells what changed"
    return f"{text}  {table.new_rows:,} since {say_time(done.since)}, by {table.since_column}"
