"""How the command line ends: expected trouble in a sentence and an exit code."""

from __future__ import annotations

import sys

import typer

from etl.cli.app import EXIT_FAILED, exit_code
from etl.cli.commands import app
from etl.errors import NewsError


def run_command() -> None:
    """Run the command line; typer ends it with 130, and without a word, when Ctrl-C stops it."""
    try:
        app()
    except NewsError as error:
        typer.secho(f"newshouse: {error}", err=True, fg=typer.colors.RED)
        sys.exit(exit_code(error))
    except OSError as error:
        # A full disk, a folder taken away: the machine's trouble, not a bug to trace.
        typer.secho(f"newshouse: the system refused: {error}", err=True, fg=typer.colors.RED)
        sys.exit(EXIT_FAILED)
