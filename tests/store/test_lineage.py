"""Every row leads back to archived bytes, and to the rules that read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.archive import ArchiveReader
from etl.derivation import LIBRARIES, name_derivation
from etl.feeds.polling.opening import OpenedPoll, join_children
from etl.records import Answer, Body, Feed, FeedState, RefineOptions, Request
from etl.store.check import run_check
from etl.store.migrate import migrate
from etl.store.read import count_derivations, find_page_ref, read_lineage
from etl.store.sql import Connection, run_script
from etl.store.stage import fields
from tests.store.desk import FEED, MADE_BY, NOON, Desk, Paper, entry, story

URL = "https://harbour.test/"


def ferry(desk: Desk) -> str:
    """Load an article, then a new version of it by other rules; return its id."""
    desk.ingest(entry("a"), pages={f"{URL}a": Paper(story("ferry"))})
    desk.made_by = replace(MADE_BY, fingerprinter="test-2")
    desk.ingest(entry("a"), pages={f"{URL}a": Paper(story("ferry") + " More.")})
    ((article_id,),) = desk.rows("SELECT article_id FROM articles")
    return str(article_id)


def test_each_version_leads_to_its_page_fetch_entry_and_feed_document(desk: Desk):
    """And the bytes that lie there are those it was made of."""
    ways = read_lineage(desk.store._con, ferry(desk))
    assert [way["version"] for way in ways] == [1, 2]
    for way, text in zip(ways, (story("ferry"), story("ferry") + " More."), strict=True):
        assert way["feed_url"] == FEED
        assert way["entry_id"] == entry("a").entry_id
        assert None not in (way["fetch_id"], way["warc_sha256"])
        ref = find_page_ref(desk.store._con, way["article_id"], version=way["version"])
        assert ref is not None
        assert (ref.page_id, ref.warc_offset) == (way["page_id"], way["warc_offset"])
        with ArchiveReader(desk.data / "archive") as reader:
            assert reader.read(ref).body.decode().endswith(text)
    kinds = dict(desk.rows("SELECT page_id, kind FROM raw.pages"))
    assert {kinds[way["feed_page_id"]] for way in ways} == {"feed"}
    assert ways[0]["feed_page_id"] == ways[1]["feed_page_id"]  # it stated nothing new


def test_a_version_that_is_not_there_has_no_bytes(desk: Desk):
    """The current one is meant when none is named."""
    article_id = ferry(desk)
    assert find_page_ref(desk.store._con, article_id, version=3) is None
    current = find_page_ref(desk.store._con, article_id, version=None)
    assert current == find_page_ref(desk.store._con, article_id, version=2)


def test_what_was_made_by_other_rules_is_counted(desk: Desk):
    """What a replay asks first."""
    ferry(desk)
    desk.made_by = None
    desk.ingest(entry("b"), pages={f"{URL}b": Paper(story("tram")), f"{URL}a": Paper(story("x"))})
    present = replace(MADE_BY, fingerprinter="test-2")
    counted = count_derivations(desk.store._con, present=present)
    assert {(row["derivation_id"], row["versions"], row["is_present"]) for row in counted} == {
        (MADE_BY.derivation_id, 1, False), (present.derivation_id, 1, True), (None, 2, False),
    }  # fmt: skip
    told = desk.rows("SELECT derivation_id, version_count, article_count FROM derivations")
    assert sorted(told) == sorted([
        (MADE_BY.derivation_id, 1, 0), (present.derivation_id, 1, 0),
    ])  # fmt: skip


def test_a_derivation_that_made_nothing_is_not_recorded(desk: Desk):
    """Looking again at what did not change makes no version."""
    pages = {f"{URL}a": Paper(story("ferry"))}
    desk.ingest(entry("a"), pages=pages)
    desk.made_by = replace(MADE_BY, tagger="test-9")
    desk.ingest(pages=pages)
    assert desk.rows("SELECT derivation_id FROM core.derivations") == [(MADE_BY.derivation_id,)]


def test_a_version_that_names_another_derivation_is_found(desk: Desk):
    """One that is not there, and one that did not make it."""
    ferry(desk)
    con = desk.store._con
    con.execute("UPDATE core.versions SET derivation_id = 'nowhere' WHERE version = 1")
    (finding,) = run_check(con, "derivations_are_what_they_say")
    assert "is not there" in finding.detail
    con.execute("UPDATE core.versions SET derivation_id = NULL, tagger = 'other' WHERE version = 1")
    con.execute("UPDATE core.versions SET extractor = 'else-3' WHERE version = 2")
    (finding,) = run_check(con, "derivations_are_what_they_say")
    assert "else-3" in finding.detail


@pytest.fixture(scope="module")
def empty() -> Iterator[Connection]:
    """Return an empty warehouse in memory."""
    with duckdb.connect() as con:
        migrate(con, now=NOON)
        yield con


@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_the_check_makes_the_same_id_as_the_record(
    empty: Connection, one: str, two: str, three: str
):
    """In SQL and in Python, of parts in any letters."""
    found = replace(
        MADE_BY, extractor=one, newshouse_version=two, libraries=((three, two), ("ä", one))
    )
    row = {
        "derivation_id": found.derivation_id, "now": NOON, "settings_json": found.settings_json,
        "libraries_json": found.libraries_json, **fields(found),
    }  # fmt: skip
    empty.execute("CREATE OR REPLACE TEMP TABLE decided AS SELECT 'new' AS verdict")
    empty.execute("DELETE FROM core.derivations")
    run_script(empty, "load_derivation", **row)
    assert run_check(empty, "derivations_are_what_they_say") == ()
    empty.execute("UPDATE core.derivations SET tagger = tagger || '.'")
    assert run_check(empty, "derivations_are_what_they_say")


def test_options_and_libraries_are_part_of_it():
    """Other settings are another derivation; every library has a version."""
    usual, other, selected = (
        name_derivation(options)
        for options in (
            RefineOptions(),
            RefineOptions(min_chars=1),
            RefineOptions(text_in=(("https://a.test/rss", "div.story"),)),
        )
    )
    assert len({one.derivation_id for one in (usual, other, selected)}) == 3
    assert usual == name_derivation(RefineOptions())
    assert {name for name, version in usual.libraries if version} >= set(LIBRARIES)


def sitemap(place: int, *names: str) -> Answer:
    """Return the answer of one of the documents of an index, which names these pages."""
    items = "".join(f"<item><title>{name}</title><link>{URL}{name}</link></item>" for name in names)
    url = f"{URL}sitemap-{place}.xml"
    content = f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'
    body = Body(
        url=url, final_url=url, status=200, headers=(), content=content.encode(), fetched_at=NOON
    )
    return Answer(request=Request(key=FEED, url=url, kind="feed"), result=body, exchanges=())


def test_an_entry_of_an_index_knows_its_sitemap():
    """The index is document 0; a sitemap that cannot be read is none."""
    children = [sitemap(1, "a"), sitemap(2, "b", "c")]
    index = Feed(
        url=FEED, format="sitemap", title=None, home_url=None, entries=(),
        children=tuple(answer.request.url for answer in children),
    )  # fmt: skip
    body = children[0].result
    assert isinstance(body, Body)
    poll = OpenedPoll(
        state=FeedState(feed_url=FEED), answer=replace(children[0]), result=index,
        bodies=(replace(body, url=FEED, content=b"<sitemapindex/>"),),
    )  # fmt: skip
    joined = join_children(poll, children)
    places = {(one.url or "")[len(URL) :]: one.document for one in joined.entries}
    assert places == {"a": 1, "b": 2, "c": 2}
    assert [body.url for body in joined.bodies][1:] == [child.request.url for child in children]
