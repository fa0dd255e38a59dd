"""What came of one page asked for: its article, or how its entry departs without one. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from etl.feeds.departures import depart
from etl.outcomes import Outcome
from etl.records import (
    Body,
    Bug,
    Departure,
    Failed,
    NotModified,
    PageRef,
    Refined,
    Rejected,
    SamePage,
    Tagged,
    UsageSignal,
)

OK_STATUS = 200


def conclude(
    entry_id: str,
    answered: Body | NotModified | SamePage | Failed,
    refined: Tagged | Rejected | Bug | None,
) -> Tagged | Departure | Bug:
    """Return the article of a page, or how its entry departs without one.

    Args:
        entry_id: the entry whose page it is.
        answered: what came over the wire.
        refined: what a body was refined to; None when there was no body.
    """
    match answered:
        case Failed():
            return depart(entry_id, answered)
        case NotModified():
            return Departure(entry_id=entry_id, outcome=Outcome.UNCHANGED)
        case SamePage():
            detail = f"it redirects to {answered.final_url}, another entry's page"
            return Departure(entry_id=entry_id, outcome=Outcome.KNOWN, detail=detail)
        case Body():
            assert refined is not None
            return reject(entry_id, refined) if isinstance(refined, Rejected) else refined


def signals_of(refined: Tagged | Rejected | Bug | None) -> tuple[UsageSignal, ...]:
    """Return what a page itself says of machine use."""
    match refined:
        case Tagged():
            return refined.fingerprinted.article.signals
        case Rejected():
            return refined.signals
        case Bug() | None:
            return ()


def carried_body(url: str, html: str, *, now: datetime) -> Body:
    """Return what a feed carried for the entry at `url` as an answer that can be archived."""
    return Body(
        url=url,
        final_url=url,
        status=OK_STATUS,
        headers=(("content-type", "text/html; charset=utf-8"),),
        content=html.encode("utf-8", "replace"),
        fetched_at=now,
    )


def take_carried(missed: Refined, page: PageRef, refined: Tagged | Rejected | Bug) -> Refined:
    """Return the article of what a feed carried in place of `missed`, or that if it is none."""
    if not isinstance(refined, Tagged) or not isinstance(missed.result, Departure):
        return missed
    return replace(missed, result=refined, carried_page=page, carried_for=missed.result, attempts=0)


def reject(entry_id: str, rejected: Rejected) -> Departure:
    """Return how an entry departs whose page is no article."""
    return Departure(
        entry_id=entry_id,
        outcome=Outcome.REJECTED,
        reason=rejected.reason,
        detail=rejected.detail,
    )
