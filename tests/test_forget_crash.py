"""A `forget` that is killed: nothing happened, or the next `forget` or run finishes it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from etl.erasure import finish_forgetting, forget
from etl.home import Home
from tests.crashes.aftermath import find_litter
from tests.crashes.forgetting import run_forget
from tests.crashes.laboratory import KILLED
from tests.crashes.steps import Kill
from tests.store.desk import Desk, Paper, entry, story
from tests.test_erasure import (
    SECRET,
    URL,
    ask,
    end,
    findings,
    reopen,
    secret_entry,
    secret_paper,
    traces,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with an article to forget and another one; tests copy it."""
    home = Home(tmp_path_factory.mktemp("made"))
    desk = Desk(home.data)
    pages = {SECRET: secret_paper(), f"{URL}a": Paper(story("tram"))}
    desk.ingest(secret_entry(), entry("a"), pages=pages, publish=True)
    desk.store.close()
    return home


def by_forgetting_again(home: Home) -> None:
    """Say it again."""
    forget(home, [SECRET], reason="r")


def by_the_next_run(home: Home) -> None:
    """Run, as if nothing had been; where it had not begun, it is said again."""
    desk = reopen(home, 1)
    desk.begin()
    desk.load_feeds(entry("a"))
    pages = {f"{URL}a": Paper(story("tram")), SECRET: secret_paper()}
    desk.load_pages(desk.take_up(), pages)
    end(desk)
    if not ask(home, "FROM tombstones"):
        forget(home, [SECRET], reason="r")


def by_upkeep(home: Home) -> None:
    """Only finish what was begun."""
    finish_forgetting(home)
    if not ask(home, "FROM tombstones"):
        forget(home, [SECRET], reason="r")


STEPS = {
    "between statements of Store.forget": by_forgetting_again,
    "after COMMIT of Store.forget": by_upkeep,
    "after overwriting a record": by_the_next_run,
    "after COMMIT of Store.settle_redactions": by_forgetting_again,
    "after making the new database": by_upkeep,
    "after naming live.duckdb": by_the_next_run,
    "before writing a block of the snapshot": by_forgetting_again,
    "before naming news.duckdb": by_the_next_run,
    "after naming news.duckdb": by_upkeep,
}
"""Where it is killed, and who comes next."""


@pytest.mark.parametrize("step", STEPS)
def test_a_killed_forget_is_finished_by_whoever_comes_next(tmp_path: Path, made: Home, step: str):
    """SIGKILL at each step: `verify` finds no damage, and in the end there is no trace."""
    home = Home(tmp_path / "home")
    shutil.copytree(made.path, home.path)
    nth = 5 if step.startswith("between") else 1
    assert run_forget(home, SECRET, kill=Kill(step=step, nth=nth)) == KILLED
    assert findings(home) == []
    STEPS[step](home)
    assert traces(home.data) == []
    assert findings(home) == []
    assert [line for line in find_litter(home) if "writer.json" not in line] == []
    assert ask(home, "SELECT count(*) FROM articles") == [(1,)]
    assert not finish_forgetting(home)


def test_every_step_named_here_is_met(tmp_path: Path, made: Home):
    """A kill that never comes would prove nothing."""
    home = Home(tmp_path / "home")
    shutil.copytree(made.path, home.path)
    assert run_forget(home, SECRET, tally=tmp_path / "tally.json") == 0
    met = json.loads((tmp_path / "tally.json").read_text("utf-8"))
    assert set(STEPS) <= set(met)
