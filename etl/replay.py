"""The pipeline entered at refine: what was once archived is made into articles again.

    Sighting ──refine──▶ Article ──stage──▶ a warehouse beside the live one ──compare──▶ swap

No network: everything comes from the archive and from what the warehouse remembers of each look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.conclusions import reject, signals_of
from etl.outcomes import Outcome
from etl.ports import Pending, Refiner
from etl.records import (
    Bug,
    Departure,
    PageRef,
    Refined,
    Rejected,
    Sighting,
    Tagged,
    Validators,
    Work,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A sighting whose page is being refined, if it has one."""

    sighting: Sighting
    pending: Pending | None


def begin_again(refiner: Refiner, sightings: Sequence[Sighting]) -> list[Begun]:
    """Hand the pages of some sightings over and return at once."""
    return [
        Begun(sighting=one, pending=refiner.start(one.page, one.hints) if one.page else None)
        for one in sightings
    ]


def collect_again(refiner: Refiner, begun: Sequence[Begun]) -> Iterator[tuple[Sighting, Refined]]:
    """Yield each sighting with what a run would load for it now.

    Where its page gives no article and its feed had carried a text, that is made one of, as then.
    """
    for one in begun:
        yield one.sighting, _conclude(refiner, one.sighting, one.pending)


def _conclude(refiner: Refiner, seen: Sighting, pending: Pending | None) -> Refined:
    refined = pending.result() if pending else None
    carried: PageRef | None = None
    if seen.carried_page and not isinstance(refined, Tagged | Bug):
        instead = refiner.start(seen.carried_page, seen.hints).result()
        if refined is None or isinstance(instead, Tagged):
            refined, carried = instead, seen.carried_page
    return Refined(
        work=Work(
            hints=seen.hints,
            url=seen.asked_url,
            followers=seen.followers,
            validators=Validators(),
            attempts=0,
            first_seen_at=seen.looked_at,
        ),
        exchanges=(),
        page=seen.page,
        result=_depart(seen, refined),
        attempts=0,
        due_at=None,
        signals=signals_of(refined),
        carried_page=carried,
        same_as=seen.same_as_url,
    )


def _depart(seen: Sighting, refined: Tagged | Rejected | Bug | None) -> Tagged | Departure | Bug:
    match refined:
        case Rejected():
            return reject(seen.hints.entry_id, refined)
        case None:
            return Departure(entry_id=seen.hints.entry_id, outcome=Outcome.KNOWN)
        case _:
            return refined
