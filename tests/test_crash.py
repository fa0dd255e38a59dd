"""Law 5 at the nastiest steps of a run; `python -m benchmarks.crash_sweep` is the whole of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crashes.aftermath import find_damage
from tests.crashes.laboratory import Case, Laboratory, open_laboratory
from tests.crashes.steps import Kill


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    """Where runs are killed; it has seen each day undisturbed."""
    with open_laboratory(tmp_path_factory.mktemp("crashes")) as opened:
        opened.learn(controls=0)
        yield opened


CASES = {
    "a-torn-record-then-a-torn-batch": Case(
        day="first",
        kills=(
            Kill(step="half-way through Archive.append", nth=9),
            Kill(step="half-way through a staged file", nth=4),
        ),
    ),
    "in-the-midst-of-a-load-then-loaded-but-not-told": Case(
        day="first",
        kills=(
            Kill(step="between statements of Store.load_pages", nth=50),
            Kill(step="after COMMIT of Store.load_pages", nth=1),
        ),
    ),
    "publishing-in-the-midst-of-a-run": Case(
        day="first",
        kills=(
            Kill(step="before writing a block of the snapshot", nth=40),
            Kill(step="after Store.publish", nth=2),
        ),
    ),
    "half-way-through-publishing": Case(
        day="second",
        kills=(
            Kill(step="before writing a block of the snapshot", nth=5),
            Kill(step="before naming published.json", nth=1),
        ),
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_law_5_a_killed_run_changes_nothing_in_the_end(laboratory: Laboratory, case: Case):
    """SIGKILL, then run again: the content of an undisturbed run, and nothing left behind."""
    verdict = laboratory.try_case(case)
    assert all(verdict.landed)
    assert verdict.damage == ()


def test_the_laboratory_notices_what_a_crash_could_leave(laboratory: Laboratory):
    """A check that finds nothing must be one that could: each kind of damage, done by hand."""
    home = laboratory.make_home("second")
    torn, stray = home.data / "staging" / "run-00001-pages.torn", home.archive / "stray.warc.gz"
    torn.parent.mkdir(exist_ok=True)
    torn.touch()
    stray.touch()
    (home.live.parent / "unpublished").touch()
    found = "\n".join(find_damage(home, laboratory.expected["second"]))
    for sign in (
        "articles: 14 rows, not 16",
        "pages: 14 rows, not 17",
        "verify: archive_strays: stray.warc.gz",
        "left behind: staging/run-00001-pages.torn",
        "left behind: warehouse/unpublished",
    ):
        assert sign in found
