"""What loading does to the warehouse, through the port the pipeline uses."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from etl.errors import WarehouseError
from etl.outcomes import Outcome
from etl.records import SealedFile
from etl.store import writer
from etl.store.check import list_checks, run_check
from tests.store.desk import FEED, NOON, Desk, Paper, entry, story

URL = "https://harbour.test/a"
CONTENT = ("raw.entries", "core.entries", "core.articles", "core.versions", "core.mentions",
    "core.dates", "core.provenance", "core.entities", "core.shingles", "core.article_urls",
    "core.duplicate_pairs")  # fmt: skip


def outcomes(desk: Desk) -> dict[object, object]:
    """Return how each entry left the run, by guid."""
    return dict(
        desk.rows(
            "SELECT e.guid, o.outcome FROM ops.outcomes AS o JOIN core.entries AS e "
            f"USING (entry_id) WHERE o.run_id = '{desk.run.run_id}'"
        )
    )


def assert_sound(desk: Desk) -> None:
    """Run every check of the warehouse on the writer's database."""
    findings = [finding for name in list_checks() for finding in run_check(desk.store._con, name)]
    assert findings == []


def test_a_page_becomes_an_article_with_everything_that_belongs_to_it(desk: Desk) -> None:
    """Text, tags, provenance and page are there, and readable through the views."""
    summary = desk.ingest(entry("a"), pages={URL: Paper(story("ferry"))})
    assert (summary.articles_new, summary.pages_fetched, summary.state) == (1, 1, "completed")
    (row,) = desk.rows("SELECT title, source, version, duplicate_of, published_at FROM articles")
    assert row == ("Ferry runs again", "harbour.test", 1, None, NOON - timedelta(hours=1))
    assert desk.rows("SELECT surface, kind FROM mentions") == [("Berlin", "GPE")]
    assert desk.rows("SELECT name, mention_count FROM entities") == [("Berlin", 1)]
    assert desk.rows("SELECT surface, timex_mod FROM dates") == [("22 November", "APPROX")]
    assert desk.rows("SELECT count(*) FROM provenance WHERE chosen") == [(1,)]
    assert desk.rows("SELECT kind FROM raw.pages ORDER BY kind") == [("feed",), ("page",)]
    assert_sound(desk)


def test_loading_the_same_thing_twice_adds_no_rows(desk: Desk) -> None:
    """A feed that says what it said, and a page as it was, change nothing that is known."""
    pages = {URL: Paper(story("ferry"))}
    desk.ingest(entry("a"), pages=pages)
    before = [desk.rows(f"SELECT count(*) FROM {table}") for table in CONTENT]
    summary = desk.ingest(entry("a"), pages=pages)
    assert before == [desk.rows(f"SELECT count(*) FROM {table}") for table in CONTENT]
    assert (summary.entries_seen, summary.entries_new, summary.articles_changed) == (1, 0, 0)
    assert outcomes(desk) == {"a": "unchanged"}
    assert_sound(desk)


def test_an_entry_not_due_departs_unchanged_without_a_fetch(desk: Desk) -> None:
    """Polled again before its revisit, an entry asks for nothing."""
    desk.ingest(entry("a"), pages={URL: Paper(story("ferry"))})
    desk.begin(hours=0)
    desk.load_feeds(entry("a"))
    assert desk.take_up() == ()
    assert desk.finish().entries_seen == 1
    assert outcomes(desk) == {"a": "unchanged"}


def test_changed_text_makes_a_second_version_and_ends_the_first(desk: Desk) -> None:
    """The old state stays readable; the change is named."""
    desk.ingest(entry("a"), pages={URL: Paper(story("ferry"))})
    text = story("ferry").replace("ferry7 ", "tunnel ")
    summary = desk.ingest(pages={URL: Paper(text)})
    assert (summary.articles_new, summary.articles_changed) == (0, 1)
    versions = desk.rows(
        "SELECT version, seen_until IS NULL, change FROM article_versions ORDER BY version"
    )
    assert versions == [(1, False, "first"), (2, True, "correction")]
    assert desk.rows("SELECT text FROM articles") == [(text,)]
    was = desk.rows(f"SELECT text FROM as_of('{NOON + timedelta(minutes=90)}')")
    assert was == [(story("ferry"),)]
    assert outcomes(desk) == {"a": "changed"}
    assert_sound(desk)


