"""Work that takes hours, kept as files: a replay cut short goes on where it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from etl.app import open_rereaders, open_workers, refine_options
from etl.batches import FULL_BATCH, one_ahead
from etl.catalogue import read_catalogue
from etl.derivation import name_derivation
from etl.home import Home
from etl.ports import Progress, Refiner
from etl.records import Reread, Sighting, VersionText, make_id
from etl.renewal.scope import Scope, choose_sightings, choose_versions
from etl.replay import begin_again, collect_again
from etl.settings import Settings
from etl.store.candidate import Candidate
from etl.store.stage_replay import (
    name_sightings,
    name_versions,
    stage_sightings,
    stage_versions,
)
from etl.workers import WorkerPool

Stage = Literal["extract", "dedup", "tag"]
T = TypeVar("T")
S = TypeVar("S")


def staging_of(home: Home, stage: Stage, settings: Settings) -> Path:
    """Return where what was made by these settings and libraries is kept; others have another."""
    made_by = name_derivation(refine_options(settings, read_catalogue(home.catalogue)))
    return home.live.parent / "replay" / make_id(stage, made_by.derivation_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was made again: of how many items, staged where, and how it gets into a candidate."""

    items: int
    paths: list[Path]
    load: Callable[[Candidate, Progress], None]


def make_again(
    home: Home, stage: Stage, scope: Scope, *, base: Path, settings: Settings, tell: Progress
) -> Made:
    """Do the work of a stage, as far as it is not done yet, for what `base` has in scope.

    Raises:
        WarehouseError: there is no warehouse at `base`, or nothing in scope.
    """
    folder = staging_of(home, stage, settings)
    if stage == "extract":
        sightings = choose_sightings(base, scope)
        with open_workers(home.archive, settings, read_catalogue(home.catalogue)) as refiner:
            paths = _refine(refiner, sightings, folder, tell)

        def load(candidate: Candidate, tell: Progress) -> None:
            if not scope.is_all:
                candidate.clear(sightings)
            candidate.load_sightings(paths, tell=tell)

        return Made(items=len(sightings), paths=paths, load=load)
    versions = choose_versions(base, scope)
    with open_rereaders(settings) as readers:
        paths = _reread(readers, versions, folder, tell)
    load_stage = Candidate.load_tags if stage == "tag" else Candidate.load_fingerprints
    return Made(
        items=len(versions), paths=paths, load=lambda candidate, _: load_stage(candidate, paths)
    )


def _refine(
    refiner: Refiner, sightings: Sequence[Sighting], folder: Path, tell: Progress
) -> list[Path]:
    return _work_off(
        sightings,
        folder,
        name=name_sightings,
        begin=lambda chunk: begin_again(refiner, chunk),
        stage=lambda begun, path: stage_sightings(collect_again(refiner, begun), path),
        told=("refining pages", tell),
    )


def _reread(
    readers: WorkerPool, versions: Sequence[VersionText], folder: Path, tell: Progress
) -> list[Path]:
    """A text that newshouse fails on is left out: its version keeps what it has."""
    return _work_off(
        versions,
        folder,
        name=name_versions,
        begin=lambda chunk: [(one, readers.start_version(one)) for one in chunk],
        stage=lambda begun, path: stage_versions(
            (
                (one, result)
                for one, pending in begun
                if isinstance(result := pending.result(), Reread)
            ),
            path,
        ),
        told=("reading texts again", tell),
    )


def _work_off(
    items: Sequence[T],
    folder: Path,
    *,
    name: Callable[[Sequence[T]], str],
    begin: Callable[[Sequence[T]], list[S]],
    stage: Callable[[list[S], Path], None],
    told: tuple[str, Progress],
) -> list[Path]:
    """Do the chunks whose file is missing, the next one begun while one is waited for."""
    what, tell = told
    folder.mkdir(parents=True, exist_ok=True)
    chunks = [items[at : at + FULL_BATCH] for at in range(0, len(items), FULL_BATCH)]
    paths = [folder / name(chunk) for chunk in chunks]
    missing = [pair for pair in zip(chunks, paths, strict=True) if not pair[1].exists()]
    if missing:
        tell.begin(what, sum(len(chunk) for chunk, _ in missing))
    for begun, path in one_ahead((begin(chunk), path) for chunk, path in missing):
        stage(begun, path)
        tell.advance(len(begun))
    return paths
