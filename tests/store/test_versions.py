"""Which sighting makes a version: the best, whatever order they come in."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.outcomes import Outcome
from etl.store.content import ContentHash, hash_content
from tests.store.desk import Desk, Paper, entry, story
from tests.store.test_load import assert_sound, outcomes

HOME, ELSEWHERE = "https://harbour.test/story", "https://mirror.harbour.test/story"
NAMES = "abcdef"
TEXTS = (story("ferry"), story("ferry").replace("ferry7 ", "tunnel "), story("tram"))


@dataclass(frozen=True)
class Sighting:
    """What an entry's page shows, and where redirects lead."""

    text: int
    final_url: str = HOME
    canonical_url: str = HOME
    is_carried: bool = False

    def paper(self) -> Paper:
        """Return it as what stands on a page."""
        text = TEXTS[self.text]
        paper = Paper(text, canonical_url=self.canonical_url, final_url=self.final_url)
        if not self.is_carried:
            return paper
        return replace(paper, carried=text, outcome=Outcome.GAVE_UP, final_url=None)


Sightings = dict[str, Sighting]


def load(desk: Desk, sightings: Sightings, batches: Sequence[Sequence[str]]) -> None:
    """Load sightings, by entry, in these batches of one run; all others are not due yet."""
    desk.begin()
    desk.load_feeds(*(entry(name) for name in sightings))
    pages = {f"https://harbour.test/{name}": seen.paper() for name, seen in sightings.items()}
    works = {work.url.rpartition("/")[2]: work for work in desk.take_up()}
    for batch in batches:
        desk.load_pages([works[name] for name in batch if name in works], pages)
        assert_no_loose_ends(desk)
    desk.finish()


def assert_no_loose_ends(desk: Desk) -> None:
    """Between batches there is no version 0, and each article's current version is there."""
    loose = (
        "SELECT count(*) FROM core.articles ANTI JOIN core.versions USING (article_id, version)"
    )
    assert desk.rows(loose) == [(0,)]


sightings = st.builds(
    Sighting,
    text=st.integers(0, 2),
    final_url=st.sampled_from([HOME, HOME, ELSEWHERE, "https://www.harbour.test/story/"]),
    canonical_url=st.sampled_from([HOME, HOME, "https://harbour.test/other"]),
    is_carried=st.sampled_from([False, False, True]),
)


@st.composite
def runs(draw: st.DrawFn) -> tuple[list[Sightings], list[list[list[str]]]]:
    """Return one or two runs' sightings, and of each a shuffled order cut into batches."""
    made, orders = [], []
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True))
    for _ in range(draw(st.integers(1, 2))):
        made.append({name: draw(sightings) for name in sorted(names)})
        shuffled = draw(st.permutations(names))
        cut = draw(st.integers(0, len(names)))
        orders.append([list(part) for part in (shuffled[:cut], shuffled[cut:]) if part])
    if draw(st.booleans()):
        orders[-1] = [[name] for batch in orders[-1] for name in batch]
    return made, orders


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=runs())
def test_any_order_of_batches_gives_the_same_content(empty_data: Path, history: tuple) -> None:
    """Law 6, where an article is found at several addresses whose texts differ."""
    made, orders = history
    hashes: list[ContentHash] = []
    for batches in ([[sorted(seen)] for seen in made], orders):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(empty_data, Path(folder) / "data")
            desk = Desk(Path(folder) / "data")
            for seen, order in zip(made, batches, strict=True):
                load(desk, seen, order)
                assert_sound(desk)
            hashes.append(hash_content(desk.store._con))
            desk.store.close()
    one, two = hashes
    assert {name for name in one.tables if one.tables[name] != two.tables[name]} <= {
        name for name in one.tables if name.startswith("history.")
    }


AWAY = Sighting(1, final_url=ELSEWHERE)
THERE = Sighting(0)
SEEN = "SELECT version, text, change, seen_until FROM article_versions ORDER BY version"


