"""The warehouse's live database: opened, brought up to date, written in whole steps, published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.errors import WarehouseError
from etl.records import KilledRun, RedactedFile, Redaction
from etl.store.connect import checkpoint, one_thread, open_writer
from etl.store.duplicates import pair_missing
from etl.store.events import group_events
from etl.store.forget import find_redactions
from etl.store.migrate import migrate
from etl.store.postings import index_missing
from etl.store.publish import (
    is_ahead,
    mark_ahead,
    mark_published,
    publish_snapshot,
    restore_live,
    settle_publication,
)
from etl.store.rewrite import is_forgetting, remove_copies, rewrite_live, unmark_forgetting
from etl.store.snapshots import KEPT
from etl.store.sql import Connection, fetch_rows, run_script
from etl.store.stage import TEXT, fields, lent
from etl.store.versions import find_untold_changes, tell_changes

REDACTED = pa.schema({"warc_file": TEXT, "sha256": TEXT})
OUT_OF_ROOM = (duckdb.IOException, duckdb.FatalException, duckdb.OutOfMemoryException)


class Live:
    """A home's live database, open; the caller holds the writer's lock.

    `keep_snapshots` is how many snapshots are kept, the published one among them.
    """

    def __init__(
        self, data: Path, *, clock: Callable[[], datetime], keep_snapshots: int = KEPT
    ) -> None:
        self._keep_snapshots = keep_snapshots
        self._live = data / "warehouse" / "live.duckdb"
        self._published = data / "news.duckdb"
        self._staging = data / "staging"
        self._clock = clock
        self._live.parent.mkdir(parents=True, exist_ok=True)
        restore_live(self._live, self._published)
        self._con: Connection = open_writer(self._live)
        self._publish_from = clock()
        self._open_up()

    def _open_up(self) -> None:
        settle_publication(self._live, self._published, keep=self._keep_snapshots)
        was_ahead = is_ahead(self._live)
        mark_ahead(self._live)
        is_changed = bool(migrate(self._con, now=self._clock()))
        is_changed = self._tell_older_changes() or is_changed
        is_changed = self._index_missing() or is_changed
        is_changed = self._pair_missing() or is_changed
        is_changed = self._group_missing() or is_changed
        if is_changed or not self._published.exists():
            self.publish()
        elif not was_ahead:
            mark_published(self._live)

    def close(self) -> None:
        """Close the database file."""
        self._con.close()

    def settle(self) -> None:
        """Close the database file with everything in it, and nothing in a log beside it."""
        checkpoint(self._con)
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

    def find_redactions(self) -> tuple[Redaction, ...]:
        """See `ports.Store.find_redactions`."""
        return find_redactions(self._con)

    def settle_redactions(self, files: Sequence[RedactedFile], *, now: datetime) -> None:
        """See `ports.Store.settle_redactions`."""
        mark_ahead(self._live)
        with (
            self._transaction(),
            lent(self._con, "redacted", [fields(file) for file in files], REDACTED),
        ):
            run_script(self._con, "settle_redactions", now=now)

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

    def _pair_missing(self) -> bool:
        """Compare current versions that never were; return whether there were any."""
        found = False
        while True:
            with self._transaction():
                if not pair_missing(self._con):
                    return found
            found = True

    def _group_missing(self) -> bool:
        """Group stories that never were by event; return whether there were any."""
        found = False
        while True:
            with self._transaction():
                if not group_events(self._con):
                    return found
            found = True

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if not is_ahead(self._live):
            mark_ahead(self._live)
        self._con.execute("BEGIN")
        try:
            yield
            with one_thread(self._con):
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
