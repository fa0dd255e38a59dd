"""Making articles anew from the archive: a part of them (`replay`), or the warehouse (`rebuild`).

Beside `app`, which composes a run: here the same rooms are composed without a fetcher. Refining
takes hours and holds no lock; what it brought is kept as staged files, so that a replay cut short
goes on where it was, and a dry run has done the work of the real one. Only then, under the writer's
lock, a candidate is made of them, compared, and put in the live warehouse's place.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from etl.app import open_workers, read_clock
from etl.batches import FULL_BATCH, one_ahead
from etl.errors import WarehouseError
from etl.home import Home
from etl.lanes import choose_connected
from etl.ports import Progress
from etl.records import Run, Sighting, make_id
from etl.replay import begin_again, collect_again
from etl.settings import Settings, load_settings
from etl.store.candidate import Candidate, Lost, StagedCounts, remove_database, replace_live
from etl.store.comparison import Comparison, compare
from etl.store.connect import open_reader, writer_lock
from etl.store.sightings import Seen, iter_sightings
from etl.store.stage_replay import chunk_name, stage_sightings
from etl.store.writer import Warehouse
from etl.urls import source_of

Stage = Literal["extract", "dedup", "tag"]
Flow = Literal["replay", "rebuild"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which articles: those of a source, or seen since a time; all when neither is given."""

    since: datetime | None = None
    source: str | None = None

    @property
    def is_all(self) -> bool:
        """Return whether nothing is left out."""
        return self.since is None and self.source is None

    def covers(self, seen: Sighting) -> bool:
        """Return whether a sighting by itself is meant."""
        url = seen.page.final_url if seen.page else seen.asked_url
        return (self.since is None or seen.looked_at >= self.since) and (
            self.source is None or source_of(url) == self.source
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """What came of it: `lost` are articles that would be gone because newshouse failed on them."""

    flow: Flow
    stage: Stage
    run_id: str
    counts: StagedCounts
    comparison: Comparison
    lost: tuple[Lost, ...]
    is_promoted: bool
    seconds: float


def renew(
    home: Home,
    *,
    flow: Flow,
    scope: Scope,
    dry_run: bool,
    despite_lost: bool,
    tell: Progress,
    settings: Settings | None = None,
) -> Renewed:
    """Make the articles in scope anew from their archived pages and return what that changes.

    Args:
        home: where.
        flow: what it is called in `runs`.
        scope: which articles; with them go those that share an address or a story with one.
        dry_run: compare, and leave the warehouse as it is.
        despite_lost: put it in place even though articles would be lost to failures of ours.
        tell: is told how far it is.
        settings: instead of the home's own.

    Raises:
        WarehouseBusyError: a run is writing; what was refined is kept for the next try.
        WarehouseError: there is no warehouse, or nothing in scope.
    """
    settings = settings or load_settings(home.path)
    began_at = read_clock()
    folder = _staging_of(home, settings)
    _refine(home, _choose(home.published, scope), folder, settings=settings, tell=tell)
    with nullcontext() if dry_run else writer_lock(home.live.parent):
        base = home.published if dry_run else _settle_live(home)
        now = read_clock()
        run = Run(run_id=make_id("run", now.isoformat(), str(os.getpid())), flow=flow, now=now)
        sightings = _choose(base, scope)
        paths = _refine(home, sightings, folder, settings=settings, tell=tell)
        path = folder.parent / f"candidate-{run.run_id}.duckdb"
        with _candidate(base, path, now=now, is_empty=scope.is_all) as candidate:
            if not scope.is_all:
                candidate.clear(sightings)
            candidate.load_sightings(paths, tell=tell)
            candidate.settle(run, finished_at=read_clock())
            tell.begin("comparing", None)
            counts, lost = candidate.count_staged(paths), candidate.find_lost(paths)
            comparison = compare(candidate.con)
            candidate.close()
            is_promoted = not dry_run and (despite_lost or not lost)
            if is_promoted:
                tell.begin("publishing", None)
                replace_live(path, home.live)
                _publish(home)
                shutil.rmtree(folder, ignore_errors=True)
    return Renewed(
        flow=flow, stage="extract", run_id=run.run_id, counts=counts, comparison=comparison,
        lost=lost, is_promoted=is_promoted, seconds=(read_clock() - began_at).total_seconds(),
    )  # fmt: skip


def _staging_of(home: Home, settings: Settings) -> Path:
    """Return where sightings refined as the settings say now are kept: other settings, another."""
    options = (settings.refine.min_chars, settings.dedup.min_repeat_words, settings.tag.recognizer)
    versions = (version(name) for name in ("newshouse", "trafilatura", "lxml", "htmldate"))
    key = make_id("extract", *map(str, options), *versions)
    return home.live.parent / "replay" / key


def _choose(base: Path, scope: Scope) -> list[Sighting]:
    with open_reader(base) as con:
        seen: list[Seen] = list(iter_sightings(con))
    covered = [scope.covers(one.sighting) for one in seen]
    if not any(covered):
        raise WarehouseError("nothing was ever archived that this covers; see `newshouse sql`")
    if scope.is_all:
        return [one.sighting for one in seen]
    chosen = choose_connected([one.keys for one in seen], covered)
    return [one.sighting for one, is_chosen in zip(seen, chosen, strict=True) if is_chosen]


def _refine(
    home: Home, sightings: Sequence[Sighting], folder: Path, *, settings: Settings, tell: Progress
) -> list[Path]:
    """Refine what is not staged yet and return the staged files, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    chunks = [sightings[at : at + FULL_BATCH] for at in range(0, len(sightings), FULL_BATCH)]
    paths = [folder / chunk_name(chunk) for chunk in chunks]
    missing = [
        (chunk, path) for chunk, path in zip(chunks, paths, strict=True) if not path.exists()
    ]
    if not missing:
        return paths
    tell.begin("refining pages", sum(len(chunk) for chunk, _ in missing))
    with open_workers(home.archive, settings) as refiner:
        begun = ((begin_again(refiner, chunk), path) for chunk, path in missing)
        for chunk, path in one_ahead(begun):
            stage_sightings(collect_again(refiner, chunk), path)
            tell.advance(len(chunk))
    return paths


def _settle_live(home: Home) -> Path:
    """Return the live warehouse, closed, whole and at this version."""
    Warehouse(home.data, clock=read_clock).settle()
    return home.live


def _publish(home: Home) -> None:
    store = Warehouse(home.data, clock=read_clock)
    store.publish()
    store.close()


@contextmanager
def _candidate(base: Path, path: Path, *, now: datetime, is_empty: bool) -> Iterator[Candidate]:
    # What a killed replay left of its candidate is of no use to anyone.
    for stray in path.parent.glob("candidate-*"):
        remove_database(stray)
    try:
        yield Candidate(base, path, now=now, is_empty=is_empty)
    finally:
        remove_database(path)
