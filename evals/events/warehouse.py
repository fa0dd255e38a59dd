"""A warehouse in memory that holds articles, with their duplicates and events found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from etl.dedup import sketch_whole
from etl.dedup.sketch import pack_sketch
from etl.store.duplicates import UNSKETCHED, pair_articles
from etl.store.events import group_events
from etl.store.migrate import migrate
from etl.store.sql import Connection, run_script
from etl.store.stage import lent

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as far as it is grouped; `published_at` is None where no date was believable."""

    document_id: str
    source: str
    title: str
    text: str
    language: str | None
    published_at: datetime | None


def open_warehouse() -> Connection:
    """Return an empty warehouse in memory."""
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    migrate(con, now=NOON)
    return con


def load(con: Connection, documents: Iterable[Document]) -> None:
    """Load a batch, and find what its articles repeat and which events they are of."""
    rows = []
    for one in documents:
        con.execute(
            "INSERT INTO core.articles (article_id, url, canonical_url, source, feed_url, "
            "first_seen_at, last_seen_at, version, story_id) "
            "VALUES ($1, $1, $1, $2, '', $3, $3, 1, $1)",
            [one.document_id, one.source, NOON],
        )
        con.execute(
            "INSERT INTO core.versions (article_id, version, seen_from, run_id, title, authors, "
            "text, text_sha256, content_hash, word_count, keywords, is_paywalled, is_truncated, "
            "repeated_paragraphs, page_id, extractor, tagger, change, published_at, language) "
            "VALUES ($1, 1, $2, '', $3, [], $4, '', '', 0, [], false, false, 0, '', '', '', "
            "'first', $5, $6)",
            [one.document_id, NOON, one.title, one.text, one.published_at, one.language],
        )
        shingles, sketch = sketch_whole(one.title, one.text)
        rows.append({
            "article_id": one.document_id, "version": 1, "shingles": shingles,
            "sketch": pack_sketch(sketch),
        })  # fmt: skip
    with lent(con, "unsketched", rows, UNSKETCHED):
        run_script(con, "keep_unsketched")
    pair_articles(con)
    while group_events(con):
        pass


def read_originals(con: Connection) -> dict[str, str]:
    """Return what each article repeats, or itself."""
    return dict(
        con.execute(
            "SELECT article_id, coalesce(duplicate_of, article_id) FROM core.articles"
        ).fetchall()
    )


def read_stories(con: Connection) -> dict[str, str]:
    """Return each article's story."""
    return dict(con.execute("SELECT article_id, story_id FROM core.articles").fetchall())
