"""`newshouse shell`: an interactive SQL session on the published warehouse."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import Annotated

import typer

from etl.cli.app import app, home_of
from etl.cli.output import Format
from etl.cli.session.loop import Leave, Talk
from etl.cli.session.state import ROWS_SHOWN, Manner
from etl.cli.staleness import tell_staleness
from etl.home import Home
from etl.store.session import Session

HISTORY = "shell_history"


@app.command(rich_help_panel="Read")
def shell(
    context: typer.Context,
    form: Annotated[Format, typer.Option("--format", help="How rows are written.")] = Format.TABLE,
) -> None:
    """Ask SQL in a session, read-only, also while a run is writing; .help says what else it takes.

    Each statement is asked of the newest snapshot. Without a terminal, statements are read from
    stdin and the first that fails ends it.

    Examples:

        newshouse shell

        newshouse --home my-news shell --format csv < questions.sql

        echo "FROM stories ORDER BY article_count DESC LIMIT 5;" | newshouse shell
    """
    home = home_of(context)
    with closing(Session(home.published)) as session:
        is_interactive = sys.stdin.isatty()
        rows = ROWS_SHOWN if is_interactive and sys.stdout.isatty() else None
        talk = Talk(home, session, Manner(form=form, rows=rows))
        try:
            if is_interactive:
                _talk(home, session, talk)
            else:
                talk.take_lines(sys.stdin)
        except Leave:
            pass


def _talk(home: Home, session: Session, talk: Talk) -> None:
    """Ask a person until they leave."""
    from etl.cli.session.completion import SqlCompleter  # noqa: PLC0415 - 0.1 s, here only
    from etl.cli.session.prompt import make_prompt  # noqa: PLC0415

    completer = SqlCompleter(session)
    prompt = make_prompt(completer, home.data / HISTORY)
    typer.echo("SQL ends with a semicolon; .help for more, Ctrl-D to leave", err=True)
    tell_staleness(home)
    while True:
        try:
            text = prompt.prompt()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        talk.take_typed(text)
        completer.refresh()
