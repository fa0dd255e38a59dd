"""Commands of a session that are no SQL: lines that begin with a dot."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

from etl.cli.output import Format, write_result
from etl.cli.session.state import Manner
from etl.cli.terminal import terminal_width
from etl.errors import ConfigError
from etl.store.adhoc import Result
from etl.store.session import Session

HELP = """\
SQL runs when a semicolon ends it; Ctrl-C stops it. Tab completes names.

  .tables [all]       what can be asked; all = also the tables behind
  .schema [NAME]      the columns of a view or table, or how a macro is called
  .format NAME        table, markdown, csv, json or jsonl
  .rows N             most rows shown of an answer; all = every one
  .timer on|off       tell how long an answer took
  .read FILE          run the statements of a file
  .reload             go on with the newest snapshot, even where that loses temporary tables
  .help               this
  .quit               leave; so does Ctrl-D
"""

NAMES = (".tables", ".schema", ".format", ".rows", ".timer", ".read", ".reload", ".help", ".quit")


def list_tables(session: Session, which: str) -> None:
    """Print the views people ask and the macros; with "all" every table too."""
    if which not in {"", "all"}:
        raise ConfigError(f".tables takes nothing or all, not {which!r}")
    _print(("name", "what", "meaning"), iter(sorted(_relations(session, whole=which == "all"))))


def _relations(session: Session, *, whole: bool) -> set[tuple[str, str, str]]:
    found = {
        (_name(row["schema_name"], row["relation"]), row["kind"], row["relation_comment"] or "")
        for row in session.list_columns()
        if whole or row["schema_name"] == "main"
    }
    macros = {
        (f"{_name(row['schema_name'], row['macro'])}({', '.join(row['parameters'])})", "macro",
         row["comment"] or "")
        for row in session.list_macros()
        if whole or not is_inner(row["macro"])
    }  # fmt: skip
    return found | macros


def is_inner(macro: str) -> bool:
    """Return whether a macro is a part of `search`, which nobody asks by itself."""
    return macro.startswith("search_")


def _name(schema: str, name: str) -> str:
    return name if schema == "main" else f"{schema}.{name}"


def describe(session: Session, name: str) -> None:
    """Print the columns of a view or table with their meanings, or a macro's call.

    Raises:
        ConfigError: nothing is called so; the text names what is nearest.
    """
    if not name:
        list_tables(session, "")
        return
    wanted = name.lower().removeprefix("main.")
    columns = [
        (row["column_name"], row["data_type"], row["comment"] or "")
        for row in session.list_columns()
        if _name(row["schema_name"], row["relation"]) == wanted
    ]
    macros = [
        (f"{row['macro']}({', '.join(row['parameters'])})", row["comment"] or "")
        for row in session.list_macros()
        if row["macro"] == wanted
    ]
    if not columns and not macros:
        known = {_name(row["schema_name"], row["relation"]) for row in session.list_columns()}
        known |= {row["macro"] for row in session.list_macros()}
        near = difflib.get_close_matches(wanted, known, 1)
        hint = f"the nearest is {near[0]}" if near else ".tables lists what there is"
        raise ConfigError(f"nothing is called {name!r}; {hint}")
    if columns:
        _print(("column", "type", "meaning"), iter(columns))
    if macros:
        _print(("macro", "meaning"), iter(macros))


def _print(columns: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> None:
    width = terminal_width()
    write_result(Result(columns=columns, rows=rows), Format.TABLE, sys.stdout, width=width)


def set_format(manner: Manner, name: str) -> None:
    """Choose how answers are written.

    Raises:
        ConfigError: there is no such format.
    """
    if name not in {form.value for form in Format}:
        raise ConfigError(f"no format {name!r}; there are {', '.join(Format)}")
    manner.form = Format(name)


def set_rows(manner: Manner, text: str) -> None:
    """Choose how many rows of an answer are shown.

    Raises:
        ConfigError: it is no number.
    """
    if text != "all" and not (text.isdecimal() and int(text)):
        raise ConfigError(f".rows takes a number from 1 on, or all, not {text!r}")
    manner.rows = None if text == "all" else int(text)


def set_timer(manner: Manner, text: str) -> None:
    """Choose whether the time of an answer is told.

    Raises:
        ConfigError: it is neither on nor off.
    """
    if text not in {"on", "off"}:
        raise ConfigError(f".timer takes on or off, not {text!r}")
    manner.with_time = text == "on"


def read_file(name: str) -> str:
    """Return the text of a file of statements.

    Raises:
        ConfigError: it cannot be read.
    """
    if not name:
        raise ConfigError(".read takes the name of a file")
    try:
        return Path(name).expanduser().read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read {name}: {error}") from error
