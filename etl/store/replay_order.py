"""In which order staged sightings are loaded: what hangs together as it happened, the rest at once.

A warehouse has seen an article dozens of times, in as many runs; loading run by run would take a
transaction for each. Sightings that share no entry, address or article cannot tell which of them
was loaded first, so all that are first of their kind are loaded together, then all second, ...
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from etl.lanes import Step, find_layers
from etl.records import AddressMerge, make_id
from etl.store.sightings import list_address_merges
from etl.store.sql import Connection, fetch_rows, run_script
from etl.store.stage import url_id

Row = dict[str, Any]

MERGED, FOUND, LED, UNDONE = range(4)
"""What a run does, in its order: takes entries for others, finds articles, is led to found ones;
and, after it, what a person does."""


ROWS_AT_ONCE = 10_000
"""Most sightings loaded in one transaction; more only where they hang together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A staged sighting (`place` says where), or a merge of entries made or undone."""

    at: tuple[datetime, int, datetime]
    step: Step
    place: Row | None = None
    merge: AddressMerge | None = None
    is_split: bool = False


@dataclass(slots=True, kw_only=True)
class Layer:
    """Events none of which depends on another; places that hang together stand together."""

    places: list[tuple[str, Row]] = field(default_factory=list)
    merges: list[Event] = field(default_factory=list)

    def batches(self) -> Iterator[list[Row]]:
        """Yield the places in batches that may be loaded one by one, in any order."""
        batch: list[Row] = []
        self.places.sort(key=lambda placed: placed[0])
        for _, hanging in groupby(self.places, key=lambda placed: placed[0]):
            batch += [place for _, place in hanging]
            if len(batch) >= ROWS_AT_ONCE:
                yield batch
                batch = []
        if batch:
            yield batch


def plan_layers(con: Connection, paths: Sequence[Path]) -> list[Layer]:
    """Return the staged sightings of `paths`, and the merges of `con`, in layers to be loaded.

    Sightings of one sitting are judged together, as the rules for versions want it; but of one
    entry, which a killed run and its successor both looked at, one after the other.
    """
    run_script(con, "find_sittings")
    events = sorted((*_sighted(con, paths), *_merged(con)), key=lambda event: event.at)
    found = find_layers([event.step for event in events])
    layers = [Layer() for _ in range(max((number for number, _ in found), default=-1) + 1)]
    for event, (number, lane) in zip(events, found, strict=True):
        if event.place is None:
            layers[number].merges.append(event)
        else:
            layers[number].places.append((lane, event.place))
    return layers


def fresh_id(merge: AddressMerge) -> str:
    """Return the id of the entry that undoing a merge makes."""
    return make_id("split", merge.merge_id)


def _sighted(con: Connection, paths: Sequence[Path]) -> Iterator[Event]:
    if not paths:
        return
    for row in fetch_rows(con, "read_replay_keys", paths=[str(path) for path in paths]):
        kind = LED if row["is_led"] else FOUND
        place = {name: row[name] for name in ("filename", "file_row_number")}
        yield Event(
            at=(row["looked_at"], kind, row["made_at"]),
            step=Step(keys=tuple(row["keys"]), group=row["sitting"], alone=row["entry_id"]),
            place=place,
        )


def _merged(con: Connection) -> Iterator[Event]:
    merges = list_address_merges(con)
    # Undoing a merge gave the later ones of its entry to the entry it made.
    given = {fresh_id(merge): merge for merge in merges if merge.split_at}
    for merge in merges:
        undone = given.get(merge.entry_id)
        if undone and undone.split_at and merge.merged_at <= undone.split_at:
            merge = replace(merge, entry_id=undone.entry_id)  # noqa: PLW2901 - as it was then
        addresses = (url_id(url) for url in (merge.was_url, merge.now_url) if url)
        step = Step(keys=(merge.entry_id, *addresses))
        made_at = merge.merged_at
        yield Event(at=(made_at, MERGED, made_at), step=step, merge=merge)
        if merge.split_at:
            undone_at = merge.split_at
            at = (undone_at, UNDONE, undone_at)
            yield Event(at=at, step=step, merge=merge, is_split=True)
