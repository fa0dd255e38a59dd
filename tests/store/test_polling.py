"""What is remembered of feeds and hosts between polls."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from etl.records import (
    Alarm,
    Exchange,
    FeedState,
    Hop,
    HostMemory,
    HostPace,
    Move,
    Polled,
    Rhythm,
    RobotsFile,
    Subscription,
    Validators,
)
from etl.store.read import read_health
from tests.store.desk import FEED, NOON, Desk, Paper, entry, exchange, story
from tests.store.test_load import assert_sound

LATER = NOON + timedelta(hours=2)
STATE = FeedState(
    feed_url=FEED, title="Harbour", format="atom", state="failing",
    validators=Validators(etag='W/"1"', last_modified="then", url="https://new.test/feed"),
    body_sha256="ab", last_polled_at=NOON, last_new_at=NOON, next_poll_at=NOON, interval_s=900,
    consecutive_failures=3, last_status=503, last_error="busy", address="https://new.test/feed",
    move=Move(target="https://newer.test/feed", sightings=2, first_seen_at=NOON), lied_at=NOON,
    failing_since=NOON, floor_s=3600,
    rhythm=Rhythm(arrivals=tuple(hour / 7 for hour in range(24)), since=NOON, as_of=LATER),
    newest_entry_at=NOON, missed_estimate=12, silent_at=LATER,
)  # fmt: skip


def unchanged(state: FeedState, *exchanges: Exchange, alarms: tuple[Alarm, ...] = ()) -> Polled:
    """Return a poll that was answered 304."""
    return Polled(state=state, exchanges=exchanges, alarms=alarms, is_unchanged=True)


def the_state(desk: Desk) -> FeedState:
    """Return the only subscribed feed's."""
    (state,) = desk.store.find_due_feeds(now=desk.now, feed_urls=None, every=True)
    return state


def test_everything_remembered_of_a_feed_comes_back_as_it_was(desk: Desk) -> None:
    """Also after it is there already, and also what became nothing again."""
    desk.begin()
    bare = FeedState(feed_url=FEED, title="Harbour", last_polled_at=NOON)
    for state in (STATE, bare, STATE, replace(STATE, lied_at=None, move=None)):
        desk.store.load_feeds(desk.run, [unchanged(state)])
        assert the_state(desk) == state
        assert_sound(desk)


def test_a_poll_undoes_no_title_tags_or_removal(desk: Desk) -> None:
    """What the user says of a feed stands in feeds.toml, not in what a publisher answers."""
    desk.begin()
    mine = Subscription(url=FEED, title="Mine", tags=("sea", "ferries"))
    desk.store.begin(desk.run, [mine], salvaged=())
    desk.store.load_feeds(desk.run, [unchanged(replace(STATE, title=None))])
    assert desk.rows("SELECT title, tags FROM feeds") == [("Mine", ["sea", "ferries"])]
    desk.store.begin(desk.run, [replace(mine, tags=())], salvaged=())
    assert desk.rows("SELECT title, tags FROM feeds") == [("Mine", [])]
    desk.store.begin(desk.run, [], salvaged=())
    desk.store.load_feeds(desk.run, [unchanged(STATE)])
    assert desk.rows("SELECT is_subscribed, tags FROM feeds") == [(False, [])]


def test_alarms_are_raised_once_and_cleared_when_they_are_over(desk: Desk) -> None:
    """All that hold are named in each poll; those that are not among them are over."""
    lying, silent = Alarm(kind="feed_lying", detail="l"), Alarm(kind="feed_silent", detail="s")
    other = "https://other.test/feed"
    desk.begin(FEED, other)
    for alarms in ((lying, silent), (lying, silent), (silent,)):
        desk.store.load_feeds(desk.run, [unchanged(STATE, alarms=alarms)])
    desk.store.load_feeds(desk.run, [unchanged(replace(STATE, feed_url=other), alarms=(lying,))])
    rows = desk.rows("SELECT kind, subject, cleared_at IS NULL FROM alarms ORDER BY ALL")
    assert rows == [
        ("feed_lying", FEED, False), ("feed_lying", other, True), ("feed_silent", FEED, True),
    ]  # fmt: skip
    desk.begin(FEED)
    rows = desk.rows("SELECT subject FROM alarms WHERE cleared_at IS NULL AND kind LIKE 'feed%'")
    assert rows == [(FEED,)]
    assert_sound(desk)


def test_each_trouble_of_a_feed_is_listed_in_words(desk: Desk) -> None:
    """Failing, lying and slow at once: a row each; a feed that is fine has none."""
    desk.begin(FEED, "https://fine.test/feed")
    slow = [
        replace(exchange(FEED, kind="feed", now=desk._tick()), url=STATE.address, elapsed_ms=8000)
        for _ in range(3)
    ]
    lying = Alarm(kind="feed_lying", detail="it said 304 while there was news")
    fine = FeedState(feed_url="https://fine.test/feed", last_polled_at=NOON)
    desk.store.load_feeds(desk.run, [unchanged(STATE, *slow, alarms=(lying,)), unchanged(fine)])
    troubled = read_health(desk.store._con, runs=1, now=NOON, every_s=900).troubled
    assert [(row["trouble"], row["detail"]) for row in troubled] == [
        ("failing", "3 polls in a row without a usable answer, since 2026-11-22 12:00: busy"),
        ("lying", "it said 304 while there was news"),
        ("slow", "half of its answers took more than 8.0 seconds over the last week"),
    ]
    assert {row["feed_url"] for row in troubled} == {FEED}


