"""How entries leave without an article, and when their pages are asked for again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from etl.feeds.departures import depart, settle_page
from etl.outcomes import Outcome, Reason
from etl.records import Bug, Departure, Failed, Hints, Validators, Work

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def make_work(attempts: int = 0) -> Work:
    """Return a page first seen an hour ago."""
    return Work(
        hints=Hints(entry_id="e", feed_url="https://example.org/f.xml"),
        url="https://example.org/a", followers=(), validators=Validators(), attempts=attempts,
        first_seen_at=NOW - timedelta(hours=1),
    )  # fmt: skip


def failure(reason: Reason, *, is_permanent: bool) -> Departure:
    """Return how an entry departs on such a failure."""
    failed = Failed(
        url="https://example.org/a", reason=reason, detail="why", is_permanent=is_permanent
    )
    return depart("e", failed)


@pytest.mark.parametrize(
    ("reason", "is_permanent", "outcome"),
    [
        (Reason.TIMEOUT, False, Outcome.FAILED),
        (Reason.GONE, True, Outcome.GAVE_UP),
        (Reason.UNSAFE_TARGET, True, Outcome.REJECTED),
        (Reason.TOO_LARGE, True, Outcome.REJECTED),
    ],
)
def test_a_failure_says_something_of_the_day_or_of_the_entry(
    reason: Reason, is_permanent: bool, outcome: Outcome
):
    """Which decides whether it is tried again, given up or refused."""
    departure = failure(reason, is_permanent=is_permanent)
    assert (departure.outcome, departure.reason, departure.detail) == (outcome, reason, "why")


def test_a_failed_page_is_tried_again_with_growing_patience_and_given_up_in_the_end():
    """Each wait is longer than the last; the last failure says how many there were."""
    waits, attempts = [], 0
    while True:
        settled = settle_page(
            make_work(attempts),
            failure(Reason.TIMEOUT, is_permanent=False),
            retry_after_s=None,
            now=NOW,
        )
        attempts = settled.attempts
        if settled.due_at is None:
            break
        waits.append(settled.due_at - NOW)
    assert waits == sorted(waits)
    assert waits[0] < waits[-1] <= timedelta(days=1)
    assert isinstance(settled.result, Departure)
    assert settled.result.outcome is Outcome.GAVE_UP
    assert f"after {attempts} tries" in (settled.result.detail or "")


def test_a_server_that_asks_for_patience_gets_it():
    """Retry-After outweighs our own wait."""
    asked = settle_page(
        make_work(), failure(Reason.RATE_LIMITED, is_permanent=False), retry_after_s=7200, now=NOW
    )
    assert asked.due_at == NOW + timedelta(hours=2)


def test_a_page_that_did_not_change_is_looked_at_again_while_it_is_young():
    """An hour old: in a quarter of an hour."""
    unchanged = Departure(entry_id="e", outcome=Outcome.UNCHANGED)
    settled = settle_page(make_work(), unchanged, retry_after_s=None, now=NOW)
    assert settled.due_at == NOW + timedelta(minutes=15)


def test_what_was_rejected_or_hit_a_bug_waits_for_its_entry_to_say_something_new():
    """Asking again would give the same answer."""
    for result in (
        Departure(entry_id="e", outcome=Outcome.REJECTED, reason=Reason.TOO_SHORT),
        Bug(where="f@1", detail="d", trace="t"),
    ):
        assert settle_page(make_work(), result, retry_after_s=None, now=NOW).due_at is None
