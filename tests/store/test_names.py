"""The names people's queries rely on: views may gain columns, never lose one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.store.connect import open_writer
from etl.store.migrate import migrate

NAMES = {
    "articles": "article_id url canonical_url source feed_url title authors published_at "
    "modified_at first_seen_at last_seen_at language text word_count section keywords image_url "
    "is_paywalled is_truncated version version_count story_id duplicate_of page_id extractor",
    "article_versions": "article_id version seen_from seen_until published_at modified_at title "
    "text text_sha256 page_id extractor change",
    "mentions": "article_id version entity_id kind surface start_char end_char score",
    "entities": "entity_id name kind country_code aliases mention_count article_count "
    "first_seen_at last_seen_at",
    "dates": "article_id version surface start_char end_char timex_type timex_value date_from "
    "date_to timex_mod",
    "duplicates": "article_id duplicate_of kind jaccard containment is_syndicated",
    "stories": "story_id title first_article_id article_count source_count first_seen_at "
    "last_seen_at original_count first_published_at last_published_at",
    "story_pairs": "article_id other_id similarity shared_count evidence",
    "feeds": "feed_url title format state last_polled_at last_new_at next_poll_at interval_s "
    "consecutive_failures last_status last_error entries_total missed_estimate",
    "entries": "entry_id feed_url guid url title published_at first_seen_at outcome article_id",
    "fetches": "fetch_id run_id kind url final_url status outcome error started_at elapsed_ms "
    "received_bytes from_cache",
    "pages": "page_id url fetched_at sha256 bytes warc_file warc_offset warc_length content_type "
    "charset",
    "outcomes": "run_id entry_id outcome reason detail",
    "runs": "run_id flow state started_at finished_at feeds_polled feeds_unchanged feeds_failed "
    "entries_seen entries_new pages_fetched articles_new articles_changed duplicates rejected "
    "bugs bytes_received seconds",
    "provenance": "article_id version field value source rule chosen",
    "alarms": "raised_at kind subject detail cleared_at",
}
MACROS = {
    "search": 1, "as_of": 1, "as_published": 2, "story": 1, "between_dates": 2, "named": 1,
    "shared_words": 2,
    "named_in": 1, "named_with": 1, "trending": 1, "first_mention": 1, "timeline": 1, "about": 1,
    "dates_around": 1, "anniversaries": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return the columns of every view of a fresh warehouse; macros have their parameters."""
    path: Path = tmp_path_factory.mktemp("names") / "live.duckdb"
    con = open_writer(path)
    migrate(con, now=datetime(2026, 1, 1, tzinfo=UTC))
    views = con.execute(
        "SELECT table_name, list(column_name) FROM duckdb_columns() "
        "WHERE schema_name = 'main' AND NOT internal GROUP BY table_name"
    ).fetchall()
    macros = con.execute(
        "SELECT function_name, parameters FROM duckdb_functions() "
        "WHERE schema_name = 'main' AND function_type = 'table_macro' AND NOT internal"
    ).fetchall()
    con.close()
    return dict(views) | dict(macros)


@pytest.mark.parametrize("view", NAMES)
def test_a_view_keeps_every_promised_column(columns: dict[str, list[str]], view: str):
    """By name; order and further columns are free."""
    assert set(NAMES[view].split()) <= set(columns[view])


@pytest.mark.parametrize("macro", MACROS)
def test_a_macro_takes_what_it_is_promised_to_take(columns: dict[str, list[str]], macro: str):
    """Arguments are given by position; further ones have defaults."""
    assert len(columns[macro]) >= MACROS[macro]
