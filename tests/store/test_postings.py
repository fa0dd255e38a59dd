"""The index of words follows every change, and is brought into order."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import duckdb
import pytest

from etl.records import make_id
from etl.store import postings
from etl.store.check import run_check
from etl.store.postings import compact_postings, index_missing, is_compaction_due
from etl.store.sql import Connection, fetch_rows, run_script
from tests.store.desk import Desk, Paper, entry
from tests.store.indexing import put

URL = "https://harbour.test/"
CHECKS = ("documents_are_current_versions", "postings_are_all_there")


def sound(con: Connection) -> bool:
    """Return whether the checks of the index find nothing."""
    return not any(run_check(con, name) for name in CHECKS)


def test_a_changed_article_is_found_by_its_new_words_only(desk: Desk):
    """Its former words are gone at once, and their postings at the next compaction."""
    pages = {f"{URL}a": Paper("The tunnel opens. " * 20, title="Tunnel")}
    desk.ingest(entry("a"), pages=pages)
    assert len(desk.rows("FROM search('tunnel')")) == 1
    desk.ingest(pages={f"{URL}a": Paper("The bridge opens. " * 20, title="Bridge")})
    assert desk.rows("FROM search('tunnel')") == []
    assert len(desk.rows("FROM search('bridge')")) == 1
    assert sound(desk.store._con)
    done = compact_postings(desk.store._con)
    assert done.rows_after < done.rows_before
    assert sound(desk.store._con)
    assert desk.rows("FROM core.terms WHERE form = 'tunnel'") == []
    assert len(desk.rows("FROM search('bridge')")) == 1


def test_sorted_runs_and_fresh_postings_are_searched_together(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    """Sorting moves postings and changes nothing that is found."""
    pages = {f"{URL}{name}": Paper(f"{name}word ferry. " * 20, title=name) for name in "abc"}
    desk.begin()
    desk.load_feeds(*map(entry, "abc"))
    works = desk.take_up()
    desk.load_pages(works[:1], pages)
    monkeypatch.setattr(postings, "MOST_FRESH", 1)
    desk.load_pages(works[1:2], pages)
    assert desk.rows("SELECT count(*) FROM core.fresh_postings") == [(0,)]
    monkeypatch.undo()
    desk.load_pages(works[2:], pages)
    assert desk.rows("SELECT count(*) > 0 FROM core.fresh_postings") == [(True,)]
    before = desk.rows("FROM search('ferry')")
    assert len(before) == 3
    compact_postings(desk.store._con)
    assert desk.rows("FROM search('ferry')") == before
    assert sound(desk.store._con)


def test_many_runs_and_many_dead_postings_make_compaction_due(
    con: Connection, monkeypatch: pytest.MonkeyPatch
):
    """And it settles both."""
    monkeypatch.setattr(postings, "MOST_FRESH", 1)
    monkeypatch.setattr(postings, "MOST_RUNS", 2)
    for count, name in enumerate("abc"):
        assert not is_compaction_due(con), count
        put(con, name, "ferry sails")
        index_missing(con)
    assert is_compaction_due(con)
    assert compact_postings(con).rows_after == 6
    assert not is_compaction_due(con)
    monkeypatch.setattr(postings, "LEAST_DEAD", 3)
    put(con, "a", "bridge")
    index_missing(con)
    assert not is_compaction_due(con)
    put(con, "b", "bridge")
    index_missing(con)
    assert is_compaction_due(con)
    assert compact_postings(con).rows_after == 4
    assert not is_compaction_due(con)


def test_a_forgotten_article_leaves_nothing_behind(desk: Desk):
    """No document, no posting, and no word that only it had, of any version."""
    pages = {
        f"{URL}a": Paper("The secretword ferry. " * 20, title="Secret"),
        f"{URL}b": Paper("The open ferry. " * 20, title="Open"),
    }
    desk.ingest(entry("a"), entry("b"), pages=pages)
    desk.ingest(pages=pages | {f"{URL}a": Paper("The hiddenword ferry. " * 20, title="Hidden")})
    con = desk.store._con
    ((article_id,),) = desk.rows("SELECT article_id FROM search('hiddenword')")
    con.execute("CREATE TEMP TABLE forgotten AS SELECT $1 AS article_id", [article_id])
    run_script(con, "forget_postings")
    assert desk.rows("FROM search('hiddenword')") == []
    assert desk.rows("FROM core.terms WHERE form IN ('secretword', 'hiddenword', 'hidden')") == []
    assert len(desk.rows("FROM search('ferry')")) == 1
    (counts,) = fetch_rows(con, "count_postings")
    assert counts["fresh_rows"] + counts["sorted_rows"] == counts["live_rows"]


def test_a_warehouse_without_an_index_is_indexed_when_it_is_opened(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    """In batches, from where it was interrupted, and published."""
    pages = {f"{URL}{name}": Paper(f"{name}word ferry. " * 20, title=name) for name in "abcde"}
    desk.ingest(*map(entry, "abcde"), pages=pages, publish=True)
    expected = sorted(desk.rows("FROM search('ferry')"))
    for table in ("documents", "terms", "postings", "fresh_postings"):
        desk.store._con.execute(f"DELETE FROM core.{table}")
    monkeypatch.setattr(postings, "AT_ONCE", 2)
    assert index_missing(desk.store._con) == 2
    assert not sound(desk.store._con)
    desk.store.publish()
    desk.reopen()
    assert sorted(desk.rows("FROM search('ferry')")) == expected
    assert sound(desk.store._con)
    with duckdb.connect(str(desk.data / "news.duckdb"), read_only=True) as published:
        assert sorted(published.execute("FROM search('ferry')").fetchall()) == expected


def test_what_was_loaded_without_its_words_is_indexed_when_the_run_ends(desk: Desk):
    """Whoever loads versions need not know of the index."""
    desk.ingest(entry("a"), pages={f"{URL}a": Paper("The ferry. " * 20)})
    put(desk.store._con, make_id("b"), "The zeppelin")
    desk.ingest(pages={f"{URL}a": Paper("The ferry. " * 20)})
    assert len(desk.rows("FROM search('zeppelin')")) == 1


def test_ids_of_documents_are_never_used_again(desk: Desk, tmp_path: Path):
    """Dead postings of the newest document would come to life under another's name."""
    desk.ingest(entry("a"), pages={f"{URL}a": Paper("The tunnel. " * 30)})
    ((first,),) = desk.rows("SELECT document_id FROM core.documents")
    desk.store.publish()
    desk.reopen()
    desk.ingest(pages={f"{URL}a": Paper("The bridge. " * 30)})
    ((second,),) = desk.rows("SELECT document_id FROM core.documents")
    assert second != first
    assert Counter(desk.rows("SELECT DISTINCT document_id FROM core.fresh_postings")).total() == 2
