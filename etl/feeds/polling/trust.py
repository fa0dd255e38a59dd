"""How far a feed's "not modified" is believed: which validators it is sent, and when none."""

from __future__ import annotations

from datetime import datetime, timedelta

from etl.feeds.polling.schedule import ScheduleRules, chance
from etl.records import Answer, Body, FeedState, Validators

DISTRUST = timedelta(days=30)
"""How long a feed whose 304 hid news gets no validators: server bugs do get mended."""


QUIET = timedelta(hours=1)


def is_distrusted(state: FeedState, *, now: datetime) -> bool:
    """Say if the feed was found lying of late."""
    return state.lied_at is not None and now - state.lied_at < DISTRUST


def trusted_validators(state: FeedState, *, now: datetime) -> Validators:
    """Return what to ask the feed with: its own validators, or none while it is distrusted."""
    return Validators() if is_distrusted(state, now=now) else state.validators


def is_to_be_audited(
    state: FeedState, validators: Validators, *, now: datetime, rules: ScheduleRules
) -> bool:
    """Say if a 304 to these validators is to be checked: a share of polls, drawn by feed and time.

    Media Cloud gave up conditional GET over feeds that return the same validators with other
    news; one check in a hundred finds them and keeps it for all the others. A feed that brought
    news within the hour hides none.
    """
    has_any = bool(validators.etag or validators.last_modified)
    is_quiet = state.last_new_at is None or now - state.last_new_at >= QUIET
    return has_any and is_quiet and chance("audit", state.feed_url, now) < rules.audit_share


def next_validators(state: FeedState, answer: Answer) -> Validators:
    """Return what to ask with next time: an answer's own, under the URL that gave it.

    A 304 freshens those we have and need not repeat them (RFC 9111, 4.3.4); a 200 without any
    drops them: they belong to another body.
    """
    if isinstance(answer.result, Body):
        etag = answer.result.header("etag")
        last_modified = answer.result.header("last-modified")
        url = answer.result.final_url if etag or last_modified else None
        return Validators(etag=etag, last_modified=last_modified, url=url)
    headers = dict(getattr(answer.result, "headers", ()))
    held = state.validators
    return Validators(
        etag=headers.get("etag") or held.etag,
        last_modified=headers.get("last-modified") or held.last_modified,
        url=held.url,
    )
