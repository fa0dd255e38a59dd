"""Loads the staged batches of a folder as ingest does, a run each, and publishes.

    python -m benchmarks.million.load FOLDER STAGED

STAGED has `batches.json` and what it names. The warehouse is made in FOLDER/home.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmarks.million.steps import Steps, peak_mb, report
from etl.records import Entry, Run, Subscription
from etl.store.writer import Warehouse

EVERY_PAGE = 10**6


def main() -> None:
    """Load all batches but the last, publish; then the last, small one, and an empty run."""
    folder, staged = map(Path, sys.argv[1:])
    batches = json.loads((staged / "batches.json").read_text("utf-8"))
    clock = [datetime.fromisoformat(batches[0]["now"])]
    store = Warehouse(folder / "home", clock=lambda: clock[0])
    bulk, progress = Steps(), []
    for batch in batches[:-1]:
        clock[0] = datetime.fromisoformat(batch["now"])
        steps = Steps()
        with bulk.timed("all"), steps.timed("all"):
            _run(store, batch, bulk)
        progress.append(round(steps.cpu_s["all"], 2))
        sys.stderr.write(f"loaded {batch['run_id']}: {progress[-1]} CPU s\n")
    with bulk.timed("all"), bulk.timed("last checkpoint"):
        store.close()
    load_peak_mb = peak_mb()
    store = Warehouse(folder / "home", clock=lambda: clock[0])
    publishing, small, empty = Steps(), Steps(), Steps()
    with publishing.timed("publish"):
        store.publish()
    clock[0] = datetime.fromisoformat(batches[-1]["now"])
    wanted = _read_entries(Path(batches[-1]["polls"]))
    with small.timed("find known entries"):
        store.find_known_entries(wanted)
    _run(store, batches[-1], small)
    _run(store, {**batches[-1], "run_id": "millionempty", "polls": None, "pages": None}, empty)
    store.close()
    report({
        "bulk": bulk.summary(),
        "cpu_s_by_batch": progress,
        "publish": publishing.summary()["publish"],
        "small_batch_pages": batches[-1]["page_count"],
        "small_batch": small.summary(),
        "empty_run": empty.summary(),
        "load_peak_mb": load_peak_mb,
    })  # fmt: skip


def _run(store: Warehouse, batch: dict[str, Any], steps: Steps) -> None:
    run = Run(run_id=batch["run_id"], flow="ingest", now=datetime.fromisoformat(batch["now"]))
    subscriptions = [
        Subscription(url=f"https://paper{place}.test/feed.xml") for place in range(2000)
    ]
    with steps.timed("begin"):
        store.begin(run, subscriptions, salvaged=[])
    if batch["polls"]:
        with steps.timed("load feeds"):
            store.load_staged_feeds(run, Path(batch["polls"]))
    with steps.timed("take up entries"):
        store.take_up_entries(run, feed_urls=None, every=False, revisits_per_host=EVERY_PAGE)
    if batch["pages"]:
        with steps.timed("load pages"):
            store.load_staged(run, Path(batch["pages"]))
    with steps.timed("finish"):
        store.finish(run, sealed=[], is_failed=False)


def _read_entries(polls: Path) -> list[Entry]:
    """Return the entries of staged polls as the parser of feeds would have them."""
    taken = ("entry_id", "guid", "url", "title", "published_raw", "published_at", "updated_raw",
             "summary", "content_html", "fingerprint")  # fmt: skip
    return [
        Entry(
            feed_url=poll["feed_url"], authors=(), updated_at=None,
            **{name: entry[name] for name in taken},
        )
        for poll in pq.read_table(polls, columns=["feed_url", "entries"]).to_pylist()
        for entry in poll["entries"]
    ]  # fmt: skip


if __name__ == "__main__":
    main()
