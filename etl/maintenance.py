"""Keeping a home small: drop old history, clear what was left behind, write the file anew.

Safe beside everything: it holds the writer's lock, so no run is under way, and readers keep the
snapshot they have. Killed at any step it leaves a whole warehouse, and the next one goes on.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from etl.app import open_keeper, read_clock
from etl.erasure import finish_forgetting
from etl.errors import ConfigError
from etl.home import Home
from etl.ports import Progress
from etl.settings import Settings, load_settings
from etl.store.connect import writer_lock

LOG_KEPT_BYTES = 1 << 20
"""Of a log that has grown past ten times that, what is kept: its end."""

REPLAY_KEPT = timedelta(days=7)
"""How long what a replay read waits to be put in place."""

MIN_FREE_BYTES = 8 << 20
"""Less is not worth a copy: the next runs fill it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """What a maintenance did; of a dry run, what it would do.

    Attributes:
        rows: dropped, by table.
        files: left behind and removed, with their bytes.
        compacted_bytes: saved by writing the database anew; None = it was not worth it.
        before_bytes: of everything under `data`, before.
        after_bytes: after; of a dry run equal to before.
    """

    is_dry: bool
    rows: dict[str, int]
    files: dict[str, int]
    log_bytes: int
    database_bytes: int
    database_free_bytes: int
    compacted_bytes: int | None
    before_bytes: int
    after_bytes: int


@dataclass(slots=True)
class _Found:
    files: dict[str, int] = field(default_factory=dict)
    log_bytes: int = 0


def maintain(
    home: Home,
    *,
    tell: Progress,
    settings: Settings | None = None,
    is_dry: bool = False,
    wait_s: float = 0,
    clock: Callable[[], datetime] = read_clock,
) -> Upkeep:
    """Bound what grows in a home, publish if anything changed, and return what was freed.

    Args:
        home: where.
        tell: is told how far it is.
        settings: instead of the home's own.
        is_dry: change nothing, and return what would be done.
        wait_s: how long to wait for a run to end, in seconds; -1 = for ever.
        clock: says what time it is.

    Raises:
        ConfigError: settings are wrong, there is no warehouse, or it cannot be written.
        WarehouseBusyError: a run is writing.
        WarehouseError: the warehouse cannot be written; nothing was lost.
    """
    settings = settings or load_settings(home.path)
    if not home.published.exists() and not home.live.exists():
        raise ConfigError(
            f"there is no warehouse in {home.path}; make one with `newshouse init`, or name its "
            "home with --home DIR"
        )
    if not is_dry:
        finish_forgetting(home)
    with writer_lock(home.live.parent, wait_s=wait_s):
        before = _measure(home.data)
        found = _Found()
        tell.begin("clearing what was left behind", None)
        _clear(home, found, now=clock(), is_dry=is_dry)
        store = open_keeper(home, settings, clock=clock)
        try:
            tell.begin("dropping old history", None)
            rows = store.prune(now=clock(), is_dry=is_dry)
            size, free = store.measure()
            is_loose = free >= MIN_FREE_BYTES and free >= settings.keep.free_share * size
            saved = None
            if is_loose or store.is_compaction_due():
                tell.begin("writing the database anew", None)
                saved = free if is_dry else store.compact()
            if not is_dry and (saved is not None or any(rows.values())):
                tell.begin("publishing", None)
                store.publish()
        finally:
            store.close()
        return Upkeep(
            is_dry=is_dry, rows=rows, files=found.files, log_bytes=found.log_bytes,
            database_bytes=size, database_free_bytes=free, compacted_bytes=saved,
            before_bytes=before, after_bytes=_measure(home.data),
        )  # fmt: skip


def _clear(home: Home, found: _Found, *, now: datetime, is_dry: bool) -> None:
    """Remove what killed runs left: under the lock nobody else writes any of it."""
    for path in _find_leftovers(home, now=now):
        found.files[str(path.relative_to(home.data))] = _measure(path)
        if not is_dry and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif not is_dry:
            path.unlink(missing_ok=True)
    log = home.data / "prefect" / "server.log"
    if log.exists() and log.stat().st_size > 10 * LOG_KEPT_BYTES:
        found.log_bytes = log.stat().st_size - LOG_KEPT_BYTES
        if not is_dry:
            _keep_end(log)


def _find_leftovers(home: Home, *, now: datetime) -> Iterator[Path]:
    staging = home.data / "staging"
    if staging.exists():
        yield staging
    # Files on their way to a name begin with a dot; `publishing.json` is settled by opening.
    yield from sorted(home.data.glob(".*.new"))
    yield from sorted(home.live.parent.glob(".*.new"))
    yield from sorted(home.live.parent.glob("*.new"))
    yield from sorted(home.live.parent.glob("candidate-*"))
    # What a replay read is kept for the next: a dry run's for the real one, a killed one's.
    for path in sorted((home.live.parent / "replay").glob("*")):
        if path.stat().st_mtime < (now - REPLAY_KEPT).timestamp():
            yield path


def _keep_end(log: Path) -> None:
    """Cut a log to its end. The server appends to the same file, also meanwhile."""
    with log.open("rb+") as file:
        file.seek(-LOG_KEPT_BYTES, os.SEEK_END)
        end = file.read()
        file.truncate(0)
        file.seek(0)
        file.write(end)


def _measure(path: Path) -> int:
    total = 0
    for file in path.rglob("*") if path.is_dir() else (path,):
        with suppress(OSError):
            total += file.stat().st_size if file.is_file() else 0
    return total
