"""The command `newshouse` before any command is on it: its home and its exit codes."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from etl.errors import (
    ConfigError,
    IntegrityError,
    NewsError,
    QueryStoppedError,
    WarehouseBusyError,
)
from etl.home import Home

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_BUSY = 3
EXIT_BUGS = 4
EXIT_DAMAGE = 5
EXIT_ALARM = 6
EXIT_INTERRUPTED = 130

app = typer.Typer(
    name="newshouse",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Turn news feeds into a DuckDB warehouse you query with SQL.",
    epilog="Begin with `newshouse demo`, or `newshouse init my-news`.",
)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer's callback signature
    if wanted:
        typer.echo(f"newshouse {version('newshouse')}")
        raise typer.Exit


@app.callback()
def choose_home(
    context: typer.Context,
    home: Annotated[
        Path,
        typer.Option(
            "--home", envvar="NEWSHOUSE_HOME", help="The folder with settings, feeds and data."
        ),
    ] = Path(),
    version: Annotated[  # noqa: ARG001 - handled by its callback
        bool, typer.Option("--version", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Turn news feeds into a DuckDB warehouse you query with SQL."""
    context.obj = Home(home.expanduser().absolute())


def home_of(context: typer.Context) -> Home:
    """Return the home the user chose."""
    home = context.obj
    assert isinstance(home, Home)
    return home


def exit_code(error: NewsError) -> int:
    """Return the exit code an error stands for; the contract's list."""
    match error:
        case ConfigError():
            return EXIT_USAGE
        case WarehouseBusyError():
            return EXIT_BUSY
        case IntegrityError():
            return EXIT_DAMAGE
        case QueryStoppedError():
            return EXIT_INTERRUPTED
        case _:
            return EXIT_FAILED
