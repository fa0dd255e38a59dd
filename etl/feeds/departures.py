"""How an entry departs without an article, and when its page is asked for again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from etl.feeds.decide import RevisitRules, next_look, next_retry, next_revisit
from etl.outcomes import Outcome, Reason
from etl.records import Bug, Departure, Failed, Tagged, Work

REFUSED = frozenset(
    {
        Reason.UNSAFE_TARGET,
        Reason.BAD_URL,
        Reason.TOO_LARGE,
        Reason.TOO_MANY_REDIRECTS,
        Reason.NOT_HTML,
    }
)
"""Failures that say something of the entry rather than of the day."""

VANISHED_SIGHTINGS = 3
VANISHED_APART = timedelta(days=1)
"""A page that became an article is called vanished when it was found missing this often, a day
apart: sites answer 404 and 410 for an hour while they are being rebuilt."""

_NOTHING_TO_CARRY = frozenset(
    {Reason.UNSAFE_TARGET, Reason.BAD_URL, Reason.NO_URL, Reason.BUG, Reason.INTERRUPTED}
)
"""What leaves no place for the text a feed carried: an entry without a page of its own that one
may speak of, or trouble of ours."""

_LOST = frozenset({Outcome.REJECTED, Outcome.GAVE_UP})

CARRIED_AFTER_TRIES = 4
"""What the feed carried stands in for a page that has failed for some hours."""


def depart(entry_id: str, failed: Failed) -> Departure:
    """Return how an entry departs whose page could not be had."""
    if not failed.is_permanent:
        outcome = Outcome.FAILED
    elif failed.reason in REFUSED:
        outcome = Outcome.REJECTED
    else:
        outcome = Outcome.GAVE_UP
    return Departure(entry_id=entry_id, outcome=outcome, reason=failed.reason, detail=failed.detail)


def needs_carried(work: Work, result: Tagged | Departure | Bug) -> bool:
    """Say if what the feed carried is to take the page's place.

    Its page cannot be had, for now or for good, and there is no article yet that a look at it
    brought. Should the page be had later, it becomes the article's next version.
    """
    if not isinstance(result, Departure) or result.reason in _NOTHING_TO_CARRY:
        return False
    is_long_failing = result.outcome is Outcome.FAILED and work.attempts + 1 >= CARRIED_AFTER_TRIES
    is_lost = result.outcome in _LOST or is_long_failing
    return is_lost and work.has_carried and work.article_id is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How an entry leaves the run, and when its page is asked for again (None = not again).

    `attempts` counts failed fetches in a row; on revisits, how often the page was found missing.
    """

    result: Tagged | Departure | Bug
    attempts: int
    due_at: datetime | None


def settle_page(
    work: Work,
    result: Tagged | Departure | Bug,
    *,
    retry_after_s: float | None,
    now: datetime,
    revisits: RevisitRules,
) -> Settled:
    """Return what a page's result means for its entry.

    Failed pages are tried again with growing patience and given up in the end; what was refused
    or missing is looked at a few times more, then only when its entry says something new.
    Articles are revisited while they are young; a look that fails costs the article nothing.
    """
    published_at = work.hints.published_at
    if isinstance(result, Tagged):
        published_at = result.fingerprinted.article.published_at
    due_at = next_revisit(work.first_seen_at, published_at, now, revisits=revisits)
    match result:
        case Tagged() | Departure(outcome=Outcome.UNCHANGED):
            return Settled(result=result, attempts=0, due_at=due_at)
        case Departure(outcome=outcome) if work.article_id and outcome is not Outcome.KNOWN:
            return _look_again(work, result, due_at, retry_after_s=retry_after_s, now=now)
        case Departure(outcome=Outcome.FAILED):
            return _try_again(work, result, retry_after_s=retry_after_s, now=now)
        case Departure(outcome=outcome) if outcome in _LOST:
            attempts = work.attempts + 1
            return Settled(result=result, attempts=attempts, due_at=next_look(attempts, now))
        case _:
            return Settled(result=result, attempts=0, due_at=None)


def _try_again(
    work: Work, failure: Departure, *, retry_after_s: float | None, now: datetime
) -> Settled:
    attempts = work.attempts + 1
    due_at = next_retry(attempts, now, retry_after_s)
    if due_at is None:
        failure = _give_up(failure, f"given up after {attempts} tries")
    return Settled(result=failure, attempts=attempts, due_at=due_at)


def _look_again(
    work: Work,
    departure: Departure,
    due_at: datetime | None,
    *,
    retry_after_s: float | None,
    now: datetime,
) -> Settled:
    """Return what becomes of an article whose page could not be looked at, or is no article now.

    What may pass is looked at again by plan, not before the server allows; what says that the
    page is gone is confirmed first, and is the last look.
    """
    if departure.outcome is Outcome.GAVE_UP:
        return _confirm(work, departure, now=now)
    if departure.outcome is not Outcome.FAILED:
        return Settled(result=departure, attempts=0, due_at=due_at)
    if due_at is None:
        failure = _give_up(departure, "it was the last look at it; the article stays")
        return Settled(result=failure, attempts=0, due_at=None)
    patience = next_retry(1, now, retry_after_s)
    assert patience is not None
    # A time-out between two 404s does not take the first one back.
    return Settled(result=departure, attempts=work.attempts, due_at=max(due_at, patience))


def _confirm(work: Work, departure: Departure, *, now: datetime) -> Settled:
    sightings = work.attempts + 1
    if sightings >= VANISHED_SIGHTINGS:
        gone = _give_up(departure, f"found so {sightings} times, days apart; the article stays")
        return Settled(result=gone, attempts=sightings, due_at=None)
    detail = f"{departure.detail}; looked at again in a day to be sure"
    pending = replace(departure, outcome=Outcome.FAILED, detail=detail)
    return Settled(result=pending, attempts=sightings, due_at=now + VANISHED_APART)


def _give_up(failure: Departure, why: str) -> Departure:
    return replace(failure, outcome=Outcome.GAVE_UP, detail=f"{failure.detail}; {why}")
