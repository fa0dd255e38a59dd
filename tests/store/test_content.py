"""The content hash: equal where warehouses say the same, different where they do not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import WarehouseError
from etl.records import Entry, Tagged, UsageSignal, Work
from etl.store.content import CONTENT_TABLES, FORM, HISTORY_TABLES, hash_content
from etl.store.migrate import migrate
from etl.store.sql import Connection, run_script
from tests.store.desk import NOON, Desk, Paper, entry, story

URL = "https://harbour.test/"
NAMES = ("a", "b", "c", "d")
SIGNAL = UsageSignal(source="meta", name="robots", value="noai")
PAGES = {
    f"{URL}a": Paper(story("ferry"), signals=(SIGNAL,)),
    f"{URL}b": Paper(story("ferry"), title="Ferry again", published_at=NOON),
    f"{URL}c": Paper(story("bridge"), title="Bridge closed"),
    f"{URL}d": Paper(story("tunnel"), title="Tunnel opened"),
}
NOT_COVERED = {
    # How it was read: by which run, after how many tries, from which place of which file.
    "raw.entries.run_id", "raw.pages.run_id", "raw.sightings.run_id", "raw.pages.warc_file",
    "raw.pages.warc_offset", "raw.pages.warc_length", "core.entries.first_run_id",
    "core.entries.attempts",
    "core.entries.due_at", "core.entries.detail", "core.versions.run_id",
    "core.entry_merges.run_id", "raw.entries.page_id", "core.article_moves.run_id",
    "core.article_urls.run_id",
    # By which settings and libraries: what came of them counts.
    "core.versions.derivation_id",
    # Follow from others: the address of an entry, and which feed a merge is of; what is repeated of
    # an article, and counted of mentions.
    "core.entries.url_id", "core.entry_merges.feed_url",
    *(f"core.versions.{name}" for name in (
        "url", "canonical_url", "source", "feed_url", "first_seen_at", "last_seen_at",
        "vanished_at", "story_id", "duplicate_of")),
    *(f"core.entities.{name}" for name in (
        "aliases", "mention_count", "article_count", "first_seen_at", "last_seen_at")),
}  # fmt: skip
"""Columns that neither hash looks at; every other one of `raw` and `core` counts."""
NOT_COVERED_TABLES = {
    # How it was asked for, and what is not there.
    "raw.fetches", "core.derivations", "core.tombstones",
    # Follow from the texts, in an order of their own.
    "core.event_keys", "core.event_leads", "core.event_pairs", "core.event_words",
    "core.shingles", "core.sketches", "core.hot_keys", "core.documents", "core.dead_documents",
    "core.terms", "core.postings", "core.fresh_postings", "core.index_state",
}  # fmt: skip
CHANGED = {
    "INTEGER": "coalesce({0}, 0) + 1",
    "BIGINT": "coalesce({0}, 0) + 1",
    "DOUBLE": "coalesce({0}, 0) / 2 + 0.001",
    "BOOLEAN": "NOT {0}",
    "DATE": "coalesce({0} + 1, DATE '2001-02-03')",
    "TIMESTAMP WITH TIME ZONE": "coalesce({0} + INTERVAL 1 MICROSECOND, now())",
    "VARCHAR": "coalesce({0}, '') || '.'",
    "VARCHAR[]": "list_append({0}, '')",
}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Return the database of a warehouse with a row in every table; tests roll back."""
    desk = Desk(tmp_path_factory.mktemp("full") / "data")
    desk.ingest(*map(entry, NAMES), pages=PAGES)
    con = desk.store._con
    con.execute(
        "INSERT INTO core.entry_merges SELECT 'm', entry_id, feed_url, 'r', now(), 'guid_changed', "
        "'e', 'g', 'u', 't', 'g', 'u', 't', NULL FROM core.entries LIMIT 1"
    )
    con.execute(
        "INSERT INTO core.changes SELECT article_id, 2, 1, 'text', 'replaced', 'w', 'n' "
        "FROM core.articles LIMIT 1"
    )
    con.execute(
        "INSERT INTO core.article_moves SELECT article_id, 'u', 'r', now(), 'w', 'n', 'e' "
        "FROM core.articles LIMIT 1"
    )
    con.execute(
        "INSERT INTO core.event_stories SELECT article_id, article_id, true "
        "FROM core.articles LIMIT 1"
    )
    # One of the entries leads nowhere, so that its outcome and reason count.
    con.execute(
        "UPDATE core.entries SET article_id = NULL, outcome = 'rejected', reason = 'too_short' "
        "WHERE guid = 'd'"
    )
    yield con
    desk.store.close()


