"""Alarms from SQL: what is strange is raised once, stays on, and is over when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from etl.store.alarms import AlarmRules, judge
from etl.store.check import run_check
from etl.store.migrate import migrate
from etl.store.read import read_health
from etl.store.sql import Connection, fetch_rows, list_sql, run_statements
from tests.store.desk import FEED, NOON, Desk, Paper, entry, story

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class House:
    """A warehouse whose articles are written down by SQL, and judged."""

    def __init__(self, con: Connection) -> None:
        self.con = con
        self.runs = 0
        migrate(con, now=MONDAY)

    def publish(
        self, source: str, start: datetime, end: datetime, *, every: timedelta,
        weekdays: int = 7, words: int = 400, authors: str = "['A']", lag: timedelta = HOUR,
        feed: str | None = None,
    ) -> None:  # fmt: skip
        """Let a source publish an article each `every`, on the first days of each week."""
        given = {
            "source": source, "start": start, "end": end, "every": every, "words": words,
            "feed": feed or f"https://{source}/feed", "lag": lag, "days": weekdays,
        }  # fmt: skip
        rows = (
            "SELECT $source || epoch(due)::BIGINT AS id, due + INTERVAL 1 MINUTE * "
            "(hash(due) % 50) AS seen FROM (SELECT unnest(range($start::TIMESTAMPTZ, "
            "$end::TIMESTAMPTZ, $every::INTERVAL)) AS due) WHERE isodow(due) <= $days"
        )
        script = (
            "INSERT INTO core.articles (article_id, url, canonical_url, source, feed_url, "
            "first_seen_at, last_seen_at, version, story_id) "
            f"SELECT id, '', '', $source, $feed, seen, seen, 1, id FROM ({rows});"
            "INSERT INTO core.versions (article_id, version, seen_from, run_id, published_at, "
            "title, authors, text, text_sha256, content_hash, word_count, keywords, is_paywalled, "
            "is_truncated, repeated_paragraphs, page_id, extractor, tagger, change) "
            f"SELECT id, 1, seen, '', seen - $lag::INTERVAL, '', {authors}, '', '', '', "
            "$words + (hash(id) % 100)::INTEGER, [], false, false, 0, '', 'trafilatura-1', '', "
            f"'first' FROM ({rows});"
            "INSERT INTO ops.feeds (feed_url, state, consecutive_failures, is_subscribed) "
            "SELECT $feed, 'active', 0, true WHERE $feed NOT IN (SELECT feed_url FROM ops.feeds)"
        )
        run_statements(self.con, script, given)

    def judge(self, now: datetime, *, asked: int = 0, failed: int = 0) -> None:
        """Poll every feed, ask for some pages, and judge."""
        self.runs += 1
        self.con.execute("UPDATE ops.feeds SET last_polled_at = $1", [now])
        self.con.execute(
            "INSERT INTO raw.fetches (fetch_id, run_id, kind, url, final_url, outcome, started_at, "
            "elapsed_ms, received_bytes, from_cache) SELECT '', $1, 'page', "
            "'https://www.pier.test/x', '', CASE WHEN nth < $3 THEN 'timeout' ELSE 'ok' END, $4, "
            "1, 1, false FROM range($2) AS x (nth)",
            [f"run{self.runs}", asked, failed, now],
        )
        judge(self.con, AlarmRules(), run_id=f"run{self.runs}", now=now)

    def alarms(self, *, is_on: bool = True) -> list[tuple[str, str]]:
        """Return kind and subject of the alarms that are on, or of all."""
        where = "WHERE cleared_at IS NULL" if is_on else ""
        return self.con.execute(f"SELECT kind, subject FROM alarms {where} ORDER BY ALL").fetchall()


@pytest.fixture
def house() -> Iterator[House]:
    """Return an empty warehouse in memory."""
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        yield House(con)


def test_a_weekday_source_may_rest_on_sunday_but_not_on_tuesday(house: House):
    """Raised once, on while it is silent, over with the next article; the history stays."""
    monday = MONDAY + 56 * DAY
    house.publish("pier.test", MONDAY, monday, every=2 * HOUR, weekdays=5)
    for hours in (-30, -10, -1):
        house.judge(monday + hours * HOUR)
    assert house.alarms(is_on=False) == []
    for hours in (24, 48, 72, 400):
        house.judge(monday + hours * HOUR)
    assert house.alarms() == [("source_silent", "pier.test")]
    (detail, measure) = house.con.execute("SELECT detail, measure FROM alarms").fetchone()
    assert "no article since 2026-04-24" in detail
    assert measure > 5
    house.publish("pier.test", monday + 401 * HOUR, monday + 402 * HOUR, every=HOUR)
    house.judge(monday + 403 * HOUR)
    assert house.alarms() == []
    assert house.alarms(is_on=False) == [("source_silent", "pier.test")]


def test_a_source_whose_feeds_all_have_alarms_is_not_reported_twice(house: House):
    """But it is when one of its feeds goes on as if nothing were wrong."""
    end = MONDAY + 56 * DAY
    for part in ("a", "b"):
        feed = f"https://pier.test/{part}"
        house.publish("pier.test", MONDAY, end, every=2 * HOUR, feed=feed)
        house.con.execute(
            "INSERT INTO ops.alarms (raised_at, kind, subject, detail) VALUES ($1, $2, $3, '')",
            [end, "feed_silent" if part == "a" else "feed_failing", feed],
        )
    house.judge(end + 10 * DAY)
    assert [kind for kind, _ in house.alarms()] == ["feed_failing", "feed_silent"]
    house.con.execute("UPDATE ops.alarms SET cleared_at = raised_at WHERE kind = 'feed_silent'")
    house.judge(end + 10 * DAY)
    assert ("source_silent", "pier.test") in house.alarms()


def test_what_was_not_asked_is_not_silent(house: House):
    """After ten days without a run nothing is known of those days until feeds are asked."""
    end = MONDAY + 56 * DAY
    house.publish("pier.test", MONDAY, end, every=2 * HOUR)
    house.judge(end)
    house.con.execute("UPDATE ops.feeds SET last_polled_at = $1", [end])
    judge(house.con, AlarmRules(), run_id="late", now=end + 10 * DAY)
    assert house.alarms() == []


@pytest.mark.parametrize(
    ("change", "said"),
    [({"words": 150}, "words in the median, usually"), ({"authors": "[]"}, "20 have no author")],
    ids=["half the length", "no authors"],
)
def test_a_layout_that_changed_is_noticed_and_is_over_when_it_is_back(
    house: House, change: dict[str, int], said: str
):
    """Others beside it are left alone."""
    end = MONDAY + 42 * DAY
    for source in ("pier.test", "fine.test"):
        house.publish(source, MONDAY, end, every=3 * HOUR)
    house.judge(end)
    house.publish("fine.test", end, end + 4 * DAY, every=3 * HOUR)
    house.publish("pier.test", end, end + 4 * DAY, every=3 * HOUR, **change)
    house.judge(end + 4 * DAY)
    assert house.alarms() == [("layout_drift", "pier.test")]
    assert said in house.con.execute("SELECT detail FROM alarms").fetchone()[0]
    for source in ("pier.test", "fine.test"):
        house.publish(source, end + 4 * DAY, end + 8 * DAY, every=3 * HOUR)
    house.judge(end + 8 * DAY)
    assert house.alarms() == []


def test_late_articles_and_failing_pages_are_noticed(house: House):
    """Against what is usual of the source."""
    end = MONDAY + 42 * DAY
    house.publish("pier.test", MONDAY, end, every=3 * HOUR)
    house.judge(end, asked=40, failed=2)
    house.publish("pier.test", end, end + 4 * DAY, every=3 * HOUR, lag=9 * HOUR)
    house.judge(end + 4 * DAY, asked=40, failed=25)
    assert ("lag", "pier.test") in house.alarms()
    assert ("failure_share", "pier.test") in house.alarms()
    house.publish("pier.test", end + 4 * DAY, end + 9 * DAY, every=3 * HOUR)
    house.judge(end + 9 * DAY, asked=40, failed=2)
    assert house.alarms() == []


def test_a_new_feed_with_an_archive_is_neither_late_nor_busy(house: House):
    """Hundred articles of last week within an hour, then one a day."""
    end = MONDAY + 42 * DAY
    house.publish("pier.test", MONDAY, MONDAY + HOUR, every=HOUR / 100, lag=6 * DAY)
    house.publish("pier.test", MONDAY + DAY, end, every=DAY)
    for days in (0.5, 1.5, 2.5):
        house.judge(end + days * DAY)
    assert house.alarms(is_on=False) == []


def test_entries_nobody_gets_round_to_are_a_backlog(desk: Desk) -> None:
    """A hundred due for more than a day; a run that takes them up ends it."""
    desk.ingest(entry("a"), pages={"https://harbour.test/a": Paper(story("ferry"))})
    row = "SELECT * REPLACE ('x' || n AS entry_id, $1 AS due_at) FROM core.entries, range({}) t(n)"
    names = ", ".join(
        c[0] for c in desk.store._con.execute("FROM core.entries LIMIT 0").description
    )
    desk.store._con.execute(
        f"INSERT INTO core.entries SELECT {names} FROM ({row.format(100)})", [NOON - 9 * DAY]
    )
    judge(desk.store._con, AlarmRules(), run_id=desk.run.run_id, now=desk.now)
    assert desk.rows("SELECT kind FROM alarms WHERE cleared_at IS NULL") == [("backlog",)]
    desk.store._con.execute("UPDATE core.entries SET due_at = NULL")
    judge(desk.store._con, AlarmRules(), run_id=desk.run.run_id, now=desk.now)
    assert desk.rows("SELECT kind FROM alarms WHERE cleared_at IS NULL") == []


def test_a_run_counts_its_fetches_by_the_source_of_their_hosts(desk: Desk) -> None:
    """A subdomain belongs to its source, once an article of that is known."""
    pages = {
        "https://harbour.test/a": Paper(story("ferry")),
        "https://www.harbour.test/b": Paper(story("bridge")),
    }
    desk.ingest(entry("a"), entry("b", url="https://www.harbour.test/b"), pages=pages)
    counted = "SELECT source, fetches, failed, departed, rejected FROM ops.source_fetches"
    assert desk.rows(f"{counted} ORDER BY source") == [
        ("all", 2, 0, 2, 0), ("harbour.test", 2, 0, 2, 0),
    ]  # fmt: skip
    desk.ingest(pages=pages)
    assert desk.rows("SELECT source, fetches FROM ops.source_fetches ORDER BY source") == [
        ("all", 4), ("harbour.test", 4),
    ]  # fmt: skip


def test_no_run_for_long_is_an_alarm_that_needs_no_run(desk: Desk) -> None:
    """It is asked of the snapshot: raised by nobody, over when a run ends well."""
    for _ in range(4):
        desk.begin(FEED)
        desk.finish()

    def kinds(hours: float) -> list[str]:
        now = desk.now + hours * HOUR
        health = read_health(desk.store._con, runs=1, now=now, every_s=900)
        return [alarm["kind"] for alarm in health.alarms]

    assert kinds(2.9) == []
    assert kinds(3.1) == ["no_run"]
    rows = fetch_rows(desk.store._con, "find_missing_run", now=desk.now + 3.1 * HOUR, every_s=9e4)
    assert rows == []


def test_a_failed_run_judges_nothing(desk: Desk) -> None:
    """It has not asked every feed."""
    desk.begin()
    desk.load_feeds(entry("a"))
    desk.load_pages(desk.take_up(), {"https://harbour.test/a": Paper(story("ferry"))})
    desk.finish(is_failed=True)
    assert desk.rows("SELECT count(*) FROM ops.source_fetches") == [(0,)]


def test_every_kind_of_alarm_is_one_that_verify_knows(desk: Desk) -> None:
    """An alarm is no damage."""
    (comment,) = desk.rows(
        "SELECT comment FROM duckdb_columns() WHERE table_name = 'alarms' AND column_name = 'kind' "
        "AND schema_name = 'ops'"
    )
    kinds = str(comment[0]).rstrip(".").split()
    assert set(list_sql("alarms")) < set(kinds)
    for kind in kinds:
        desk.store._con.execute(
            "INSERT INTO ops.alarms VALUES (now(), ?, 'all', '', NULL, 1)", [kind]
        )
    assert run_check(desk.store._con, "words_are_of_their_lists") == ()
