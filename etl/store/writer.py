"""The warehouse as its one writer sees it: the port `Store`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.errors import WarehouseError
from etl.records import (
    Entry,
    FeedState,
    HostMemory,
    KilledRun,
    KnownEntry,
    Polled,
    RedactedFile,
    Redaction,
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
from etl.store.articles import count_mentions, load_articles
from etl.store.connect import open_writer
from etl.store.hosts import find_host_memory
from etl.store.migrate import migrate
from etl.store.postings import compact_postings, index_missing, is_compaction_due
from etl.store.publish import (
    is_ahead,
    mark_ahead,
    mark_published,
    publish_snapshot,
    restore_live,
    settle_publication,
)
from etl.store.retention import Keep, prune
from etl.store.rewrite import (
    is_forgetting,
    mark_forgetting,
    measure_database,
    remove_copies,
    rewrite_live,
    unmark_forgetting,
)
from etl.store.snapshots import KEPT
from etl.store.sql import Connection, fetch_rows, run_script
from etl.store.stage import TEXT, fields, lent
from etl.store.stage_feeds import SUBSCRIBED, stage_polled
from etl.store.stage_hosts import stage_paces, stage_robots
from etl.store.stage_pages import stage_refined
from etl.store.targets import Target, find_targets
from etl.store.versions import find_untold_changes, tell_changes

REDACTED = pa.schema({"warc_file": TEXT, "sha256": TEXT})
OUT_OF_ROOM = (duckdb.IOException, duckdb.FatalException, duckdb.OutOfMemoryException)


class Warehouse:
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
        self._keep = keep
        self._alarm_rules = alarms
        self._keep_snapshots = keep_snapshots
        self._publish_every = publish_every
        self._live = data / "warehouse" / "live.duckdb"
        self._published = data / "news.duckdb"
        self._staging = data / "staging"
        self._clock = clock
        self._live.parent.mkdir(parents=True, exist_ok=True)
        restore_live(self._live, self._published)
        self._con: Connection = open_writer(self._live)
        self._batches = 0
        self._publish_from = clock()
        self._open_up()

    def _open_up(self) -> None:
        settle_publication(self._live, self._published, keep=self._keep_snapshots)
        was_ahead = is_ahead(self._live)
        mark_ahead(self._live)
        is_changed = bool(migrate(self._con, now=self._clock()))
        is_changed = self._tell_older_changes() or is_changed
        is_changed = self._index_missing() or is_changed
        if is_changed or not self._published.exists():
            self.publish()
        elif not was_ahead:
            mark_published(self._live)

    def close(self) -> None:
        """Close the database file."""
        self._con.close()

    def settle(self) -> None:
        """Close the database file with everything in it, and nothing in a log beside it."""
        self._con.execute("CHECKPOINT")
        self._con.close()

    def find_killed_runs(self) -> tuple[KilledRun, ...]:
        """See `ports.Store.find_killed_runs`."""
        files: dict[str, list[tuple[str, int]]] = {}
        for row in fetch_rows(self._con, "find_killed_runs"):
            of_run = files.setdefault(row["run_id"], [])
            if row["warc_file"] is not None:
                of_run.append((row["warc_file"], row["kept_bytes"]))
        return tuple(
            KilledRun(run_id=run_id, kept_bytes=tuple(kept)) for run_id, kept in files.items()
        )

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

    def split_entry(self, merge_id: str, *, now: datetime) -> str:
        """Undo a merge of entries and return the id of the entry it makes; not published.

        Raises:
            WarehouseError: there is no such merge, or it was undone before.
        """
        with self._transaction():
            return known.split_entry(self._con, merge_id, now=now)

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
            run_script(self._con, "place_articles")
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

    def find_redactions(self) -> tuple[Redaction, ...]:
        """See `ports.Store.find_redactions`."""
        return forgetting.find_redactions(self._con)

    def settle_redactions(self, files: Sequence[RedactedFile], *, now: datetime) -> None:
        """See `ports.Store.settle_redactions`."""
        mark_ahead(self._live)
        with (
            self._transaction(),
            lent(self._con, "redacted", [fields(file) for file in files], REDACTED),
        ):
            run_script(self._con, "settle_redactions", now=now)

    def find_targets(self, names: Sequence[str]) -> tuple[Target, ...]:
        """Return what somebody means by names to be forgotten; see `targets.find_targets`."""
        return find_targets(self._con, names)

    def forget(
        self,
        targets: Sequence[Target],
        *,
        reason: str,
        now: datetime,
        carries: forgetting.Carries,
        with_copies: bool,
        is_dry: bool = False,
    ) -> forgetting.Forgotten:
        """Take everything of `targets` out of the warehouse; see `forget.forget`.

        Files still hold it until the records it queues are redacted and it is published. With
        `is_dry`, nothing is changed.
        """
        if is_dry:
            step = self._rehearsal()
        else:
            mark_forgetting(self._live)
            mark_ahead(self._live)
            step = self._transaction()
        with step:
            return forgetting.forget(
                self._con, targets, reason=reason, now=now, carries=carries,
                with_copies=with_copies,
            )  # fmt: skip

    def publish(self) -> None:
        """See `ports.Store.publish`. Closed while copied: see `connect.writer_lock`."""
        is_forgetting_on = is_forgetting(self._live)
        is_over = is_forgetting_on and not self.find_redactions()
        # Closing alone would leave what it could not write to the file in a log beside it.
        self.settle()
        try:
            if is_forgetting_on:
                rewrite_live(self._live, now=self._clock())
                remove_copies(self._live, self._published, self._staging)
            publish_snapshot(
                self._live, self._published, now=self._clock(),
                keep=1 if is_forgetting_on else self._keep_snapshots,
            )  # fmt: skip
            if is_over:
                unmark_forgetting(self._live)
        except OSError as error:
            raise WarehouseError(
                f"cannot publish: {error.strerror}; what was loaded is kept, "
                "and the next run publishes it"
            ) from error
        finally:
            self._con = open_writer(self._live)
        self._publish_from = self._clock()

    def prune(self, *, now: datetime, is_dry: bool) -> dict[str, int]:
        """Drop the history that is kept no longer; return the rows dropped of each table.

        A dry run drops nothing, and returns what would be.
        """
        if is_dry:
            self._con.execute("BEGIN")
            try:
                return prune(self._con, self._keep, now=now)
            finally:
                self._con.execute("ROLLBACK")
        mark_ahead(self._live)
        with self._transaction():
            return prune(self._con, self._keep, now=now)

    def measure(self) -> tuple[int, int]:
        """Return the bytes of the database file once all is written to it, and those free."""
        self._con.execute("CHECKPOINT")
        return measure_database(self._con)

    def is_compaction_due(self) -> bool:
        """Return whether the postings are worth sorting anew, however much of the file is free."""
        return is_compaction_due(self._con)

    def compact(self) -> int:
        """Write the database file anew and return the bytes saved; not published."""
        mark_ahead(self._live)
        with self._transaction():
            compact_postings(self._con)
        self.settle()
        try:
            return rewrite_live(self._live, now=self._clock())
        finally:
            self._con = open_writer(self._live)

    def _seal(self, files: Sequence[SealedFile], *, now: datetime) -> None:
        run_script(self._con, "seal_files", files=[asdict(file) for file in files], now=now)

    def _prune(self, run: Run) -> None:
        """Drop what is kept no longer; the first run to finish on a day does it."""
        (day,) = fetch_rows(self._con, "is_first_of_the_day", run_id=run.run_id, now=run.now)
        if day["is_first"]:
            prune(self._con, self._keep, now=run.now)

    def _tell_older_changes(self) -> bool:
        """Tell what versions changed that were loaded before that was kept; is there any?"""
        has_told = False
        while rows := find_untold_changes(self._con):
            with self._transaction():
                tell_changes(self._con, rows)
            has_told = True
        return has_told

    def _index_missing(self) -> bool:
        """Index current versions that came without their words; return whether there were any."""
        found = False
        while True:
            with self._transaction():
                if not index_missing(self._con):
                    return found
            found = True

    def _holds(self, question: str) -> bool:
        (answer,) = fetch_rows(self._con, question)
        return bool(answer["holds"])

    def _next_stage(self, run: Run, kind: str) -> Path:
        self._batches += 1
        return self._staging / f"{run.run_id}-{self._batches:05}-{kind}.parquet"

    @contextmanager
    def _rehearsal(self) -> Iterator[None]:
        """Undo whatever is done in it."""
        self._con.execute("BEGIN")
        try:
            yield
        finally:
            self._con.execute("ROLLBACK")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if not is_ahead(self._live):
            mark_ahead(self._live)
        self._con.execute("BEGIN")
        try:
            yield
            self._con.execute("COMMIT")
        except BaseException as error:
            # After a fatal error DuckDB has undone it by itself and takes no more questions.
            with suppress(duckdb.Error):
                self._con.execute("ROLLBACK")
            if isinstance(error, OUT_OF_ROOM):
                raise WarehouseError(
                    f"the warehouse could not be written: {error}; is the disk full? "
                    "Nothing of this batch was loaded, the next run takes it up"
                ) from error
            raise
