"""Refine without a lock, then load, compare and swap under it.

Refining takes hours and holds no lock; a candidate is made of what it brought, beside the live
warehouse, compared with it and put in its place in one step. Whatever happens before leaves all as
it was; what was refined is kept for the next try.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from etl.app import open_store, read_clock, refine_options
from etl.catalogue import read_catalogue
from etl.derivation import name_derivation
from etl.home import Home
from etl.ports import Progress
from etl.records import Run, make_id
from etl.renewal.scope import Scope
from etl.renewal.stages import Stage, make_again, staging_of
from etl.settings import Settings, load_settings
from etl.store.candidate import Candidate, Lost, remove_database, replace_live
from etl.store.comparison import Comparison, compare
from etl.store.connect import writer_lock


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """What came of it.

    `items` is how many archived looks, or versions, were gone over; `lost` are articles that would
    be gone because newshouse now fails on their pages; `comparison` is with what was there.
    """

    run: Run
    stage: Stage
    items: int
    lost: tuple[Lost, ...]
    comparison: Comparison
    is_promoted: bool
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """What is asked for. `despite_lost`: promote even though articles would be lost."""

    flow: Literal["replay", "rebuild"]
    stage: Stage
    scope: Scope
    is_dry_run: bool = False
    despite_lost: bool = False


def renew(
    home: Home, wanted: Renewal, *, tell: Progress, settings: Settings | None = None
) -> Renewed:
    """Make articles anew from what is archived and return what that changes.

    Args:
        home: where.
        wanted: what of it; a dry run compares and leaves the warehouse as it is.
        tell: is told how far it is.
        settings: instead of the home's own.

    Raises:
        WarehouseBusyError: a run is writing.
        WarehouseError: there is no warehouse, or nothing is in scope.
    """
    settings = settings or load_settings(home.path)
    began_at = read_clock()
    work = partial(make_again, home, wanted.stage, wanted.scope, settings=settings, tell=tell)
    work(base=home.published)
    with nullcontext() if wanted.is_dry_run else writer_lock(home.live.parent):
        base = home.published if wanted.is_dry_run else _settle_live(home, settings)
        made = work(base=base)  # once more, for what came in meanwhile
        run = _new_run(wanted.flow, home, settings)
        with _candidate(home, base, run, wanted) as candidate:
            made.load(candidate, tell)
            candidate.settle(finished_at=read_clock())
            tell.begin("comparing", None)
            comparison = compare(candidate.con)
            lost = candidate.find_lost(made.paths) if wanted.stage == "extract" else ()
            candidate.close()
            is_promoted = not wanted.is_dry_run and (wanted.despite_lost or not lost)
            if is_promoted:
                tell.begin("publishing", None)
                replace_live(candidate.path, home.live)
                _publish(home, settings)
                shutil.rmtree(staging_of(home, wanted.stage, settings), ignore_errors=True)
    return Renewed(
        run=run, stage=wanted.stage, items=made.items, lost=lost, comparison=comparison,
        is_promoted=is_promoted, seconds=(read_clock() - began_at).total_seconds(),
    )  # fmt: skip


def _new_run(flow: str, home: Home, settings: Settings) -> Run:
    now = read_clock()
    return Run(
        run_id=make_id("run", now.isoformat(), str(os.getpid())), flow=flow, now=now,
        derivation=name_derivation(refine_options(settings, read_catalogue(home.catalogue))),
    )  # fmt: skip


def _settle_live(home: Home, settings: Settings) -> Path:
    """Return the live warehouse, closed, whole and at this version."""
    open_store(home, settings).settle()
    return home.live


def _publish(home: Home, settings: Settings) -> None:
    store = open_store(home, settings)
    store.publish()
    store.close()


@contextmanager
def _candidate(home: Home, base: Path, run: Run, wanted: Renewal) -> Iterator[Candidate]:
    """Yield a new candidate; nothing is left of it afterwards but what was put in place."""
    path = home.live.parent / f"candidate-{run.run_id}.duckdb"
    if not wanted.is_dry_run:  # a dry run holds no lock: another's may be at work
        for left in home.live.parent.glob("candidate-*.duckdb*"):
            left.unlink(missing_ok=True)
    is_empty = wanted.stage == "extract" and wanted.scope.is_all
    try:
        yield Candidate(base, path, run, is_empty=is_empty)
    finally:
        remove_database(path)
