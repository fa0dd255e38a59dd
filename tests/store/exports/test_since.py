"""Exports brought up to date: what is new, nothing twice, nothing that is gone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from pyarrow import dataset

from etl.store.export_tables import PLANS
from tests.store.desk import Desk, Paper, entry, story
from tests.store.exports.exporting import (
    ALL,
    FORMS,
    differences,
    export,
    later,
    manifest,
    papers,
    reader,
)


@pytest.mark.parametrize("form", FORMS)
def test_since_adds_what_is_new_and_doubles_nothing(
    news: Desk, target: Path, con: duckdb.DuckDBPyConnection, form: str
):
    """A corrected article leaves its old file; a file that stays is not written again."""
    export(news, target, form=form, tables=ALL)
    before = {path.name for path in (target / "articles").rglob(f"*.{form}")}
    later(news)
    done = export(news, target, form=form, tables=ALL, since="last")
    assert {path.name for path in (target / "articles").rglob(f"*.{form}")} > before
    for table in ALL:
        if not PLANS[table].key:
            continue
        key = ", ".join(f"{name}::VARCHAR AS {name}" for name in PLANS[table].key)
        view = news.rows(f"SELECT {key} FROM main.{table} ORDER BY ALL")
        files = con.execute(f"SELECT {key} FROM {reader(target, table, form)}").fetchall()
        assert sorted(files) == sorted(view)
        if form == "parquet":
            assert differences(con, news, target, table) == []
    assert {table.table for table in done.tables if table.since_column is None} == {
        "feeds", "duplicates", "stories",
    }  # fmt: skip


def test_since_into_a_new_folder_brings_only_what_is_new(news: Desk, target: Path):
    """A delta for someone who keeps their own copy."""
    last = news.now + timedelta(minutes=30)
    later(news)
    done = export(news, target, since=last)
    rows = {table.table: table.rows for table in done.tables}
    assert rows["article_versions"] == 3  # the new article's, the corrected one's, and its last
    assert rows["provenance"] == 2 * 2
    assert {row["url"] for row in dataset.dataset(target / "articles").to_table().to_pylist()} >= {
        "https://harbour.test/new", "https://harbour.test/undated",
    }  # fmt: skip
    assert dict.fromkeys(manifest(target)["tables"]["mentions"]["since_column"].split()) == {
        "article_versions.seen_from": None
    }


def test_since_reaches_back_to_runs_that_were_not_published_then(news: Desk, target: Path):
    """Fetched before an export, published after it: the next export must not pass it over."""
    export(news, target)
    news.begin()
    news.load_feeds(entry("slow"))
    pages = {"https://harbour.test/slow": Paper(text=story("slow"), title="Slow")}
    news.load_pages([work for work in news.take_up() if work.url in pages], pages)
    asked = news.now + timedelta(minutes=10)
    news.reopen()  # killed: its rows are published by the next run that ends
    news.ingest(entry("next"), pages=papers() | pages | {
        "https://harbour.test/next": Paper(text=story("next"), title="Next"),
    }, publish=True)  # fmt: skip
    done = export(news, target, since=asked)
    assert done.since < asked
    urls = dataset.dataset(target / "articles", partitioning="hive").to_table()["url"].to_pylist()
    assert "https://harbour.test/slow" in urls
    assert len(urls) == len(set(urls)) == 5


def test_rows_that_are_gone_leave_the_files_with_the_next_since(
    news: Desk, target: Path, con: duckdb.DuckDBPyConnection
):
    """What was erased from the warehouse is not kept by a copy of it."""
    export(news, target)
    for table in ("provenance", "mentions", "dates", "versions"):
        news.store._con.execute(
            f"DELETE FROM core.{table} WHERE article_id IN "
            "(SELECT article_id FROM core.articles WHERE url LIKE '%undated')"
        )
    news.store._con.execute("DELETE FROM core.articles WHERE url LIKE '%undated'")
    news.store.publish()
    done = export(news, target, since="last")
    assert [table.rows for table in done.tables if table.table == "articles"] == [2]
    for table in ("articles", "article_versions", "mentions", "provenance"):
        assert differences(con, news, target, table) == []


def test_an_export_again_replaces_its_tables_and_leaves_the_others(news: Desk, target: Path):
    """Not one file of the last time stays in a table that is exported anew."""
    export(news, target, tables=("articles", "runs"))
    old = {path.name for path in target.rglob("*.parquet")}
    export(news, target, tables=("articles",))
    assert not old & {path.name for path in (target / "articles").rglob("*.parquet")}
    assert set(manifest(target)["tables"]) == {"articles", "runs"}
    assert (target / manifest(target)["tables"]["runs"]["files"][0]["path"]).exists()
