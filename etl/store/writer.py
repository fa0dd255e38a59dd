"""The warehouse as its one writer sees it: the port `Store`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.records import (
    Entry,
    FeedState,
    HostMemory,
    KnownEntry,
    Polled,
    Refined,
    Run,
    RunSummary,
    SealedFile,
    Subscription,
    Work,
)
from etl.store import entries as known
from etl.store import forget as forgetting
from etl.store import rows
from etl.store.alarms import AlarmRules, judge
from etl.store.articles import count_mentions, load_articles, place_articles
from etl.store.hosts import find_host_memory
from etl.store.live import Live
from etl.store.retention import Keep, prune
from etl.store.rewrite import (
    mark_forgetting,
)
from etl.store.snapshots import KEPT
from etl.store.sql import fetch_rows, run_script
from etl.store.stage import TEXT, fields, lent
from etl.store.stage_feeds import SUBSCRIBED, stage_polled
from etl.store.stage_hosts import stage_paces, stage_robots
from etl.store.stage_pages import stage_refined

REDACTED = pa.schema({"warc_file": TEXT, "sha256": TEXT})
OUT_OF_ROOM = (duckdb.IOException, duckdb.FatalException, duckdb.OutOfMemoryException)


class Warehouse(Live):
    """Implements `ports.Store` on a DuckDB file; the caller holds the writer's lock.

    `keep` is how long history is kept, `alarms` when what is strange is an alarm; `keep_snapshots`
    how many snapshots are kept, the published one among them; `publish_every` how often a run that
    lasts is to publish, None = only at its end.
    """

    def __init__(
        self,
        data: Path,
        *,
        clock: Callable[[], datetime],
        keep: Keep = Keep(),  # noqa: B008 - frozen
        alarms: AlarmRules = AlarmRules(),  # noqa: B008 - frozen
        keep_snapshots: int = KEPT,
        publish_every: timedelta | None = None,
    ) -> None:
        super().__init__(data, clock=clock, keep_snapshots=keep_snapshots)
        self._keep = keep
        self._alarm_rules = alarms
        self._publish_every = publish_every
        self._batches = 0

    def begin(
        self, run: Run, subscriptions: Sequence[Subscription], *, salvaged: Sequence[SealedFile]
    ) -> None:
        """See `ports.Store.begin`."""
        with self._transaction():
            for killed in self.find_killed_runs():
                run_script(self._con, "count_run", run_id=killed.run_id)
            self._seal(salvaged, now=run.now)
            run_script(
                self._con, "begin_run",
                run_id=run.run_id, flow=run.flow, now=run.now, version=version("newshouse"),
            )  # fmt: skip
            with lent(self._con, "subscribed", [fields(one) for one in subscriptions], SUBSCRIBED):
                run_script(self._con, "set_subscriptions", now=run.now)
        shutil.rmtree(self._staging, ignore_errors=True)
        self._staging.mkdir(parents=True)

    def find_due_feeds(
        self, *, now: datetime, feed_urls: Sequence[str] | None, every: bool
    ) -> tuple[FeedState, ...]:
        """See `ports.Store.find_due_feeds`."""
        urls = list(feed_urls) if feed_urls is not None else None
        found = fetch_rows(self._con, "find_due_feeds", now=now, feed_urls=urls, all=every)
        return tuple(rows.feed_state(row) for row in found)

    def find_host_memory(self, *, now: datetime) -> HostMemory:
        """See `ports.Store.find_host_memory`."""
        return find_host_memory(self._con, now=now)

    def load_host_memory(self, run: Run, memory: HostMemory) -> None:
        """See `ports.Store.load_host_memory`."""
        paces, robots = self._next_stage(run, "paces"), self._next_stage(run, "robots")
        stage_paces(memory.paces, paces)
        stage_robots(memory.robots, robots)
        with self._transaction():
            run_script(self._con, "load_hosts", paces=str(paces), robots=str(robots))
        paces.unlink()
        robots.unlink()

    def find_known_entries(self, entries: Sequence[Entry]) -> tuple[KnownEntry, ...]:
        """See `ports.Store.find_known_entries`."""
        return known.find_known_entries(self._con, entries)

    def find_carried(self, entry_ids: Sequence[str]) -> dict[str, str]:
        """See `ports.Store.find_carried`."""
        return known.find_carried(self._con, entry_ids)

    def load_feeds(self, run: Run, batch: Sequence[Polled]) -> None:
        """See `ports.Store.load_feeds`."""
        path = self._next_stage(run, "feeds")
        stage_polled(batch, path, run_id=run.run_id)
        self.load_staged_feeds(run, path)
        path.unlink()

    def load_staged_feeds(self, run: Run, path: Path) -> None:
        """Load what `stage_polled` wrote, in one transaction; the file stays."""
        with self._transaction():
            run_script(self._con, "load_feeds", path=str(path), run_id=run.run_id, now=run.now)
            if self._holds("has_entries"):
                run_script(self._con, "load_entries", run_id=run.run_id, now=run.now)

    def take_up_entries(
        self, run: Run, *, feed_urls: Sequence[str] | None, every: bool, revisits_per_host: int
    ) -> tuple[Work, ...]:
        """See `ports.Store.take_up_entries`."""
        urls = list(feed_urls) if feed_urls is not None else None
        with self._transaction():
            run_script(
                self._con, "take_up_entries", run_id=run.run_id, now=run.now, feed_urls=urls,
                all=every, revisits_per_host=revisits_per_host,
            )  # fmt: skip
        found = fetch_rows(self._con, "find_due_entries", min_chars=known.MIN_CARRIED_CHARS)
        return tuple(rows.work(row) for row in found)

    def load_pages(self, run: Run, batch: Sequence[Refined]) -> None:
        """See `ports.Store.load_pages`."""
        path = self._next_stage(run, "pages")
        stage_refined(batch, path, run_id=run.run_id)
        self.load_staged(run, path)
        path.unlink()

    def load_staged(self, run: Run, path: Path) -> None:
        """Load what `stage_refined` wrote, in one transaction; the file stays."""
        with self._transaction():
            run_script(self._con, "stage_pages", path=str(path))
            place_articles(self._con)
            is_burying = forgetting.bury_pages(self._con)
            run_script(self._con, "load_pages", run_id=run.run_id, now=run.now)
            load_articles(self._con, run)
            count_mentions(self._con)
            run_script(self._con, "settle_entries", run_id=run.run_id, now=run.now)
            run_script(self._con, "settle_current")
            if self._holds("has_same_pages"):
                run_script(self._con, "load_same_pages", run_id=run.run_id)
            if is_burying:
                forgetting.forget_buried(self._con, now=run.now)
                mark_forgetting(self._live)

    def finish(self, run: Run, *, sealed: Sequence[SealedFile], is_failed: bool) -> RunSummary:
        """See `ports.Store.finish`."""
        self._index_missing()
        with self._transaction():
            self._seal(sealed, now=self._clock())
            run_script(self._con, "count_run", run_id=run.run_id)
            run_script(
                self._con, "finish_run",
                run_id=run.run_id, finished_at=self._clock(), failed=is_failed,
            )  # fmt: skip
            self._prune(run)
            if not is_failed:
                # A run that failed has not asked every feed: what it did not hear is not silent.
                judge(self._con, self._alarm_rules, run_id=run.run_id, now=run.now)
        shutil.rmtree(self._staging, ignore_errors=True)
        (row,) = fetch_rows(self._con, "read_run", run_id=run.run_id)
        return RunSummary(**row)

    def is_publication_due(self) -> bool:
        """See `ports.Store.is_publication_due`."""
        if self._publish_every is None:
            return False
        return self._clock() - self._publish_from >= self._publish_every

    def _seal(self, files: Sequence[SealedFile], *, now: datetime) -> None:
        run_script(self._con, "seal_files", files=[asdict(file) for file in files], now=now)

    def _prune(self, run: Run) -> None:
        """Drop what is kept no longer; the first run to finish on a day does it."""
        (day,) = fetch_rows(self._con, "is_first_of_the_day", run_id=run.run_id, now=run.now)
        if day["is_first"]:
            prune(self._con, self._keep, now=run.now)

    def _holds(self, question: str) -> bool:
        (answer,) = fetch_rows(self._con, question)
        return bool(answer["holds"])

    def _next_stage(self, run: Run, kind: str) -> Path:
        self._batches += 1
        return self._staging / f"{run.run_id}-{self._batches:05}-{kind}.parquet"
