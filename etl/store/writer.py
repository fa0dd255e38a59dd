"""The warehouse as its one writer sees it: the port `Store`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from etl.dedup.compare import classify_change
from etl.errors import WarehouseError
from etl.records import (
    FeedState,
    Hints,
    KilledRun,
    KnownEntry,
    Polled,
    Refined,
    Run,
    RunSummary,
    SealedFile,
    Subscription,
    Validators,
    Work,
)
from etl.store.connect import open_writer
from etl.store.migrate import migrate
from etl.store.publish import (
    is_ahead,
    mark_ahead,
    mark_published,
    publish_snapshot,
    restore_live,
    settle_publication,
)
from etl.store.sql import Connection, fetch_rows, run_script
from etl.store.stage import stage_polled, stage_refined

OUT_OF_ROOM = (duckdb.IOException, duckdb.FatalException, duckdb.OutOfMemoryException)


class Warehouse:
    """Implements `ports.Store` on a DuckDB file; the caller holds the writer's lock."""

    def __init__(self, data: Path, *, clock: Callable[[], datetime]) -> None:
        self._live = data / "warehouse" / "live.duckdb"
        self._published = data / "news.duckdb"
        self._staging = data / "staging"
        self._clock = clock
        self._live.parent.mkdir(parents=True, exist_ok=True)
        restore_live(self._live, self._published)
        self._con: Connection = open_writer(self._live)
        self._batches = 0
        self._open_up()

    def _open_up(self) -> None:
        settle_publication(self._live, self._published)
        was_ahead = is_ahead(self._live)
        mark_ahead(self._live)
        is_changed = bool(migrate(self._con, now=self._clock()))
        if is_changed or not self._published.exists():
            self.publish()
        elif not was_ahead:
            mark_published(self._live)

    def close(self) -> None:
        """Close the database file."""
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
        mark_ahead(self._live)
        with self._transaction():
            for killed in self.find_killed_runs():
                run_script(self._con, "count_run", run_id=killed.run_id)
            self._seal(salvaged, now=run.now)
            run_script(
                self._con, "begin_run",
                run_id=run.run_id, flow=run.flow, now=run.now, version=version("newshouse"),
            )  # fmt: skip
            run_script(
                self._con, "set_subscriptions",
                urls=[subscription.url for subscription in subscriptions],
                titles=[subscription.title for subscription in subscriptions],
            )  # fmt: skip
        shutil.rmtree(self._staging, ignore_errors=True)
        self._staging.mkdir(parents=True)

    def find_due_feeds(
        self, *, now: datetime, feed_urls: Sequence[str] | None, every: bool
    ) -> tuple[FeedState, ...]:
        """See `ports.Store.find_due_feeds`."""
        urls = list(feed_urls) if feed_urls is not None else None
        rows = fetch_rows(self._con, "find_due_feeds", now=now, feed_urls=urls, all=every)
        return tuple(_feed_state(row) for row in rows)

    def find_known_entries(self, entry_ids: Sequence[str]) -> dict[str, KnownEntry]:
        """See `ports.Store.find_known_entries`."""
        rows = fetch_rows(self._con, "find_known_entries", entry_ids=list(entry_ids))
        return {row["entry_id"]: KnownEntry(**row) for row in rows}

    def load_feeds(self, run: Run, batch: Sequence[Polled]) -> None:
        """See `ports.Store.load_feeds`."""
        path = self._next_stage(run, "feeds")
        stage_polled(batch, path)
        with self._transaction():
            run_script(
                self._con, "load_feeds",
                path=str(path), run_id=run.run_id, now=run.now,
            )  # fmt: skip
        path.unlink()

    def take_up_entries(self, run: Run, *, feed_urls: Sequence[str] | None) -> tuple[Work, ...]:
        """See `ports.Store.take_up_entries`."""
        urls = list(feed_urls) if feed_urls is not None else None
        with self._transaction():
            run_script(self._con, "take_up_entries", run_id=run.run_id, now=run.now, feed_urls=urls)
        rows = fetch_rows(self._con, "find_due_entries", now=run.now, feed_urls=urls)
        return tuple(_work(row) for row in rows)

    def load_pages(self, run: Run, batch: Sequence[Refined]) -> None:
        """See `ports.Store.load_pages`."""
        path = self._next_stage(run, "pages")
        stage_refined(batch, path)
        with self._transaction():
            run_script(self._con, "stage_pages", path=str(path))
            run_script(self._con, "decide_versions")
            self._classify_changes()
            run_script(self._con, "load_pages", run_id=run.run_id, now=run.now)
            run_script(self._con, "find_duplicates")
        path.unlink()

    def finish(self, run: Run, *, sealed: Sequence[SealedFile], is_failed: bool) -> RunSummary:
        """See `ports.Store.finish`."""
        with self._transaction():
            self._seal(sealed, now=self._clock())
            run_script(self._con, "count_run", run_id=run.run_id)
            run_script(
                self._con, "finish_run",
                run_id=run.run_id, finished_at=self._clock(), failed=is_failed,
            )  # fmt: skip
        shutil.rmtree(self._staging, ignore_errors=True)
        (row,) = fetch_rows(self._con, "read_run", run_id=run.run_id)
        return RunSummary(**row)

    def publish(self) -> None:
        """See `ports.Store.publish`. Closed while copied: see `connect.writer_lock`."""
        # Closing alone would leave what it could not write to the file in a log beside it.
        self._con.execute("CHECKPOINT")
        self._con.close()
        publish_snapshot(self._live, self._published, now=self._clock())
        self._con = open_writer(self._live)

    def _seal(self, files: Sequence[SealedFile], *, now: datetime) -> None:
        run_script(self._con, "seal_files", files=[asdict(file) for file in files], now=now)

    def _classify_changes(self) -> None:
        changes = [
            (
                classify_change(
                    old_text=row["old_text"], new_text=row["new_text"],
                    old_title=row["old_title"], new_title=row["new_title"],
                ),
                row["article_id"],
            )
            for row in fetch_rows(self._con, "read_changes")
        ]  # fmt: skip
        if changes:
            self._con.executemany("UPDATE decided SET change = ? WHERE article_id = ?", changes)

    def _next_stage(self, run: Run, kind: str) -> Path:
        self._batches += 1
        return self._staging / f"{run.run_id}-{self._batches:05}-{kind}.parquet"

    @contextmanager
    def _transaction(self) -> Iterator[None]:
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


def _feed_state(row: dict[str, Any]) -> FeedState:
    validators = Validators(etag=row.pop("etag"), last_modified=row.pop("last_modified"))
    return FeedState(validators=validators, **row)


def _work(row: dict[str, Any]) -> Work:
    return Work(
        hints=Hints(
            entry_id=row["entry_id"],
            feed_url=row["feed_url"],
            title=row["title"],
            published_raw=row["published_raw"],
            published_at=row["published_at"],
            authors=tuple(row["authors"]),
        ),
        url=row["url"],
        followers=tuple(row["followers"]),
        validators=Validators(etag=row["etag"], last_modified=row["last_modified"]),
        attempts=row["attempts"],
        first_seen_at=row["first_seen_at"],
    )
