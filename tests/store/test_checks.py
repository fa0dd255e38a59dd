"""Each check under warehouse/checks finds what it is there to find."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from etl.outcomes import Outcome
from etl.store.check import list_checks, run_check
from etl.store.sql import Connection
from tests.store.desk import NOON, Desk, Paper, entry, story

DAMAGE = {
    "counts_of_runs_match": "UPDATE ops.runs SET articles_new = articles_new + 1",
    "date_intervals_are_well_formed": "UPDATE core.dates SET date_to = date_from - 1",
    "date_offsets_slice_to_surface": "UPDATE core.dates SET start_char = start_char + 1",
    "duplicate_pairs_share_a_story": "UPDATE core.articles SET story_id = article_id",
    "duplicates_point_to_articles": "UPDATE core.articles SET duplicate_of = article_id",
    "entities_exist_for_mentions": "DELETE FROM core.entities",
    "entries_agree_with_articles": "UPDATE core.entries SET article_id = NULL",
    "entry_counts_add_up": "DELETE FROM ops.outcomes WHERE outcome = 'rejected'",
    "every_entry_leaves_once": "INSERT INTO ops.outcomes FROM ops.outcomes",
    "every_version_has_a_page": "DELETE FROM raw.pages WHERE kind = 'page'",
    "ids_are_unique": "INSERT INTO core.articles FROM core.articles LIMIT 1",
    "mention_offsets_slice_to_surface": "UPDATE core.mentions SET end_char = end_char - 1",
    "mentions_do_not_overlap": "INSERT INTO core.mentions FROM core.mentions",
    "no_row_is_orphaned": "DELETE FROM ops.feeds",
    "one_current_version_per_article": "UPDATE core.articles SET version = 7",
    "pages_lie_in_sealed_files": "UPDATE ops.archive_files SET file_bytes = 100",
    "provenance_has_one_winner": "UPDATE core.provenance SET chosen = true",
    "text_hashes_match": "UPDATE core.versions SET text = text || '.' WHERE version = 1",
    "versions_follow_one_another": "UPDATE core.versions SET seen_until = seen_from",
    "words_are_of_their_lists": "UPDATE ops.outcomes SET outcome = 'vanished'",
}


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Return a warehouse with something in every table the checks look at."""
    desk = Desk(tmp_path_factory.mktemp("checks") / "data")
    text = story("ferry", words=90)
    pages = {
        "https://harbour.test/a": Paper(text, published_at=NOON - timedelta(hours=2)),
        "https://harbour.test/b": Paper(text),
        "https://harbour.test/c": Paper("short", outcome=Outcome.REJECTED),
    }
    desk.ingest(*(entry(name) for name in "abc"), pages=pages)
    pages["https://harbour.test/a"] = Paper(text + " More.", published_at=NOON)
    desk.ingest(pages=pages)
    yield desk.store._con
    desk.store.close()


def test_every_check_is_tested() -> None:
    """A new check needs damage of its own."""
    assert set(list_checks()) == set(DAMAGE)


@pytest.mark.parametrize("name", DAMAGE)
def test_a_check_is_silent_on_a_sound_warehouse_and_finds_its_damage(
    con: Connection, name: str
) -> None:
    """It returns no rows before, and findings in words after."""
    assert run_check(con, name) == ()
    con.execute("BEGIN")
    try:
        con.execute(DAMAGE[name])
        findings = run_check(con, name)
    finally:
        con.execute("ROLLBACK")
    assert findings
    assert all(finding.check == name for finding in findings)
    assert all(finding.subject and finding.detail for finding in findings)


def test_a_check_that_cannot_run_is_a_finding(tmp_path: Path) -> None:
    """A table that is gone is damage, not a crash."""
    desk = Desk(tmp_path / "data")
    desk.store._con.execute("DROP TABLE core.shingles")
    (finding,) = run_check(desk.store._con, "no_row_is_orphaned")
    assert "could not be run" in finding.detail
    desk.store.close()