def test_redirects_are_kept_hop_by_hop(desk: Desk) -> None:
    """In the order of the chain, and nothing where there was none."""
    chain = (
        Hop(url=FEED, status=301, location="https://b.test/feed"),
        Hop(url="https://b.test/feed", status=302, location="https://c.test/feed"),
    )
    desk.begin()
    led = replace(exchange(FEED, kind="feed", now=desk._tick()), hops=chain)
    plain = exchange(FEED, kind="feed", now=desk._tick())
    desk.store.load_feeds(desk.run, [unchanged(STATE, led, plain)])
    rows = desk.rows("SELECT position, url, status, location FROM redirects ORDER BY position")
    assert rows == [
        (place, hop.url, hop.status, hop.location) for place, hop in enumerate(chain, 1)
    ]
    assert desk.rows("SELECT hops IS NULL FROM fetches ORDER BY started_at") == [(False,), (True,)]


PACE = HostPace(host="a.test", closed_until=LATER, delay_s=2.5, slow_until=LATER)
ROBOTS = RobotsFile(
    origin="https://a.test", text="User-agent: *\nDisallow: /x", fetched_at=NOON,
    validators=Validators(etag='"1"', url="https://a.test/robots.txt"),
    expires_at=NOON + timedelta(hours=1),
)  # fmt: skip
NO_ROBOTS = RobotsFile(
    origin="https://b.test:8080", text=None, validators=Validators(), fetched_at=NOON,
    expires_at=LATER, unreachable_since=NOON, detail="503",
)  # fmt: skip


def test_what_was_learned_of_hosts_comes_back(desk: Desk) -> None:
    """The last word on each host counts; what no longer binds is left out."""
    desk.begin()
    memory = HostMemory(paces=(PACE,), robots=(ROBOTS, NO_ROBOTS))
    for _ in range(2):
        desk.store.load_host_memory(desk.run, memory)
        assert desk.store.find_host_memory(now=NOON) == memory
    slower, emptied = replace(PACE, delay_s=5.0), replace(ROBOTS, text="")
    desk.store.load_host_memory(desk.run, HostMemory(paces=(slower,), robots=(emptied,)))
    assert desk.store.find_host_memory(now=NOON) == HostMemory(
        paces=(slower,), robots=(emptied, NO_ROBOTS)
    )
    assert desk.store.find_host_memory(now=LATER).paces == ()
    assert desk.rows("SELECT host, delay_s FROM hosts") == [("a.test", 5.0)]
    assert desk.rows("SELECT origin, detail FROM robots ORDER BY ALL")[1] == (
        "https://b.test:8080", "503",
    )  # fmt: skip
    assert_sound(desk)


def test_expired_robots_are_kept_for_a_month(desk: Desk) -> None:
    """They are asked for again with their validators, and are the last good copy until then."""
    desk.begin()
    desk.store.load_host_memory(desk.run, HostMemory(paces=(PACE,), robots=(ROBOTS,)))
    kept = desk.store.find_host_memory(now=NOON + timedelta(days=29))
    assert kept == HostMemory(robots=(ROBOTS,))
    assert desk.store.find_host_memory(now=NOON + timedelta(days=31)) == HostMemory()


def test_old_polls_are_dropped_but_for_those_that_brought_something(
    tmp_path: Path, empty_data: Path
) -> None:
    """Fetches of pages stay, documents' polls stay; bytes and hosts agree with the rest."""
    shutil.copytree(empty_data, tmp_path / "data")
    desk = Desk(tmp_path / "data", keep_polls=timedelta(days=90))
    desk.begin()
    desk.load_feeds(entry("a"))
    nothing = exchange("https://quiet.test/feed", kind="feed", now=desk._tick())
    quiet = FeedState(feed_url="https://quiet.test/feed", last_polled_at=NOON)
    desk.store.load_feeds(desk.run, [unchanged(quiet, nothing)])
    desk.store.load_host_memory(desk.run, HostMemory(paces=(PACE,), robots=(ROBOTS,)))
    desk.load_pages(desk.take_up(), {"https://harbour.test/a": Paper(story("ferry"))})
    desk.finish()
    desk.begin(hours=24 * 89)
    desk.finish()
    assert desk.rows("SELECT count(*) FROM fetches") == [(3,)]
    desk.begin(hours=48)
    desk.finish()
    left = desk.rows("SELECT kind, url FROM fetches ORDER BY ALL")
    assert left == [("feed", FEED), ("page", "https://harbour.test/a")]
    assert desk.rows("SELECT count(*) FROM ops.robots UNION ALL FROM (VALUES (0))") == [(0,), (0,)]
    assert desk.rows("SELECT count(*) FROM hosts") == [(0,)]
    assert_sound(desk)
    desk.store.close()


def test_polls_are_kept_for_ever_unless_told_otherwise(desk: Desk) -> None:
    """Without a limit nothing is dropped."""
    desk.begin()
    desk.store.load_feeds(desk.run, [unchanged(STATE, exchange(FEED, kind="feed"))])
    desk.finish()
    desk.begin(hours=24 * 4000)
    desk.finish()
    assert desk.rows("SELECT count(*) FROM fetches") == [(1,)]
