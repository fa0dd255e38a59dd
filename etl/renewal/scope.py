"""Which articles are made anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from etl.errors import WarehouseError
from etl.lanes import choose_connected
from etl.records import Sighting, VersionText
from etl.store.connect import open_reader
from etl.store.sightings import iter_sightings, iter_version_texts
from etl.urls import source_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The articles of a source, or seen since a time; all when neither is given."""

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


def choose_sightings(base: Path, scope: Scope) -> list[Sighting]:
    """Return the sightings in scope, and all that share an address, an article or a story with one.

    Raises:
        WarehouseError: there is no warehouse at `base`, or nothing in it is covered.
    """
    with open_reader(base) as con:
        seen = list(iter_sightings(con))
    covered = [scope.covers(one.sighting) for one in seen]
    _refuse_nothing(covered)
    chosen = choose_connected([one.keys for one in seen], covered)
    return [one.sighting for one, is_chosen in zip(seen, chosen, strict=True) if is_chosen]


def choose_versions(base: Path, scope: Scope) -> list[VersionText]:
    """Return the versions in scope.

    Raises:
        WarehouseError: there is no warehouse at `base`, or nothing in it is covered.
    """
    with open_reader(base) as con:
        versions = list(iter_version_texts(con, source=scope.source, since=scope.since))
    _refuse_nothing([True for _ in versions])
    return versions


def _refuse_nothing(covered: Sequence[bool]) -> None:
    if not any(covered):
        raise WarehouseError(
            "no article was archived that this covers; `newshouse sql 'SELECT source, count(*) "
            "FROM articles GROUP BY ALL'` lists the sources there are"
        )