def test_a_headline_alone_makes_a_version(desk: Desk) -> None:
    """Publishers change headlines without touching the text."""
    desk.ingest(entry("a"), pages={URL: Paper(story("ferry"))})
    desk.ingest(pages={URL: Paper(story("ferry"), title="Ferry sinks")})
    assert desk.rows("SELECT title, version FROM articles") == [("Ferry sinks", 2)]


def test_two_entries_with_one_url_make_one_article(desk: Desk) -> None:
    """The page is asked for once; the second entry leaves as known."""
    other = entry("b", url="http://www.harbour.test/a?utm_source=rss")
    desk.begin()
    desk.load_feeds(entry("a"), other)
    works = desk.take_up()
    assert len(works) == 1
    desk.load_pages(works, {works[0].url: Paper(story("ferry"))})
    assert desk.finish().articles_new == 1
    assert sorted(outcomes(desk).values()) == ["known", "new"]
    assert_sound(desk)


def test_a_later_entry_for_a_known_url_is_known_without_a_fetch(desk: Desk) -> None:
    """Another feed brings the same article: no page is asked for."""
    desk.ingest(entry("a"), pages={URL: Paper(story("ferry"))})
    desk.begin(FEED, "https://other.test/feed", hours=0)
    desk.load_feeds(
        entry("z", feed="https://other.test/feed", url=URL), feed="https://other.test/feed"
    )
    assert desk.take_up() == ()
    assert outcomes(desk) == {"z": "known"}
    assert desk.rows("SELECT count(DISTINCT article_id) FROM core.entries") == [(1,)]


def test_two_pages_that_are_one_article_make_one_article(desk: Desk) -> None:
    """Two addresses whose canonical URL is the same are one article, under both addresses."""
    shared = Paper(story("ferry"), canonical_url="https://harbour.test/canonical")
    urls = ["https://harbour.test/a", "https://harbour.test/b"]
    desk.ingest(entry("a"), entry("b"), pages=dict.fromkeys(urls, shared))
    assert desk.rows("SELECT count(*) FROM articles") == [(1,)]
    assert desk.rows("SELECT count(*) FROM core.article_urls") == [(3,)]
    assert sorted(outcomes(desk).values()) == ["known", "new"]
    assert_sound(desk)


def test_a_feed_subscribed_under_two_addresses_brings_its_entries_once(desk: Desk) -> None:
    """Two subscriptions that redirect to one feed have the same entries, in one batch or two."""
    alias = "https://harbour.test/old.xml"
    desk.begin(FEED, alias)
    polls = [desk.poll(entry("a")), desk.poll(entry("a"), feed=alias)]
    desk.store.load_feeds(desk.run, polls)
    desk.load_feeds(entry("a"), feed=alias)
    assert len(desk.take_up()) == 1
    assert desk.rows("SELECT count(*) FROM core.entries") == [(1,)]
    assert desk.rows("SELECT entries_seen FROM ops.runs") == [(1,)]
    assert_sound(desk)


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [(Outcome.REJECTED, "too_short"), (Outcome.BUG, "bug"), (Outcome.FAILED, None)],
)
def test_a_page_without_an_article_leaves_with_its_outcome(
    desk: Desk, outcome: Outcome, reason: str | None
) -> None:
    """What was rejected, failed or broke us is counted and said; no article comes of it."""
    summary = desk.ingest(entry("a"), pages={URL: Paper("short", outcome=outcome)})
    assert outcomes(desk) == {"a": outcome}
    assert desk.rows("SELECT reason FROM outcomes") == [(reason,)]
    assert desk.rows("SELECT count(*) FROM articles") == [(0,)]
    assert (summary.rejected, summary.bugs) == (
        int(outcome is Outcome.REJECTED), int(outcome is Outcome.BUG),
    )  # fmt: skip
    assert (summary.state == "completed_with_bugs") == (outcome is Outcome.BUG)
    assert_sound(desk)


def test_a_bug_is_quarantined_with_its_input_and_raises_an_alarm(desk: Desk) -> None:
    """What broke us can be looked up and run again."""
    desk.ingest(entry("a"), pages={URL: Paper("x", outcome=Outcome.BUG)})
    ((where, trace),) = desk.rows("SELECT input, trace FROM ops.bugs")
    assert ".warc.gz@" in str(where)
    assert trace == "Traceback …"
    assert desk.rows("SELECT kind FROM alarms WHERE cleared_at IS NULL") == [("bugs",)]


