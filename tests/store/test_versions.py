"""Which sighting makes a version: the best, whatever order they come in."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.outcomes import Outcome
from etl.store.content import ContentHash, hash_content
from tests.store.desk import Desk, Paper, entry, story
from tests.store.test_load import assert_sound, outcomes

HOME, ELSEWHERE = "https://harbour.test/story", "https://mirror.harbour.test/story"
OTHER, THIRD = "https://harbour.test/other", "https://harbour.test/third"
NAMES = "abcdef"
TEXTS = (story("ferry"), story("ferry").replace("ferry7 ", "tunnel "), story("tram"))


@dataclass(frozen=True)
class Sighting:
    """What an entry's page shows, and where redirects lead."""

    text: int
    final_url: str = HOME
    canonical_url: str | None = HOME
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
    loose = "SELECT count(*) FROM core.articles ANTI JOIN core.versions USING (article_id, version)"
    assert desk.rows(loose) == [(0,)]


sightings = st.builds(
    Sighting,
    text=st.integers(0, 2),
    final_url=st.sampled_from([HOME, HOME, ELSEWHERE, "https://www.harbour.test/story/"]),
    canonical_url=st.sampled_from([HOME, HOME, OTHER, THIRD, None]),
    is_carried=st.sampled_from([False, False, True]),
)


@st.composite
def runs(draw: st.DrawFn) -> tuple[list[Sightings], list[list[list[str]]]]:
    """Return the sightings of one to three runs, and of each an order cut into batches."""
    made, orders = [], []
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True))
    for _ in range(draw(st.integers(1, 3))):
        order = draw(st.permutations(names))[: draw(st.integers(1, len(names)))]
        made.append({name: draw(sightings) for name in sorted(order)})
        cut = draw(st.integers(0, len(order)))
        orders.append([list(part) for part in (order[:cut], order[cut:]) if part])
    if draw(st.booleans()):
        orders[-1] = [[name] for batch in orders[-1] for name in batch]
    return made, orders


def live_through(
    empty_data: Path, made: Sequence[Sightings], orders: Sequence[Sequence[Sequence[str]]]
) -> tuple[ContentHash, dict[str, str]]:
    """Return what runs of these orders come to, and of each entry the address of its article."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(empty_data, Path(folder) / "data")
        desk = Desk(Path(folder) / "data")
        for seen, order in zip(made, orders, strict=True):
            load(desk, seen, order)
            assert_sound(desk)
        came_to = (
            "SELECT guid, canonical_url FROM core.entries JOIN core.articles USING (article_id)"
        )
        found = hash_content(desk.store._con), dict(desk.rows(came_to))
        desk.store.close()
    return found


def differing(one: ContentHash, two: ContentHash) -> set[str]:
    """Return the tables whose content differs; when each page was looked at is no content."""
    return {
        name
        for name in one.tables
        if one.tables[name] != two.tables[name] and not name.startswith("history.")
    }


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=runs())
def test_any_order_of_batches_gives_the_same_content(empty_data: Path, history: tuple) -> None:
    """Law 6, where an article is found at several addresses whose texts differ."""
    made, orders = history
    one, _ = live_through(empty_data, made, [[sorted(seen)] for seen in made])
    two, _ = live_through(empty_data, made, orders)
    assert differing(one, two) == set()


def named(text: int, url: str | None = None, *, at: str = HOME) -> Sighting:
    """Return a page found `at` an address that names `url` as its own."""
    return Sighting(text, final_url=at, canonical_url=url or at)


@pytest.mark.parametrize(
    ("made", "came_to"),
    [
        pytest.param(
            [{"a": named(0)}, {"a": named(1, OTHER), "b": named(0, OTHER)}],
            {"a": HOME, "b": OTHER}, id="one-moved-and-one-is-new-there",
        ),
        pytest.param(
            [{"a": named(0), "b": named(0, at=ELSEWHERE)},
             {"a": named(1, OTHER), "b": named(1, OTHER), "c": named(0, OTHER)}],
            {"a": HOME, "b": ELSEWHERE, "c": OTHER}, id="two-moved-and-one-is-new-there",
        ),
        pytest.param(
            [{"a": named(0), "b": named(0, at=OTHER)},
             {"a": named(1, OTHER), "b": named(1, HOME)}],
            {"a": OTHER, "b": HOME}, id="each-names-the-other",
        ),
        pytest.param(
            [{"a": named(0), "b": named(0, at=OTHER)},
             {"a": named(1, OTHER), "c": named(2, OTHER)}],
            {"a": OTHER, "b": OTHER, "c": OTHER}, id="a-third-article-has-the-address",
        ),
        pytest.param(
            [{"a": named(0)}, {"a": named(1, OTHER, at=ELSEWHERE), "b": named(2)}, {"a": named(0)}],
            {"a": HOME, "b": HOME}, id="it-moved-and-came-back",
        ),
        pytest.param(
            [{"a": named(0)}, {"a": named(2, OTHER), "b": named(0, OTHER)}],
            {"a": OTHER, "b": OTHER}, id="it-became-another-story",
        ),
    ],
)  # fmt: skip
def test_what_a_page_is_taken_for_is_no_matter_of_order(
    empty_data: Path, made: list[Sightings], came_to: dict[str, str]
):
    """Law 6: it goes by what stood before the run."""
    forth = [[[name] for name in seen] for seen in made]
    back = [list(reversed(batches)) for batches in forth]
    one, led = live_through(empty_data, made, forth)
    two, _ = live_through(empty_data, made, back)
    assert (led, differing(one, two)) == (came_to, set())


def test_a_page_that_moved_is_heard_where_it_is_when_it_names_its_old_address_again(desk: Desk):
    """Where it moved to is its home, whatever it says there."""
    load(desk, {"a": THERE}, ["a"])
    load(desk, {"a": Sighting(1, ELSEWHERE, OTHER)}, ["a"])
    load(desk, {"a": Sighting(0, ELSEWHERE, HOME)}, ["a"])
    assert [row[1] for row in desk.rows(SEEN)] == [TEXTS[0], TEXTS[1], TEXTS[0]]
    assert_sound(desk)


def test_what_a_run_heard_is_kept_until_its_end_and_over_its_death(desk: Desk):
    """No longer: the next run's pages are weighed with each other."""
    desk.begin()
    desk.load_feeds(entry("a"))
    desk.load_pages(desk.take_up(), {"https://harbour.test/a": THERE.paper()})
    desk.archive.seal()
    desk.reopen()
    desk.begin(hours=0)
    assert desk.rows("SELECT count(*) FROM ops.hearings") == [(1,)]
    desk.finish()
    assert desk.rows("SELECT count(*) FROM ops.hearings") == [(0,)]


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