@pytest.fixture(scope="module")
def framing() -> Iterator[Connection]:
    """Return an empty warehouse with the macros of the hash."""
    with duckdb.connect() as con:
        migrate(con, now=NOON)
        run_script(con, "digest_tables")
        yield con


def columns(con: Connection) -> list[tuple[str, str, str]]:
    """Return table, column and type of all that was received and what it means."""
    return con.execute(
        "SELECT schema_name || '.' || table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE schema_name IN ('raw', 'core') AND database_name = current_database() ORDER BY ALL"
    ).fetchall()


def differing(con: Connection, statement: str) -> set[str]:
    """Return the tables whose digests a statement changes, and undo it."""
    before = hash_content(con)
    con.execute("BEGIN")
    con.execute(statement)
    after = hash_content(con)
    con.execute("ROLLBACK")
    assert (before.history == after.history) == (before.tables == after.tables)
    is_told = any(before.tables[name] != after.tables[name] for name in CONTENT_TABLES)
    assert (before.content != after.content) == is_told
    return {name for name in before.tables if before.tables[name] != after.tables[name]}


def test_every_column_counts_or_is_known_not_to(full: Connection):
    """Whoever adds a column decides which hash it belongs to."""
    found = set()
    for table, column, kind in columns(full):
        if table in NOT_COVERED_TABLES:
            continue
        changed = CHANGED[kind].format(column)
        if not differing(full, f"UPDATE {table} SET {column} = {changed}"):
            found.add(f"{table}.{column}")
    assert found == NOT_COVERED


@pytest.mark.parametrize("table", ["core.versions", "core.mentions", "raw.pages", "core.entries"])
def test_a_row_twice_and_a_row_lost_are_seen(full: Connection, table: str):
    """Sums keep what exclusive-or would cancel."""
    assert differing(full, f"INSERT INTO {table} FROM {table}")
    assert differing(full, f"INSERT INTO {table} FROM {table} UNION ALL FROM {table}")
    assert differing(full, f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})")


def test_values_swapped_between_rows_are_seen(full: Connection):
    """The same titles on other articles are not the same warehouse."""
    swap = (
        "UPDATE core.versions AS v SET title = CASE title WHEN 'Bridge closed' "
        "THEN 'Tunnel opened' ELSE 'Bridge closed' END WHERE title IN "
        "('Bridge closed', 'Tunnel opened')"
    )
    assert differing(full, swap) == {"versions"}


def test_sighting_times_are_history_and_not_content(full: Connection):
    """Two homes that read the same web at other times have the same content."""
    later = "UPDATE core.{0} SET {1} = {1} + INTERVAL 1 DAY"
    assert differing(full, later.format("articles", "first_seen_at")) == {"history.articles"}
    assert differing(full, later.format("versions", "seen_from")) == {"history.versions"}


def test_rows_in_another_order_are_the_same(full: Connection):
    """Also where they lie in the file does not matter."""
    for table in ("core.mentions", "core.provenance", "core.versions", "raw.pages"):
        full.execute(f"CREATE OR REPLACE TEMP TABLE turned AS FROM {table} ORDER BY rowid DESC")
        assert not differing(full, f"DELETE FROM {table}; INSERT INTO {table} FROM turned")


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/St_Johns"])
def test_the_session_time_zone_does_not_matter(full: Connection, zone: str):
    """Times are hashed as instants."""
    before = hash_content(full)
    full.execute(f"SET TimeZone = '{zone}'")
    assert hash_content(full) == before
    full.execute("SET TimeZone = 'UTC'")


@given(
    one=st.lists(st.none() | st.text(alphabet="a1:-[é", max_size=4), min_size=3, max_size=3),
    other=st.lists(st.none() | st.text(alphabet="a1:-[é", max_size=4), min_size=3, max_size=3),
)
def test_no_two_rows_look_alike(framing: Connection, one: list, other: list):
    """('a', 'bc') is not ('ab', 'c'), and NULL is neither an empty text nor a dash."""
    query = "SELECT framed($1) || framed($2) || framed($3)"
    lines = [framing.execute(query, row).fetchone() for row in (one, other)]
    assert (lines[0] == lines[1]) == (one == other)