def test_a_failed_page_is_due_again_and_its_tries_are_counted(desk: Desk) -> None:
    """The retry comes on its own account, though the feed says nothing new."""
    desk.ingest(entry("a"), pages={URL: Paper(outcome=Outcome.FAILED)})
    desk.begin(hours=0)
    assert desk.take_up() == ()
    desk.finish()
    desk.begin()
    (work,) = desk.take_up()
    assert work.attempts == 1
    desk.load_pages([work], {URL: Paper(story("ferry"))})
    assert desk.finish().articles_new == 1
    assert desk.rows("SELECT attempts FROM core.entries") == [(0,)]
    assert_sound(desk)


def test_an_entry_without_a_link_is_rejected_with_its_reason(desk: Desk) -> None:
    """It never queues a page."""
    desk.ingest(entry("a", url=None), pages={})
    assert desk.rows("SELECT outcome, reason FROM outcomes") == [("rejected", "no_url")]
    assert_sound(desk)


def test_counts_add_up_at_every_moment_of_a_run(desk: Desk) -> None:
    """Entries seen equal outcomes after each load, not only at the end."""
    pages = {f"https://harbour.test/{name}": Paper(story(name)) for name in "ab"}
    desk.begin()
    for name in "ab":
        desk.load_feeds(entry(name), feed=f"https://harbour.test/{name}.xml")
        assert_sound(desk)
    for work in desk.take_up():
        assert_sound(desk)
        desk.load_pages([work], pages)
    assert_sound(desk)
    assert desk.finish().entries_seen == 2


def test_exact_and_near_duplicates_are_found(desk: Desk) -> None:
    """The same words, and nearly the same words, on other addresses."""
    text = story("ferry", words=300)
    pages = {
        "https://harbour.test/a": Paper(text, published_at=NOON - timedelta(hours=3)),
        "https://harbour.test/b": Paper(text.upper(), published_at=NOON - timedelta(hours=2)),
        "https://harbour.test/c": Paper(text.replace("ferry150 ", "tunnel "), published_at=NOON),
        "https://harbour.test/d": Paper(story("tram"), title="Trams", published_at=NOON),
    }
    summary = desk.ingest(*(entry(name) for name in "abcd"), pages=pages)
    found = desk.rows(
        "SELECT a.url[-1:], o.url[-1:], d.kind FROM duplicates AS d "
        "JOIN articles AS a USING (article_id) "
        "JOIN articles AS o ON o.article_id = d.duplicate_of ORDER BY 1"
    )
    assert found == [("b", "a", "exact"), ("c", "a", "near")]
    assert desk.rows("SELECT count(*) FROM stories") == [(2,)]
    assert summary.duplicates == 2
    assert_sound(desk)


def test_any_order_of_batches_gives_the_same_labels(tmp_path: Path, empty_data: Path) -> None:
    """Stories are a function of the articles, not of how they came in."""
    text = story("ferry", words=300)
    pages = {
        "https://harbour.test/a": Paper(text),
        "https://harbour.test/b": Paper(text.replace("ferry20 ", "tunnel ")),
        "https://harbour.test/c": Paper(text.replace("ferry20 ferry21", "x y").upper()),
        "https://harbour.test/d": Paper(story("tram")),
    }
    seen = set()
    for order in ((0, 1, 2), (2, 1, 0)):
        shutil.copytree(empty_data, tmp_path / f"{order}")
        desk = Desk(tmp_path / f"{order}")
        desk.begin()
        desk.load_feeds(*(entry(name) for name in "abcd"))
        works = sorted(desk.take_up(), key=lambda work: work.url)
        batches = (works[:1], works[1:2], works[2:])
        for place in order:
            desk.load_pages(batches[place], pages)
        desk.finish()
        labels = desk.rows("SELECT url, story_id, duplicate_of FROM articles ORDER BY url")
        pairs = desk.rows("SELECT * FROM core.duplicate_pairs ORDER BY ALL")
        seen.add((tuple(labels), tuple(pairs)))
        assert_sound(desk)
        desk.store.close()
    assert len(seen) == 1


