"""A session's turns: take what is typed, go on with a newer snapshot, answer."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime

import typer

from etl.cli.session import dots
from etl.cli.session.answer import answer
from etl.cli.session.state import Manner
from etl.cli.staleness import say_staleness
from etl.errors import ConfigError, NewsError
from etl.home import Home
from etl.store.adhoc import is_nothing, split_statements
from etl.store.session import Renewal, Session

HELD = (
    "a newer snapshot is there; this session stays on the older one for its temporary tables or "
    "its transaction (.reload goes on)"
)


class Leave(Exception):  # noqa: N818 - no error: `.quit`
    """The session is over."""


class Talk:
    """One session of one home."""

    def __init__(self, home: Home, session: Session, manner: Manner) -> None:
        self._home = home
        self._session = session
        self._manner = manner
        self._is_held_told = False
        self._files: list[str] = []

    def take(self, text: str) -> str:
        """Run every whole statement and dot command of `text`; return the rest.

        Raises:
            NewsError: one failed; those after it were not run.
            Leave: `.quit`.
        """
        while text.strip():
            first, _, others = text.lstrip().partition("\n")
            if first.startswith("."):
                self._obey(first)
                text = others
                continue
            statements, _ = split_statements(text)
            if not statements:
                break
            # One at a time: a dot command may follow on the next line.
            self._run(statements[0])
            text = text[text.index(statements[0]) + len(statements[0]) :]
        return text

    def take_all(self, text: str) -> None:
        """Run what `text` holds, its last statement without a semicolon too.

        Raises:
            NewsError: one failed; those after it were not run.
        """
        rest = self.take(text)
        if not is_nothing(rest):
            self._run(rest)

    def take_lines(self, lines: Iterable[str]) -> None:
        """Run what a pipe brings, each statement once its semicolon is there.

        Raises:
            NewsError: one failed; those after it were not run.
        """
        waiting = ""
        for line in lines:
            waiting = self.take(waiting + line) if _may_end(line) else waiting + line
        self.take_all(waiting)

    def take_typed(self, text: str) -> None:
        """Run what was typed at a prompt; trouble is told, and the session goes on.

        Raises:
            Leave: `.quit`.
        """
        try:
            self.take_all(text)
        except NewsError as error:
            typer.secho(str(error), err=True, fg=typer.colors.RED)
        except KeyboardInterrupt:
            # Between two statements, or while a dot command tells.
            typer.secho("stopped", err=True, fg=typer.colors.RED)

    def _run(self, statement: str) -> None:
        self._renew()
        answer(self._session, statement, self._manner, sys.stdout)

    def _renew(self, *, now: bool = False) -> None:
        match self._session.renew(now=now):
            case Renewal.NEWER:
                self._is_held_told = False
                said = say_staleness(self._home, now=datetime.now(UTC))
                typer.echo(f"(a newer snapshot: {said})", err=True)
            case Renewal.HELD:
                if not self._is_held_told:
                    typer.echo(f"({HELD})", err=True)
                self._is_held_told = True
            case Renewal.SAME:
                pass

    def _obey(self, line: str) -> None:
        command, _, argument = line.strip().rstrip(";").partition(" ")
        argument = argument.strip()
        match command:
            case ".quit" | ".exit":
                raise Leave
            case ".help":
                sys.stdout.write(dots.HELP)
            case ".tables":
                dots.list_tables(self._session, argument)
            case ".schema":
                dots.describe(self._session, argument)
            case ".format":
                dots.set_format(self._manner, argument)
            case ".rows":
                dots.set_rows(self._manner, argument)
            case ".timer":
                dots.set_timer(self._manner, argument)
            case ".read":
                self._take_file(argument)
            case ".reload":
                self._renew(now=True)
            case _:
                raise ConfigError(f"no command {command}; .help lists them")
        sys.stdout.flush()

    def _take_file(self, name: str) -> None:
        if name in self._files:
            raise ConfigError(f"{name} reads itself; take the .read of it away")
        self._files.append(name)
        try:
            self.take_all(dots.read_file(name))
        finally:
            self._files.pop()


def _may_end(line: str) -> bool:
    # Not split anew at every line of a long statement, which would take quadratic time.
    return ";" in line or line.lstrip().startswith(".")
