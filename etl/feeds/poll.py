"""What a poll's answer means: the feed's next state, and what to do about each entry."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from etl.errors import ParseError
from etl.feeds.decide import Fetch, Reject, Skip, decide_entry
from etl.feeds.parse import parse_feed
from etl.feeds.schedule import ScheduleRules, after_failure, after_success
from etl.outcomes import Outcome, Reason
from etl.records import (
    Answer,
    Body,
    Departure,
    Entry,
    Failed,
    Feed,
    FeedState,
    KnownEntry,
    Met,
    NotModified,
    PageRef,
    Polled,
    Validators,
    make_id,
)
from etl.urls import identity

OK_STATUS = 200
NOT_MODIFIED_STATUS = 304


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPoll:
    """An answer looked into. `body` is there only when it says something new."""

    state: FeedState
    answer: Answer
    result: Feed | Failed | NotModified
    body: Body | None = None
    body_sha256: str | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of a changed feed; none of any other."""
        return self.result.entries if isinstance(self.result, Feed) else ()


def open_answer(state: FeedState, answer: Answer) -> OpenedPoll:
    """Parse an answer, unless its bytes are those of last time."""
    body = answer.result
    if not isinstance(body, Body):
        return OpenedPoll(state=state, answer=answer, result=body)
    digest = hashlib.sha256(body.content).hexdigest()
    if digest == state.body_sha256:
        # ~30% of full answers carry an unchanged body (Media Cloud): a 304 that was not said.
        same = NotModified(url=body.url, headers=body.headers)
        return OpenedPoll(state=state, answer=answer, result=same, body_sha256=digest)
    feed = _parse(body, state.feed_url)
    if isinstance(feed, Failed):
        return OpenedPoll(state=state, answer=answer, result=feed)
    return OpenedPoll(state=state, answer=answer, result=feed, body=body, body_sha256=digest)


def _parse(body: Body, feed_url: str) -> Feed | Failed:
    try:
        return parse_feed(
            body.content,
            url=feed_url,
            base_url=body.final_url,
            content_type=body.header("content-type"),
        )
    except ParseError as error:
        return Failed(
            url=body.url, reason=Reason.NOT_A_FEED, detail=error.detail, status=body.status
        )
    except Exception as error:  # noqa: BLE001 - a parser's bug must not cost the other feeds
        return Failed(
            url=body.url, reason=Reason.BUG, detail=f"newshouse failed on it: {error!r}",
            status=body.status,
        )  # fmt: skip


def settle_poll(
    poll: OpenedPoll,
    *,
    known: Mapping[str, KnownEntry],
    page: PageRef | None,
    now: datetime,
    rules: ScheduleRules,
) -> Polled:
    """Return the feed's next state and the decision on every entry met."""
    exchanges = poll.answer.exchanges
    if isinstance(poll.result, Failed):
        state = after_failure(poll.state, poll.result, now=now, rules=rules)
        return Polled(state=state, exchanges=exchanges, is_failed=True)
    met = tuple(meet(entry, known.get(entry.entry_id), now=now) for entry in poll.entries)
    feed = poll.result if isinstance(poll.result, Feed) else None
    state = after_success(
        poll.state,
        feed,
        now=now,
        status=_status(poll.answer),
        validators=_validators(poll.answer),
        body_sha256=poll.body_sha256,
        new_entries=sum(one.is_new for one in met),
        rules=rules,
    )
    return Polled(state=state, exchanges=exchanges, page=page, met=met, is_unchanged=feed is None)


def meet(entry: Entry, known: KnownEntry | None, *, now: datetime) -> Met:
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
    )


def _status(answer: Answer) -> int:
    return answer.result.status if isinstance(answer.result, Body) else NOT_MODIFIED_STATUS


def _validators(answer: Answer) -> Validators:
    headers = dict(answer.result.headers) if not isinstance(answer.result, Failed) else {}
    return Validators(etag=headers.get("etag"), last_modified=headers.get("last-modified"))
