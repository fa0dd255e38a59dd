"""`newshouse feeds list`, `merges` and `split`, and `status` on feeds in trouble."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from etl.store.connect import writer_lock
from tests.cli.newsroom import NOON, Newsroom, Run
from tests.net.site import Site, answer

HERE = "https://harbour.test/feed.xml"


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """A warehouse in the home of `run`, still to be filled and published."""
    return Newsroom(tmp_path / "data")


def add_feed(room: Newsroom, name: str, **values: object) -> str:
    """Insert a subscribed feed and return its address."""
    url = f"https://{name}.test/feed.xml"
    row = {"state": "active", "consecutive_failures": 0, "is_subscribed": True} | values
    room.insert("ops.feeds", feed_url=url, **row)
    return url


def test_list_tells_how_polling_goes_where_there_is_a_warehouse(
    run: Run, room: Newsroom, tmp_path: Path
):
    """Tab-parted in a pipe: the first two fields are what they always were."""
    add_feed(
        room, "harbour", title="Harbour Times", interval_s=1800, last_polled_at=NOON,
        next_poll_at=NOON + timedelta(minutes=30),
    )  # fmt: skip
    room.publish()
    run("feeds", "add", HERE, "https://new.test/feed.xml")
    _, out, _ = run("feeds", "list")
    assert out.splitlines() == [
        f"{HERE}\tHarbour Times\t\tactive\t2026-11-20 12:00:00Z\t2026-11-20 12:30:00Z\t1800",
        "https://new.test/feed.xml",
    ]
    first, second = json.loads(run("feeds", "list", "--json")[1])
    assert first["state"] == "active"
    assert first["interval_s"] == 1800
    assert second["state"] is None


def test_status_groups_feeds_by_trouble_and_says_what_happens_next(run: Run, room: Newsroom):
    """Every kind of trouble at once, each feed under its own."""
    gone = add_feed(room, "gone", state="gone", last_error="It is gone.")
    failing = add_feed(
        room, "failing", state="failing", consecutive_failures=4, failing_since=NOON,
        last_error="The answer is not a feed: an HTML page.", next_poll_at=NOON,
    )  # fmt: skip
    others = {
        kind: add_feed(room, kind.replace("_", "-"))
        for kind in ("lying", "moved", "silent", "missing_entries")
    }
    for kind, url in others.items():
        room.insert(
            "ops.alarms", raised_at=NOON, kind=f"feed_{kind}", subject=url, detail=f"{kind}, so."
        )
    room.publish()
    lines = run("status")[1].splitlines()
    heads = [line.split(":")[0].strip() for line in lines if " (1):" in line]
    assert heads == [
        "gone (1)", "failing (1)", "lying (1)", "moved (1)", "silent (1)", "missing entries (1)"
    ]  # fmt: skip
    for head, url in zip(heads, (gone, failing, *others.values()), strict=True):
        at = next(n for n, line in enumerate(lines) if line.strip().startswith(head))
        assert lines[at + 1].strip() == url
    told = "\n".join(lines)
    assert f"newshouse feeds discover {failing}" in told
    assert "next try 2026-11-20 12:00Z" in told
    assert "silent, so." in told
    troubled = json.loads(run("status", "--json")[1])["troubled_feeds"]
    assert {row["trouble"]: row["feed_url"] for row in troubled} == {
        "gone": gone,
        "failing": failing,
        **others,
    }


def test_status_hints_at_discover_for_a_page_that_was_subscribed_to(run: Run, site: Site):
    """From the run itself, not from a made-up row."""
    site.plays["/"] = answer(body=b"<!doctype html><p>News", content_type="text/html")
    url = f"http://127.0.0.1:{site.port}/"
    run("feeds", "add", url)
    run("ingest")
    assert f"newshouse feeds discover {url}" in run("status")[1]


def add_merge(room: Newsroom, merge_id: str = "mergemergeme") -> None:
    """Insert an entry whose guid changed once, and the merge that says so."""
    said = {"feed_url": HERE, "url": "https://harbour.test/a", "title": "Ferry"}
    raw = said | {"authors": [], "fingerprint": "f" * 12}
    add_feed(room, "harbour")
    room.insert(
        "ops.runs", run_id="run1", flow="ingest", state="completed", started_at=NOON,
        finished_at=NOON, newshouse_version="0", entries_new=0, entries_seen=0,
    )  # fmt: skip
    for hours, guid in ((1, "old"), (0, "new")):
        room.insert(
            "raw.entries", entry_id="entryentryen", run_id="run1", guid=guid,
            seen_at=NOON - timedelta(hours=hours), **raw,
        )  # fmt: skip
    room.insert(
        "core.entries", entry_id="entryentryen", guid="new", url_id="urlurlurlurl",
        first_seen_at=NOON, first_run_id="run1", outcome="unchanged", attempts=0, **raw,
    )  # fmt: skip
    room.insert(
        "core.entry_merges", merge_id=merge_id, entry_id="entryentryen", feed_url=HERE,
        run_id="run1", merged_at=NOON, reason="guid_changed", evidence="same address and title",
        was_guid="old", now_guid="new", was_url=said["url"], now_url=said["url"],
        was_title="Ferry", now_title="Ferry",
    )  # fmt: skip


def test_merges_are_listed_with_what_changed_and_why(run: Run, room: Newsroom):
    """Only what differs is shown; other feeds' are left out when one is named."""
    add_merge(room)
    room.publish()
    _, out, _ = run("feeds", "merges")
    assert "mergemergeme" in out
    assert "same address and title" in out
    assert "was old" in out
    assert "was Ferry" not in out
    (merge,) = json.loads(run("feeds", "merges", "--json", "--feed", HERE)[1])
    assert merge["reason"] == "guid_changed"
    assert json.loads(run("feeds", "merges", "--json", "--feed", "https://x.test/")[1]) == []


def test_split_undoes_a_merge_once(run: Run, room: Newsroom):
    """Afterwards two entries; a second time, and an unknown id, are said to be wrong."""
    add_merge(room)
    room.publish()
    code, out, err = run("feeds", "split", "mergemergeme")
    assert code == 0, err
    assert "the next run" in out
    (merge,) = json.loads(run("feeds", "merges", "--json")[1])
    assert merge["split_at"] is not None
    assert json.loads(run("sql", "SELECT count(*) AS n FROM entries", "--format", "json")[1]) == [
        {"n": 2}
    ]
    code, _, err = run("feeds", "split", "mergemergeme")
    assert code == 1
    assert "undone already" in err
    code, _, err = run("feeds", "split", "nosuchmerge0")
    assert code == 1
    assert "merges" in err


def test_split_waits_for_no_run_and_needs_a_warehouse(run: Run, room: Newsroom, tmp_path: Path):
    """Exit 3 while a run writes; exit 1, and no empty warehouse made, where there is none."""
    add_merge(room)
    room.publish()
    with writer_lock(tmp_path / "data/warehouse"):
        assert run("feeds", "split", "mergemergeme")[0] == 3
    empty = tmp_path / "empty"
    code, _, err = run("feeds", "split", "mergemergeme", home=empty)
    assert code == 1
    assert "newshouse init" in err
    assert not empty.exists()
