"""One poll of a feed: the question, what the answer means, and what to do about each entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from etl.feeds.decide import Fetch, Reject, Skip, decide_entry
from etl.feeds.matching.identity import match_entries
from etl.feeds.polling.alarms import feed_alarms
from etl.feeds.polling.failures import after_failure
from etl.feeds.polling.opening import OpenedPoll, ask_children, join_children, open_answer
from etl.feeds.polling.schedule import ScheduleRules
from etl.feeds.polling.successes import Heard, after_success
from etl.feeds.polling.trust import is_to_be_audited, next_validators, trusted_validators
from etl.outcomes import Outcome
from etl.records import (
    Body,
    Departure,
    Entry,
    Failed,
    Feed,
    FeedState,
    KnownEntry,
    Merge,
    Met,
    NotModified,
    PageRef,
    Polled,
    Request,
    Validators,
    make_id,
)
from etl.urls import identity

__all__ = [
    "OpenedPoll",
    "ask_children",
    "ask_feed",
    "join_children",
    "meet",
    "open_answer",
    "settle_poll",
]

NOT_MODIFIED_STATUS = 304


def ask_feed(state: FeedState, *, now: datetime, rules: ScheduleRules) -> Request:
    """Return the question a poll begins with."""
    validators = trusted_validators(state, now=now)
    return Request(
        key=state.feed_url,
        url=state.address or state.feed_url,
        kind="feed",
        validators=validators,
        is_audited=is_to_be_audited(state, validators, now=now, rules=rules),
    )


def settle_poll(
    poll: OpenedPoll,
    *,
    known: Sequence[KnownEntry],
    pages: Sequence[PageRef],
    now: datetime,
    rules: ScheduleRules,
) -> Polled:
    """Return the feed's next state, the decision on every entry met, and what is amiss.

    Args:
        poll: with its children joined, if it has any.
        known: the feed's entries that any of the poll's might be.
        pages: where its bodies are archived.
        now: the run's.
        rules: of the schedule.
    """
    before = poll.state
    if isinstance(poll.result, Failed):
        state = after_failure(before, poll.result, now=now, rules=rules)
        alarms = feed_alarms(before, state, now=now)
        return Polled(state=state, exchanges=poll.exchanges, alarms=alarms, is_failed=True)
    met = tuple(
        meet(one.entry, one.known, now=now, merge=one.merge)
        for one in match_entries(poll.entries, known)
    )
    state = after_success(before, _heard(poll, met), now=now, rules=rules)
    if poll.answer.is_audit and any(one.is_stated for one in met):
        state = replace(state, lied_at=now, validators=Validators())
    if poll.unread:
        detail = f"{len(poll.unread)} of its sitemaps could not be read: {poll.unread[0].detail}"
        state = replace(state, last_error=detail)
    return Polled(
        state=state,
        exchanges=poll.exchanges,
        pages=tuple(pages),
        alarms=feed_alarms(before, state, now=now),
        met=met,
        is_unchanged=isinstance(poll.result, NotModified),
    )


def _heard(poll: OpenedPoll, met: Sequence[Met]) -> Heard:
    """Return what the answer said, as far as the schedule is concerned."""
    result = poll.answer.result
    is_index = bool(poll.joined)
    new = tuple(one.entry.published_at or one.entry.updated_at for one in met if one.is_new)
    return Heard(
        status=result.status if isinstance(result, Body) else NOT_MODIFIED_STATUS,
        headers=result.headers if isinstance(result, Body | NotModified) else (),
        hops=poll.answer.hops,
        # An index may stand still while its sitemaps do not: it is always asked for in full.
        validators=Validators() if is_index else next_validators(poll.state, poll.answer),
        body_sha256=poll.body_sha256,
        feed=poll.result if isinstance(poll.result, Feed) else None,
        new=new,
        known=tuple(one.entry.published_at for one in met if not one.is_new),
        is_partial=bool(poll.unread),
    )


def meet(
    entry: Entry, known: KnownEntry | None, *, now: datetime, merge: Merge | None = None
) -> Met:
    """Return what is to be done about an entry.

    One that says nothing new departs unchanged, unless its page is due on its own account (a
    retry, a revisit, what a killed run left): then its page decides.
    """
    decision = decide_entry(entry, known)
    is_due, departure = False, None
    match decision:
        case Fetch():
            is_due = True
        case Skip(outcome=outcome):
            is_due = known is not None and known.due_at is not None and known.due_at <= now
            departure = Departure(entry_id=entry.entry_id, outcome=outcome)
        case Reject(rejected=rejected):
            departure = Departure(
                entry_id=entry.entry_id,
                outcome=Outcome.REJECTED,
                reason=rejected.reason,
                detail=rejected.detail,
            )
    return Met(
        entry=entry,
        url_id=make_id(identity(entry.url)) if entry.url else None,
        is_new=known is None,
        is_stated=known is None or known.fingerprint != entry.fingerprint,
        is_due=is_due,
        departure=None if is_due else departure,
        merge=merge,
    )
