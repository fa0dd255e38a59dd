"""Each check under warehouse/checks finds what it is there to find."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from etl.outcomes import Outcome
from etl.records import FeedState, Polled
from etl.store.check import check_live, list_checks, open_snapshot, run_check
from etl.store.sql import Connection
from tests.store.desk import NOON, Desk, Paper, entry, exchange, story

DAMAGE = {
    "changes_lead_from_one_version_to_the_next": "DELETE FROM core.changes",
    "counts_of_runs_match": "UPDATE ops.runs SET articles_new = articles_new + 1",
    "date_intervals_are_well_formed": "UPDATE core.dates SET date_to = date_from - 1",
    "derivations_are_what_they_say": "UPDATE core.derivations SET settings_json = '{}'",
    "date_offsets_slice_to_surface": "UPDATE core.dates SET start_char = start_char + 1",
    "documents_are_current_versions": "UPDATE core.documents SET version = version + 1",
    "duplicate_pairs_share_an_original": "UPDATE core.articles SET duplicate_of = NULL",
    "duplicates_point_to_articles": "UPDATE core.articles SET duplicate_of = article_id",
    "entities_exist_for_mentions": "DELETE FROM core.entities",
    "entries_stand_in_feed_documents": "UPDATE raw.entries SET run_id = 'another'",
    "entries_agree_with_articles": "UPDATE core.entries SET article_id = NULL",
    "entry_counts_add_up": "DELETE FROM ops.outcomes WHERE outcome = 'rejected'",
    "every_entry_leaves_once": "INSERT INTO ops.outcomes FROM ops.outcomes",
    "every_page_was_fetched": "DELETE FROM raw.fetches WHERE kind = 'page'",
    "every_version_came_of_an_entry": "UPDATE raw.entries SET url = url || '/'",
    "every_version_has_a_page": "DELETE FROM raw.pages WHERE kind = 'page'",
    "stories_are_of_articles": "DELETE FROM core.event_leads",
    "feeds_hold_together": "UPDATE ops.feeds SET arrivals_since = now()",
    "ids_are_unique": "INSERT INTO core.articles FROM core.articles LIMIT 1",
    "mention_offsets_slice_to_surface": "UPDATE core.mentions SET end_char = end_char - 1",
    "mentions_do_not_overlap": "INSERT INTO core.mentions FROM core.mentions",
    "merges_lead_where_they_say": "UPDATE core.entry_merges SET split_at = merged_at",
    "mentions_are_counted": "UPDATE core.entities SET aliases = ['x']",
    "no_row_is_orphaned": "DELETE FROM ops.feeds",
    "one_current_version_per_article": "UPDATE core.articles SET version = 7",
    "pages_lie_in_sealed_files": "UPDATE ops.archive_files SET file_bytes = 100",
    "postings_are_all_there": "DELETE FROM core.fresh_postings WHERE title_count > 0",
    "provenance_has_one_winner": "UPDATE core.provenance SET chosen = true",
    "sketches_are_of_current_versions": "UPDATE core.sketches SET published_on = '2001-02-03'",
    "text_hashes_match": "UPDATE core.versions SET text = text || '.' WHERE version = 1",
    "versions_repeat_their_articles": "UPDATE core.articles SET last_seen_at = now()",
    "versions_follow_one_another": "UPDATE core.versions SET seen_until = seen_from",
    "what_is_forgotten_stays_away": (
        "INSERT INTO core.tombstones SELECT 'url', url_id, article_id, now(), 'r', 'forget' "
        "FROM core.article_urls"
    ),
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
    moved, late = "https://new-harbour.test/b", "https://harbour.test/d"
    pages |= {moved: Paper(text), late: Paper(story("tram"))}
    desk.ingest(entry("b", url=moved), entry("d"), pages=pages)
    yield desk.store._con
    desk.store.close()


def test_every_check_is_tested() -> None:
    """A new check needs damage of its own."""
    assert set(list_checks()) == set(DAMAGE)


def test_words_of_no_document_are_found(con: Connection) -> None:
    """Unless it is known to be gone: those are passed over, and cleared by a compaction."""
    con.execute("BEGIN")
    try:
        con.execute("DELETE FROM core.dead_documents")
        findings = run_check(con, "postings_are_all_there")
    finally:
        con.execute("ROLLBACK")
    assert [finding.detail for finding in findings] == [
        "has words in the index, but it is neither there nor gone"
    ]


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


@pytest.mark.parametrize("count", ["held", "held_by"])
def test_counts_of_words_that_are_off_are_found(con: Connection, count: str) -> None:
    """Of a period, and of all up to it: similarity of stories is made of these."""
    con.execute("BEGIN")
    try:
        con.execute(f"UPDATE core.event_counts SET {count} = {count} + 1")
        findings = run_check(con, "stories_are_of_articles")
    finally:
        con.execute("ROLLBACK")
    assert findings
    assert all("is counted" in finding.detail for finding in findings)


def test_a_check_that_cannot_run_is_a_finding(tmp_path: Path) -> None:
    """A table that is gone is damage, not a crash."""
    desk = Desk(tmp_path / "data")
    desk.store._con.execute("DROP TABLE core.shingles")
    (finding,) = run_check(desk.store._con, "no_row_is_orphaned")
    assert "could not be run" in finding.detail
    desk.store.close()


def test_what_is_dropped_or_taken_back_on_purpose_is_no_loss(
    tmp_path: Path, empty_data: Path
) -> None:
    """Old polls and the addresses of a merge undone go; fetches of pages and others never."""
    shutil.copytree(empty_data, tmp_path / "data")
    desk = Desk(tmp_path / "data", keep_polls=timedelta(days=1))
    old, moved = "https://harbour.test/b", "https://new-harbour.test/b"
    desk.begin()
    robots = replace(exchange("https://harbour.test/robots.txt", now=NOON), kind="robots")
    quiet = Polled(state=FeedState(feed_url="https://quiet.test/feed"), exchanges=(robots,))
    desk.store.load_feeds(desk.run, [quiet])
    desk.finish()
    desk.ingest(entry("b"), pages={old: Paper(story("ferry"))})
    desk.ingest(entry("b", url=moved), pages={moved: Paper(story("ferry"))}, publish=True)
    ((merge_id,),) = desk.rows("SELECT merge_id FROM entry_merges")
    desk.begin(hours=72)
    desk.finish()
    assert desk.rows("SELECT count(*) FROM raw.fetches WHERE kind = 'robots'") == [(0,)]
    desk.split_entry(str(merge_id))
    desk.store.close()
    live, published = desk.data / "warehouse" / "live.duckdb", desk.data / "news.duckdb"
    assert check_live(live, open_snapshot(live, published), ahead=True) == ()
    with duckdb.connect(str(live)) as con:
        con.execute("DELETE FROM raw.fetches WHERE kind = 'page'")
        con.execute("DELETE FROM core.article_urls")
    found = check_live(live, open_snapshot(live, published), ahead=True)
    assert {finding.subject for finding in found} == {"raw.fetches", "core.article_urls"}
