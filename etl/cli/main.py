"""The command `newshouse`, whole: how expected trouble ends in a sentence and an exit code."""

from __future__ import annotations

import sys

import typer

from etl.cli import commands as commands  # noqa: PLC0414 - importing them puts them on `app`
from etl.cli.app import EXIT_FAILED, EXIT_INTERRUPTED, app, exit_code
from etl.errors import NewsError


def main() -> None:
    """Run the command line."""
    try:
        app()
    except NewsError as error:
        typer.secho(f"newshouse: {error}", err=True, fg=typer.colors.RED)
        sys.exit(exit_code(error))
    except OSError as error:
        # A full disk, a folder taken away: the machine's trouble, not a bug to trace.
        typer.secho(f"newshouse: the system refused: {error}", err=True, fg=typer.colors.RED)
        sys.exit(EXIT_FAILED)
    except KeyboardInterrupt:
        typer.secho("newshouse: stopped; the next run takes up what is left", err=True)
        sys.exit(EXIT_INTERRUPTED)