def test_a_better_page_takes_the_place_of_a_worse_one_of_the_same_run(desk: Desk) -> None:
    """The article as found at home, once, with what belongs to it; the other entry is known."""
    load(desk, {"a": AWAY, "b": THERE}, ["a", "b"])
    assert desk.rows(SEEN) == [(1, TEXTS[0], "first", None)]
    assert outcomes(desk) == {"a": "known", "b": "new"}
    assert desk.rows("SELECT url, first_seen_at = seen_from FROM articles JOIN article_versions "
                     "USING (article_id)") == [(HOME, True)]  # fmt: skip
    assert desk.rows("SELECT count(*) FROM mentions") == [(1,)]
    assert desk.rows("SELECT articles_new, articles_changed FROM runs") == [(1, 0)]
    assert_sound(desk)


def test_a_worse_page_of_the_same_run_changes_nothing(desk: Desk) -> None:
    """Nor does it hide that the article was seen."""
    load(desk, {"a": THERE, "b": AWAY}, ["a", "b"])
    assert desk.rows(SEEN) == [(1, TEXTS[0], "first", None)]
    assert outcomes(desk) == {"a": "new", "b": "known"}


def test_what_stands_elsewhere_later_makes_no_version(desk: Desk) -> None:
    """An AMP form lacks paragraphs: the article did not change. At home it did."""
    load(desk, {"a": THERE}, ["a"])
    load(desk, {"b": AWAY}, ["b"])
    assert desk.rows(SEEN) == [(1, TEXTS[0], "first", None)]
    load(desk, {"a": replace(THERE, text=1)}, ["a"])
    assert [row[0] for row in desk.rows(SEEN)] == [1, 2]
    assert_sound(desk)


def test_an_article_known_elsewhere_changes_when_it_is_found_at_home(desk: Desk) -> None:
    """And after that only there."""
    load(desk, {"a": AWAY}, ["a"])
    load(desk, {"a": AWAY, "b": THERE}, ["a", "b"])
    load(desk, {"a": replace(AWAY, text=2)}, ["a"])
    assert [row[1] for row in desk.rows(SEEN)] == [TEXTS[1], TEXTS[0]]


def test_an_article_known_only_elsewhere_changes_there(desk: Desk) -> None:
    """The same address looked at again."""
    load(desk, {"a": AWAY}, ["a"])
    load(desk, {"a": replace(AWAY, text=0)}, ["a"])
    assert [row[1] for row in desk.rows(SEEN)] == [TEXTS[1], TEXTS[0]]


def test_a_version_is_taken_back_when_a_better_page_says_nothing_changed(desk: Desk) -> None:
    """The former state is current again, found by its duplicates, and counted nowhere."""
    load(desk, {"a": THERE, "b": THERE}, ["ab"])
    before = hash_content(desk.store._con)
    load(desk, {"a": THERE, "b": replace(THERE, text=1)}, ["b", "a"])
    assert desk.rows(SEEN) == [(1, TEXTS[0], "first", None)]
    assert outcomes(desk) == {"a": "unchanged", "b": "unchanged"}
    assert hash_content(desk.store._con).tables["versions"] == before.tables["versions"]
    assert desk.rows("SELECT count(*) > 0 FROM core.shingles") == [(True,)]
    assert desk.rows("SELECT sum(articles_changed) FROM runs") == [(0,)]
    assert_sound(desk)


def test_a_killed_runs_pages_are_weighed_with_those_of_the_next(desk: Desk) -> None:
    """Law 5: what a run had loaded when it was killed is no earlier state of the article."""
    desk.begin()
    desk.load_feeds(entry("a"), entry("b"))
    pages = {"https://harbour.test/a": AWAY.paper(), "https://harbour.test/b": THERE.paper()}
    works = desk.take_up()
    desk.load_pages([work for work in works if work.url.endswith("a")], pages)
    desk.archive.seal()
    desk.reopen()
    desk.begin(hours=0)
    desk.load_pages(desk.take_up(), pages)
    desk.finish()
    assert desk.rows(SEEN) == [(1, TEXTS[0], "first", None)]
    assert_sound(desk)