@settings(deadline=None)
@given(
    one=st.none() | st.lists(st.none() | st.text(alphabet="a1:-[", max_size=3), max_size=3),
    other=st.none() | st.lists(st.none() | st.text(alphabet="a1:-[", max_size=3), max_size=3),
)
def test_no_two_lists_look_alike(framing: Connection, one: list | None, other: list | None):
    """No list is not the empty list, nor that of one empty text."""
    query = "SELECT framed_list($1::VARCHAR[])"
    lines = [framing.execute(query, [row]).fetchone() for row in (one, other)]
    assert (lines[0] == lines[1]) == (one == other)


def test_a_digest_can_be_computed_without_duckdb(full: Connection):
    """So that no version of it can change what is hashed unseen."""
    rows = full.execute("SELECT entity_id, name, kind, country_code FROM core.entities").fetchall()
    lines = ["".join("-" if v is None else f"{len(v.encode())}:{v}" for v in row) for row in rows]
    digests = [hashlib.md5(line.encode(), usedforsecurity=False).hexdigest() for line in lines]
    halves = [sum(int(digest[at : at + 16], 16) for digest in digests) for at in (0, 16)]
    named = "\n".join((FORM, "entities", str(len(rows)), *map(str, halves)))
    expected = hashlib.sha256(named.encode()).hexdigest()[:32]
    assert rows
    assert hash_content(full).tables["entities"] == expected


def test_every_table_has_a_digest_also_when_it_is_empty(framing: Connection):
    """An empty warehouse has a hash, and its tables differ from one another."""
    tables = hash_content(framing).tables
    assert list(tables) == [*CONTENT_TABLES, *HISTORY_TABLES]
    assert len(set(tables.values())) == len(tables)


def test_a_warehouse_that_cannot_be_hashed_says_what_to_do():
    """One made by an older newshouse lacks columns."""
    with duckdb.connect() as con, pytest.raises(WarehouseError, match="newshouse ingest"):
        hash_content(con)


def load(data: Path, entries: list[Entry], batches: list[list[str]], runs: int = 1) -> Desk:
    """Return a warehouse loaded with `PAGES` in these batches, in one run or several."""
    desk = Desk(data)
    for part in range(runs):
        desk.begin(hours=0 if part else 1)
        desk.load_feeds(*entries)
        works = {work.url.removeprefix(URL): work for work in desk.take_up()}
        for batch in batches[part::runs] if runs > 1 else batches:
            desk.load_pages([works[name] for name in batch], PAGES)
        desk.finish()
    return desk


def test_batches_of_any_size_and_order_load_the_same(tmp_path: Path):
    """Four pages at once, one by one, backwards, and in two runs."""
    entries = [entry(name) for name in NAMES]
    hashes = set()
    for count, (batches, runs) in enumerate([
        ([["a", "b", "c", "d"]], 1),
        ([["d"], ["c"], ["b"], ["a"]], 1),
        ([["b", "d"], ["c", "a"]], 1),
        ([["b", "c"], ["a", "d"]], 2),
    ]):  # fmt: skip
        desk = load(tmp_path / str(count), entries[:: -1 if count % 2 else 1], batches, runs)
        hashes.add(hash_content(desk.store._con).content)
        desk.store.close()
    assert len(hashes) == 1


def call(desk: Desk, work: Work, name: str, country: str | None) -> None:
    """Load a page on which the place has this name."""
    refined = desk.refine(work, PAGES[work.url])
    assert isinstance(refined.result, Tagged)
    (mention,) = refined.result.mentions
    named = replace(mention, entity_name=name, country_code=country)
    result = replace(refined.result, mentions=(named,))
    desk.store.load_pages(desk.run, [replace(refined, result=result)])


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (0, 2, 1)])
def test_an_entity_has_the_longest_of_its_names_whichever_came_first(
    desk: Desk, order: tuple[int, ...]
):
    """It used to keep the longest of the first batch."""
    names = [("Berlin", "DE"), ("Berlin-Mitte", None), ("Berlin-Mitte", "DE")]
    desk.begin()
    desk.load_feeds(*map(entry, NAMES[:3]))
    for work, at in zip(desk.take_up(), order, strict=True):
        call(desk, work, *names[at])
    desk.archive.sync()
    desk.finish()
    assert desk.rows("SELECT name, country_code FROM core.entities") == [("Berlin-Mitte", "DE")]
