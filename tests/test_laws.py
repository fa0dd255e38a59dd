"""The contract's laws 1 to 4, 6 and 7, and law 5 in short, on the whole pipeline and real HTTP."""

from __future__ import annotations

import hashlib
import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from warcio.archiveiterator import ArchiveIterator

from etl import pipeline
from etl.app import ingest
from etl.demo import DemoServer, Site
from etl.verification import hash_published
from tests.conftest import Quiet, World, make_world

MAY_GROW = {"ops.runs", "raw.fetches"}


def count_rows(world: World) -> dict[str, int]:
    """Return the rows of every table."""
    tables = world.rows("SELECT schema_name || '.' || table_name FROM duckdb_tables() ORDER BY ALL")
    return {name: world.rows(f"SELECT count(*) FROM {name}")[0][0] for (name,) in tables}


def contents(world: World) -> list[tuple]:
    """Return what a warehouse says, without the times at which it was said."""
    return world.rows(
        "SELECT a.article_id, a.url, a.title, a.text, a.version, a.duplicate_of, a.story_id, "
        "(SELECT list((m.start_char, m.entity_id) ORDER BY m.start_char) FROM mentions AS m "
        "WHERE m.article_id = a.article_id) FROM articles AS a ORDER BY ALL"
    )


def test_the_first_day_brings_every_listed_article(first_day: World):
    """Everything the healthy sites list becomes an article with title and text."""
    listed = sum(len(site.on(1).articles) for site in first_day.server.web.sites)
    found = first_day.rows("SELECT count(*) FROM articles WHERE title <> '' AND text <> ''")
    assert found == [(listed,)]


def test_law_1_ingesting_twice_adds_nothing_and_asks_for_no_page(world: World):
    """The second run gets 304s, asks for no page and adds rows to runs and fetches alone."""
    before, asked = count_rows(world), world.server.requests
    summary = world.ingest()
    after, asked_after = count_rows(world), world.server.requests
    assert asked_after["page"] == asked["page"]
    assert summary.entries_seen == summary.articles_new == summary.pages_fetched == 0
    healthy = summary.feeds_polled - summary.feeds_failed
    assert summary.feeds_unchanged == healthy > 0
    statuses = world.rows("SELECT status FROM fetches WHERE run_id = $run", run=summary.run_id)
    assert statuses.count((304,)) == healthy
    grown = {name for name in after if after[name] != before[name]}
    assert grown <= MAY_GROW


def test_law_2_entries_seen_equal_the_sum_of_outcomes(world: World):
    """In each run, also one that met corrections and new entries."""
    world.server.day = 2
    world.ingest()
    runs = world.rows(
        "SELECT r.entries_seen, count(o.entry_id), count(DISTINCT o.entry_id) "
        "FROM runs AS r LEFT JOIN outcomes AS o USING (run_id) GROUP BY r.run_id, r.entries_seen"
    )
    assert len(runs) == 2
    assert all(seen == outcomes == entries > 0 for seen, outcomes, entries in runs)


def test_law_3_offsets_slice_back_to_the_surface(first_day: World):
    """Counted in code points, for mentions and dates."""
    for view in ("mentions", "dates"):
        rows = first_day.rows(
            f"SELECT v.text, t.start_char, t.end_char, t.surface FROM {view} AS t "
            "JOIN article_versions AS v USING (article_id, version)"
        )
        assert len(rows) > 100
        assert all(text[start:end] == surface for text, start, end, surface in rows)


def test_law_4_every_version_leads_to_raw_bytes_with_its_hash(first_day: World):
    """Read with warcio, as anyone would."""
    rows = first_day.rows(
        "SELECT v.article_id, p.warc_file, p.warc_offset, p.sha256, p.url "
        "FROM article_versions AS v LEFT JOIN pages AS p USING (page_id)"
    )
    assert rows
    for _, name, offset, sha256, _url in rows:
        with (first_day.home.archive / name).open("rb") as file:
            file.seek(offset)
            record = next(iter(ArchiveIterator(file)))
            assert hashlib.sha256(record.content_stream().read()).hexdigest() == sha256


def test_corrections_become_versions_and_latecomers_become_articles(world: World):
    """The second day's edits show up as such, and nothing else does."""
    sites = world.server.web.sites
    corrected = sum(a.correction is not None for site in sites for a in site.articles)
    late = sum(a.appears == 2 for site in sites for a in site.articles)
    world.server.day = 2
    summary = world.ingest()
    assert (summary.articles_changed, summary.articles_new) == (corrected, late)
    changes = world.rows("SELECT change FROM article_versions WHERE version = 2")
    assert changes == [("correction",)] * corrected
    open_ended = world.rows(
        "SELECT count(*) FROM article_versions WHERE seen_until IS NULL AND version <> "
        "(SELECT version FROM articles AS a WHERE a.article_id = article_versions.article_id)"
    )
    assert open_ended == [(0,)]


def test_repeated_paragraphs_are_kept_once(first_day: World):
    """A page that prints its paragraphs twice has a text that does not."""
    ((text, dropped),) = first_day.rows(
        "SELECT v.text, v.repeated_paragraphs FROM article_versions AS v "
        "WHERE v.repeated_paragraphs > 0"
    )
    paragraphs = text.split("\n\n")
    assert len(paragraphs) == len(set(paragraphs)) > dropped > 0


def test_copies_are_known_as_copies_of_the_first(first_day: World):
    """Wire copy leads back to the wire, whichever was fetched first."""
    rows = first_day.rows(
        "SELECT DISTINCT o.source FROM duplicates AS d "
        "JOIN articles AS o ON o.article_id = d.duplicate_of WHERE d.is_syndicated"
    )
    assert rows == [("northern-wire.test",)]


