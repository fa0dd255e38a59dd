"""`newshouse sql`: any question to the published warehouse."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from etl.cli.app import app, home_of
from etl.cli.output import Format, write_result
from etl.cli.staleness import tell_staleness
from etl.cli.stopping import run_stoppable
from etl.cli.terminal import terminal_width
from etl.errors import ConfigError
from etl.store.adhoc import run_query, write_parquet
from etl.store.brake import Brake
from etl.store.read import reading
from etl.store.sql import Connection

FORMATS = ("table", "markdown", "csv", "json", "jsonl", "parquet")


@app.command("sql", rich_help_panel="Read")
def run_sql(
    context: typer.Context,
    *,
    query: Annotated[
        str | None, typer.Argument(metavar="QUERY", help="SQL; - reads it from stdin.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", help="Read the SQL from a file.")
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option(
            "--param",
            "-p",
            metavar="NAME=VALUE",
            help="Bind $NAME; text, so write $NAME::INT to calculate. May be repeated.",
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", help=f"{', '.join(FORMATS)}; by --out's ending, else table."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write to a file, replacing it.")
    ] = None,
) -> None:
    """Run SQL on the published warehouse, read-only, also while a run is writing.

    Several statements may be given, separated by semicolons: the last one's result is written.

    Examples:

        newshouse sql "SELECT source, count(*) AS articles FROM articles GROUP BY ALL"

        newshouse sql "FROM articles WHERE source = $source" -p source=example.org --format jsonl

        newshouse sql -f weekly.sql --out weekly.parquet
    """  # fmt: skip
    text = _read_query(query, file)
    parameters = _parse_parameters(parameter or [])
    chosen = form or _format_of(out)
    if chosen not in FORMATS:
        raise ConfigError(f"no format {chosen!r}; there are {', '.join(FORMATS)}")
    if chosen == "parquet" and out is None:
        raise ConfigError("parquet is for files: add --out FILE.parquet")
    with reading(home_of(context).published) as con:
        count = run_stoppable(
            con,
            lambda brake: _answer(con, text, parameters, form=chosen, out=out, brake=brake),
        )
    _tell_count(count, chosen, out)
    tell_staleness(home_of(context))


def _answer(
    con: Connection,
    text: str,
    parameters: dict[str, str],
    *,
    form: str,
    out: Path | None,
    brake: Brake,
) -> int:
    """Write the last statement's rows to where they are wanted; return how many they are."""
    if form == "parquet":
        assert out is not None
        with _replacing(out) as fresh:
            return write_parquet(con, text, parameters, fresh)
    result = run_query(con, text, parameters, is_stopped=lambda: brake.is_pulled)
    if out is None:
        return write_result(result, Format(form), sys.stdout, width=terminal_width())
    with _replacing(out) as fresh, fresh.open("w", encoding="utf-8") as stream:
        return write_result(result, Format(form), stream, width=None)


def _read_query(query: str | None, file: Path | None) -> str:
    if (query is None) == (file is None):
        raise ConfigError(
            'give one query: newshouse sql "FROM articles LIMIT 5", or -f FILE, or - for stdin'
        )
    if query == "-" or str(file) == "-":
        return sys.stdin.read()
    if query is not None:
        return query
    assert file is not None
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read {file}: {error}") from error


def _parse_parameters(given: list[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in given]
    for text, (name, equals, _) in zip(given, pairs, strict=True):
        if not equals or not name:
            raise ConfigError(f"-p wants NAME=VALUE, not {text!r}")
    return {name.removeprefix("$"): value for name, _, value in pairs}


def _format_of(out: Path | None) -> str:
    ending = out.suffix.removeprefix(".") if out else ""
    named = {"md": "markdown", "ndjson": "jsonl"}.get(ending, ending)
    return named if named in FORMATS else "table"


@contextmanager
def _replacing(out: Path) -> Iterator[Path]:
    """Yield a file beside `out` that takes its name only when it is whole."""
    fresh = out.with_name(f".{out.name}.part")
    try:
        yield fresh
        fresh.replace(out)
    except OSError as error:
        raise ConfigError(f"cannot write {out}: {error.strerror}") from error
    finally:
        fresh.unlink(missing_ok=True)


def _tell_count(count: int, form: str, out: Path | None) -> None:
    rows = f"{count:,} row{'' if count == 1 else 's'}"
    if out is not None:
        typer.echo(f"{rows} written to {out}", err=True)
    elif form == "table":
        typer.echo(f"({rows})", err=True)
