"""Which validators a feed is asked with, and when a 304 is checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from etl.feeds.polling.schedule import ScheduleRules
from etl.feeds.polling.trust import (
    is_to_be_audited,
    next_validators,
    trusted_validators,
)
from etl.records import Answer, Body, Failed, NotModified, Request, Validators

from .pasts import DOWN, NEW, NOW, RULES, URL

HELD = Validators(etag='W/"1"', last_modified="Tue, 17 Feb 2026 14:00:00 GMT", url=URL)
STATE = replace(NEW, validators=HELD)


def answer(result: Body | NotModified | Failed) -> Answer:
    """Return an answer with this result."""
    return Answer(request=Request(key=URL, url=URL, kind="feed"), result=result, exchanges=())


def body(*headers: tuple[str, str]) -> Body:
    """Return a 200 that came from another address than asked."""
    return Body(
        url=URL, final_url="https://cdn.test/f", status=200, headers=headers, content=b"",
        fetched_at=NOW,
    )  # fmt: skip


def test_validators_are_kept_verbatim_with_the_address_that_gave_them():
    """An ETag is opaque, weak mark and quotes included (RFC 9110, 8.8.3)."""
    given = next_validators(NEW, answer(body(("etag", 'W/"a b"'), ("last-modified", "yesterday"))))
    assert given == Validators(etag='W/"a b"', last_modified="yesterday", url="https://cdn.test/f")


def test_a_full_answer_without_validators_drops_the_old_ones():
    """They belong to another body."""
    assert next_validators(STATE, answer(body())) == Validators()


def test_a_304_keeps_what_it_does_not_repeat():
    """RFC 9111, 4.3.4."""
    assert next_validators(STATE, answer(NotModified(url=URL))) == HELD
    fresh = NotModified(url=URL, headers=(("etag", '"2"'),))
    assert next_validators(STATE, answer(fresh)) == replace(HELD, etag='"2"')
    assert next_validators(STATE, answer(DOWN)) == HELD


@pytest.mark.parametrize(("days", "sent"), [(0, Validators()), (29, Validators()), (30, HELD)])
def test_a_liar_is_asked_in_full_for_thirty_days(days: int, sent: Validators):
    """Then it is trusted again."""
    liar = replace(STATE, lied_at=NOW)
    assert trusted_validators(liar, now=NOW + timedelta(days=days)) == sent


def test_one_conditional_poll_in_a_hundred_is_audited():
    """Drawn by feed and time, the same way each time; never where there is nothing to audit."""
    times = [NOW + timedelta(minutes=15 * number) for number in range(4_000)]
    drawn = [is_to_be_audited(STATE, HELD, now=now, rules=RULES) for now in times]
    assert 20 <= sum(drawn) <= 65
    assert drawn == [is_to_be_audited(STATE, HELD, now=now, rules=RULES) for now in times]
    always, never = ScheduleRules(audit_share=1.0), ScheduleRules(audit_share=0.0)
    assert all(is_to_be_audited(STATE, HELD, now=now, rules=always) for now in times)
    assert not any(is_to_be_audited(STATE, HELD, now=now, rules=never) for now in times)
    assert not is_to_be_audited(STATE, Validators(url=URL), now=NOW, rules=always)