def test_gone_and_broken_feeds_are_stated_and_cost_the_others_nothing(first_day: World):
    """Each says what is wrong, in words."""
    rows = dict(first_day.rows("SELECT feed_url, state FROM feeds WHERE last_error IS NOT NULL"))
    assert rows == {
        "http://gone-courier.test/feed.xml": "gone",
        "http://broken-bulletin.test/feed.xml": "active",
    }


@pytest.mark.parametrize("after_s", [0.3, 1.2, 2.5])
def test_law_5_in_short_a_killed_run_changes_nothing_in_the_end(
    tmp_path: Path, few_sites: tuple[Site, ...], first_day: World, after_s: float
):
    """SIGKILL at some moment, then run again: what an undisturbed run would have left."""
    with DemoServer(few_sites) as server:
        world = make_world(tmp_path / "home", server)
        script = (
            "import sys, pickle; from tests.conftest import World\n"
            "home, settings = pickle.load(sys.stdin.buffer)\n"
            "World(home=home, server=None, settings=settings).ingest()\n"
        )
        child = subprocess.Popen(
            [sys.executable, "-c", script], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert child.stdin is not None
        child.stdin.write(pickle.dumps((world.home, world.settings)))
        child.stdin.close()
        lock = world.home.live.parent / "writer.json"
        until = time.monotonic() + 30
        while not lock.exists() and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(after_s)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        world.ingest()
        assert contents(world) == contents(first_day)
        bad = world.rows(
            "SELECT r.run_id FROM runs AS r LEFT JOIN outcomes AS o USING (run_id) "
            "GROUP BY r.run_id, r.entries_seen HAVING count(o.entry_id) <> r.entries_seen"
        )
        assert bad == []


@pytest.mark.parametrize(
    "how",
    [(1, 7, 1), (2, 12, 3), (4, 1000, 1)],
    ids=["one worker", "two workers in three runs", "four workers"],
)
def test_law_6_neither_workers_nor_batches_nor_order_nor_runs_change_the_content(
    tmp_path: Path,
    few_sites: tuple[Site, ...],
    first_day: World,
    monkeypatch: pytest.MonkeyPatch,
    how: tuple[int, int, int],
):
    """The content hash is that of two workers and one run; feeds are asked the other way round."""
    workers, batch, runs = how
    monkeypatch.setattr(pipeline, "FIRST_BATCH", batch)
    monkeypatch.setattr(pipeline, "batch_size", lambda _total: batch)
    with DemoServer(few_sites[::-1]) as server:
        other = make_world(tmp_path / "home", server, workers=workers)
        urls = [url for url, _ in server.feed_urls()]
        for part in range(runs):
            ingest(
                other.home, tell=Quiet(), settings=other.settings, every=True,
                feed_urls=urls[part::runs],
            )  # fmt: skip
    one, two = (hash_published(home, tell=Quiet()) for home in (first_day.home, other.home))
    assert {name for name in two.tables if two.tables[name] != one.tables[name]} <= {
        name for name in two.tables if name.startswith("history.")
    }
    assert two.content == one.content


def test_law_7_readers_never_fail_while_a_run_writes(world: World):
    """Another process opens, asks and closes again and again through a run."""
    script = (
        "import sys, duckdb\n"
        "count = 0\n"
        "while True:\n"
        "    con = duckdb.connect(sys.argv[1], read_only=True)\n"
        "    assert con.execute('SELECT count(*) FROM articles').fetchone()[0] > 0\n"
        "    con.close()\n"
        "    count += 1\n"
        "    print(count, flush=True)\n"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", script, str(world.home.published)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    world.server.day = 2
    world.ingest()
    assert reader.poll() is None
    reader.terminate()
    out, err = reader.communicate()
    assert not err
    assert int(out.split()[-1]) > 5


def test_a_lost_live_database_is_begun_again_from_the_snapshot(world: World):
    """And never by publishing an empty one over what readers have."""
    before = contents(world)
    world.home.live.unlink()
    world.ingest()
    assert contents(world) == before


def test_two_homes_loaded_in_another_order_agree(
    tmp_path: Path, few_sites: tuple[Site, ...], first_day: World
):
    """One worker, feeds asked the other way round: the same content."""
    with DemoServer(few_sites[::-1]) as server:
        other = make_world(tmp_path / "home", server, workers=1)
        other.ingest()
        assert contents(other) == contents(first_day)


def test_a_feed_keeps_the_title_its_reader_gave_it(world: World):
    """The publisher's own is only for feeds without one; a new one in feeds.toml counts."""
    text = world.home.catalogue.read_text("utf-8")
    world.home.catalogue.write_text(text.replace("Northern Wire", "My wire"), "utf-8")
    world.ingest()
    rows = world.rows("SELECT title FROM feeds WHERE feed_url LIKE '%northern-wire%'")
    assert rows == [("My wire",)]


def test_the_published_file_opens_on_its_own(first_day: World, tmp_path: Path):
    """Copied elsewhere, under another name, it answers every view."""
    copy = tmp_path / "elsewhere.duckdb"
    copy.write_bytes(first_day.home.published.read_bytes())
    con = duckdb.connect(str(copy), read_only=True)
    views = con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
    assert len(views) >= 15
    for (view,) in views:
        con.execute(f"SELECT * FROM {view} LIMIT 1").fetchall()
    con.close()