def test_what_older_warehouses_changed_is_told_when_they_are_opened(desk: Desk) -> None:
    """Once; what differs by churn alone is said to be that."""
    pages = {"https://harbour.test/a": Paper(TEXTS[0]), "https://harbour.test/b": Paper("x" * 300)}
    desk.ingest(entry("a"), entry("b"), pages=pages)
    pages["https://harbour.test/a"] = Paper(TEXTS[1])
    desk.ingest(pages=pages)
    (told,) = desk.rows(
        "SELECT was, now, change, stood_s > 0, stood_s = floor(epoch(seen_from - was_seen_from)) "
        "FROM changes"
    )
    assert told == (TEXTS[0], TEXTS[1], "correction", True, True)
    desk.rows("DELETE FROM core.changes")
    desk.rows(
        "INSERT INTO core.versions SELECT * REPLACE (2 AS version, text || chr(10) || '5 views' "
        "AS text, 'cosmetic' AS change) FROM core.versions WHERE text LIKE 'xxx%'"
    )
    for _ in range(2):
        desk.reopen()
        rows = desk.rows("SELECT kind, was, now FROM core.changes ORDER BY kind")
        assert rows == [("churn", None, None), ("replaced", TEXTS[0], TEXTS[1])]


def test_churn_makes_no_version_and_the_article_was_seen(desk: Desk) -> None:
    """What it shows is the state first seen."""
    pages = {"https://harbour.test/a": Paper(f"Updated 3 minutes ago\n\n{TEXTS[0]}")}
    desk.ingest(entry("a"), pages=pages)
    pages = {"https://harbour.test/a": Paper(f"{TEXTS[0]}\n\n12 comments")}
    summary = desk.ingest(pages=pages)
    assert (summary.articles_changed, outcomes(desk)) == (0, {"a": "unchanged"})
    rows = desk.rows(
        "SELECT version, text LIKE 'Updated%', last_seen_at > first_seen_at FROM articles"
    )
    assert rows == [(1, True, True)]


def test_an_address_two_articles_claim_is_its_own_articles(desk: Desk) -> None:
    """Whichever came first; here a page that called another its own address by mistake."""
    link = "https://harbour.test/b"
    desk.ingest(entry("b"), pages={link: Paper(TEXTS[0], canonical_url=HOME)})
    assert desk.rows("SELECT count(*) FROM core.article_urls") == [(2,)]
    desk.ingest(pages={link: Paper(TEXTS[2])})
    rows = desk.rows(
        "SELECT u.url, a.canonical_url FROM core.article_urls AS u JOIN articles AS a "
        "USING (article_id) ORDER BY u.url"
    )
    assert rows == [(link, link), (HOME, HOME)]
    assert_sound(desk)


def test_a_redirect_of_an_articles_own_page_keeps_it_and_one_to_another_story_does_not(
    desk: Desk,
) -> None:
    """By what the text has in common; the evidence is kept."""
    link, new = "https://harbour.test/a", "https://harbour.test/2026/a"
    desk.ingest(entry("a"), pages={link: Paper(TEXTS[0])})
    desk.ingest(pages={link: Paper(TEXTS[1], title="New", final_url=new)})
    assert desk.rows("SELECT version, title FROM articles") == [(2, "New")]
    moves = desk.rows("SELECT was_url, now_url, evidence FROM article_moves")
    assert [(was, now) for was, now, _ in moves] == [(link, new)]
    assert "of the text is the same" in str(moves[0][2])
    desk.ingest(pages={link: Paper(TEXTS[0], title="Newer", final_url=new)})
    assert desk.rows("SELECT version, title FROM articles") == [(3, "Newer")]
    assert_sound(desk)
    desk.ingest(pages={link: Paper(TEXTS[2], final_url="https://harbour.test/else")})
    assert desk.rows("SELECT count(*), max(version) FROM articles") == [(2, 3)]
    assert_sound(desk)