def test_a_story_falls_apart_when_its_text_changes(desk: Desk) -> None:
    """A version that no longer repeats the other stands alone again."""
    pages = {"https://harbour.test/a": Paper(story("ferry")), "https://harbour.test/b": Paper(
        story("ferry"), published_at=NOON)}  # fmt: skip
    desk.ingest(entry("a"), entry("b"), pages=pages)
    assert desk.rows("SELECT count(*) FROM duplicates") == [(1,)]
    pages["https://harbour.test/b"] = Paper(story("tram"), published_at=NOON)
    desk.ingest(pages=pages)
    assert desk.rows("SELECT count(*) FROM duplicates") == [(0,)]
    assert_sound(desk)


def test_a_load_that_fails_leaves_no_trace(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows, outcomes and cursors advance together or not at all."""
    desk.begin()
    before = {table: desk.rows(f"SELECT count(*) FROM {table}") for table in (
        *CONTENT, "raw.pages", "raw.fetches", "ops.outcomes", "ops.feeds")}  # fmt: skip
    run_script = writer.run_script

    def break_after(con: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> object:
        run_script(con, name, **parameters)
        raise duckdb.IOException("no space left on device")

    poll = desk.poll(entry("a"))
    monkeypatch.setattr(writer, "run_script", break_after)
    with pytest.raises(WarehouseError, match="is the disk full"):
        desk.store.load_feeds(desk.run, [poll])
    monkeypatch.undo()
    assert before == {table: desk.rows(f"SELECT count(*) FROM {table}") for table in before}
    assert desk.rows("SELECT entries_seen FROM ops.runs") == [(0,)]
    desk.load_feeds(entry("a"))
    assert_sound(desk)


def test_lone_surrogates_do_not_fail_a_batch(desk: Desk) -> None:
    """A JSON feed or JSON-LD may spell half a pair; Parquet takes none."""
    pages = {URL: Paper(story("ferry"), title="half \ud83d a pair")}
    desk.ingest(entry("a", title="half \ud83d a pair"), pages=pages)
    assert desk.rows("SELECT title FROM articles") == [("half \ufffd a pair",)]
    assert_sound(desk)


def test_a_killed_run_is_marked_and_what_it_left_is_taken_up(desk: Desk) -> None:
    """Nothing is lost and nothing is loaded twice."""
    pages = {f"https://harbour.test/{name}": Paper(story(name)) for name in "abc"}
    desk.begin()
    desk.load_feeds(*(entry(name) for name in "abc"))
    desk.load_pages(desk.take_up()[:1], pages)
    killed = desk.run.run_id
    desk.reopen()
    assert [run.run_id for run in desk.store.find_killed_runs()] == [killed]
    summary = desk.ingest(pages=pages, hours=0)
    assert (summary.entries_seen, summary.articles_new) == (2, 2)
    assert desk.rows("SELECT state FROM runs ORDER BY started_at, state") == [
        ("completed",), ("interrupted",),
    ]  # fmt: skip
    assert desk.rows("SELECT count(*) FROM articles") == [(3,)]
    assert desk.rows("SELECT subject, cleared_at IS NULL FROM alarms") == [(killed, False)]
    assert_sound(desk)


def test_a_failed_run_says_so_and_its_queue_stays(desk: Desk) -> None:
    """The next run begins with what the failed one had not loaded."""
    desk.begin()
    desk.load_feeds(entry("a"))
    assert desk.finish(is_failed=True).state == "failed"
    desk.begin()
    assert len(desk.take_up()) == 1


def test_subscriptions_come_and_go_and_what_was_learned_stays(desk: Desk) -> None:
    """Only subscribed feeds are due; a feed that comes back is known."""
    desk.ingest(entry("a"), pages={URL: Paper(story("ferry"))})
    desk.begin("https://other.test/feed")
    due = desk.store.find_due_feeds(now=desk.now, feed_urls=None, every=True)
    assert [state.feed_url for state in due] == ["https://other.test/feed"]
    desk.finish()
    desk.begin(FEED)
    (state,) = desk.store.find_due_feeds(now=desk.now, feed_urls=None, every=False)
    assert (state.feed_url, state.last_status) == (FEED, 200)


def test_sealed_files_are_recorded(desk: Desk) -> None:
    """What `verify` compares the archive with."""
    desk.begin()
    sealed = SealedFile(warc_file="x.warc.gz", run_id=desk.run.run_id, file_bytes=3, sha256="ab")
    desk.store.finish(desk.run, sealed=[sealed], is_failed=False)
    assert desk.rows("SELECT warc_file, file_bytes FROM ops.archive_files") == [("x.warc.gz", 3)]
