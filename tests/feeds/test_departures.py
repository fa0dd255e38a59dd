"""How entries leave without an article, and when their pages are asked for again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from etl.feeds.decide import SECOND_LOOKS, RevisitRules
from etl.feeds.departures import Settled, depart, needs_carried, settle_page
from etl.outcomes import Outcome, Reason
from etl.records import Bug, Departure, Failed, Hints, Validators, Work

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def make_work(
    attempts: int = 0,
    *,
    article_id: str | None = None,
    days_old: float = 1 / 24,
    has_carried: bool = False,
) -> Work:
    """Return a page first seen an hour ago."""
    return Work(
        hints=Hints(entry_id="e", feed_url="https://example.org/f.xml"),
        url="https://example.org/a", followers=(), validators=Validators(), attempts=attempts,
        first_seen_at=NOW - timedelta(days=days_old), article_id=article_id,
        has_carried=has_carried,
    )  # fmt: skip


def settle(
    work: Work, result: Departure | Bug, *, retry_after_s: float | None = None, days: float = 0
) -> Settled:
    """Return what such a result means under the usual plan, so many days after NOW."""
    return settle_page(
        work,
        result,
        retry_after_s=retry_after_s,
        now=NOW + timedelta(days=days),
        revisits=RevisitRules(),
    )


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
        settled = settle(make_work(attempts), failure(Reason.TIMEOUT, is_permanent=False))
        attempts = settled.attempts
        if settled.due_at is None:
            break
        waits.append(settled.due_at - NOW)
    assert waits == sorted(waits)
    assert waits[0] < waits[-1] <= timedelta(days=7)
    assert isinstance(settled.result, Departure)
    assert settled.result.outcome is Outcome.GAVE_UP
    assert f"after {attempts} tries" in (settled.result.detail or "")


def test_a_server_that_asks_for_patience_gets_it():
    """Retry-After outweighs our own wait."""
    limited = failure(Reason.RATE_LIMITED, is_permanent=False)
    asked = settle(make_work(), limited, retry_after_s=7200)
    assert asked.due_at == NOW + timedelta(hours=2)


def test_a_page_that_did_not_change_is_looked_at_again_while_it_is_young():
    """An hour old: in a quarter of an hour."""
    unchanged = Departure(entry_id="e", outcome=Outcome.UNCHANGED)
    settled = settle(make_work(), unchanged)
    assert settled.due_at == NOW + timedelta(minutes=15)


def test_what_hit_a_bug_waits_for_its_entry_to_say_something_new():
    """Asking again would hit it again."""
    assert settle(make_work(), Bug(where="f@1", detail="d", trace="t")).due_at is None


@pytest.mark.parametrize("outcome", [Outcome.REJECTED, Outcome.GAVE_UP])
def test_what_was_refused_or_missing_is_looked_at_again_and_then_let_be(outcome: Outcome):
    """It keeps saying how it ended; each look counts."""
    lost = Departure(entry_id="e", outcome=outcome, reason=Reason.TOO_SHORT)
    looks, attempts = [], 0
    while (settled := settle(make_work(attempts), lost)).due_at is not None:
        assert settled.result == lost
        looks.append(settled.due_at - NOW)
        attempts = settled.attempts
    assert looks == list(SECOND_LOOKS)


def test_a_page_failing_for_hours_is_replaced_by_what_its_feed_carried():
    """Not at its first failure: the page itself is worth more."""
    failed = Departure(entry_id="e", outcome=Outcome.FAILED, reason=Reason.TIMEOUT)
    tries = [needs_carried(make_work(n, has_carried=True), failed) for n in range(5)]
    assert tries == [False, False, False, True, True]


GONE_PAGE = failure(Reason.GONE, is_permanent=True)
NOT_FOUND = failure(Reason.HTTP_STATUS, is_permanent=True)


@pytest.mark.parametrize("gone", [GONE_PAGE, NOT_FOUND])
def test_a_page_that_vanished_is_confirmed_twice_a_day_apart_before_it_is_said(gone: Departure):
    """Until then it is a failure that is looked at again; then it is not any more."""
    attempts, outcomes, days = 0, [], 0.0
    for _ in range(3):
        settled = settle(make_work(attempts, article_id="a"), gone, days=days)
        attempts, days = settled.attempts, days + 1
        assert isinstance(settled.result, Departure)
        outcomes.append(settled.result.outcome)
        if settled.due_at is not None:
            assert settled.due_at == NOW + timedelta(days=days)
    assert outcomes == [Outcome.FAILED, Outcome.FAILED, Outcome.GAVE_UP]
    assert settled.due_at is None
    assert settled.result.reason is gone.reason
    assert "3 times" in (settled.result.detail or "")


def test_a_page_that_is_back_takes_the_count_back_and_a_time_out_does_not():
    """Only a good look disproves that it is gone; only the same finding confirms it."""
    work = make_work(2, article_id="a")
    down = settle(work, failure(Reason.TIMEOUT, is_permanent=False))
    assert down.attempts == 2
    back = settle(work, Departure(entry_id="e", outcome=Outcome.UNCHANGED))
    assert back.attempts == 0
    assert back.due_at is not None


def test_a_look_that_fails_is_tried_again_by_plan_and_costs_the_article_nothing():
    """As long as the article is young; after that it was the last look."""
    down = failure(Reason.TIMEOUT, is_permanent=False)
    for attempts in range(12):
        settled = settle(make_work(attempts, article_id="a", days_old=2), down)
        assert settled.due_at == NOW + timedelta(days=1)
        assert settled.result == down
    asked = settle(make_work(article_id="a"), down, retry_after_s=7200)
    assert asked.due_at == NOW + timedelta(hours=2)
    last = settle(make_work(1, article_id="a", days_old=8), down)
    assert last.due_at is None
    assert isinstance(last.result, Departure)
    assert last.result.outcome is Outcome.GAVE_UP
    assert "last look" in (last.result.detail or "")


def test_a_page_that_is_no_article_today_may_be_one_tomorrow():
    """A stub or a bot check in place of an article we have is looked at again by plan."""
    for reason in (Reason.TOO_SHORT, Reason.BLOCKED, Reason.NOT_HTML):
        stub = Departure(entry_id="e", outcome=Outcome.REJECTED, reason=reason)
        settled = settle(make_work(article_id="a"), stub)
        assert settled.due_at == NOW + timedelta(minutes=15)
        assert settled.result == stub


def test_a_page_found_to_be_anothers_is_that_ones_to_revisit():
    """It is not asked for on its own account again."""
    known = Departure(entry_id="e", outcome=Outcome.KNOWN, detail="same page")
    for article_id in (None, "a"):
        assert settle(make_work(article_id=article_id), known).due_at is None


@pytest.mark.parametrize(
    ("reason", "is_wanted"),
    [(reason, reason not in {
        Reason.UNSAFE_TARGET, Reason.BAD_URL, Reason.NO_URL, Reason.BUG, Reason.INTERRUPTED,
    }) for reason in Reason],
)  # fmt: skip
def test_what_the_feed_carried_stands_in_for_a_page_that_cannot_be_had(
    reason: Reason, is_wanted: bool
):
    """Whether it was refused, given up or no article; never for an address one may not ask."""
    work = make_work(has_carried=True)
    for outcome in (Outcome.GAVE_UP, Outcome.REJECTED):
        departure = Departure(entry_id="e", outcome=outcome, reason=reason)
        assert needs_carried(work, departure) is is_wanted
        assert not needs_carried(make_work(), departure)
        assert not needs_carried(make_work(has_carried=True, article_id="a"), departure)


def test_a_page_that_may_still_come_is_waited_for():
    """What the feed carried is the last resort."""
    work = make_work(has_carried=True)
    for outcome in (Outcome.FAILED, Outcome.UNCHANGED, Outcome.KNOWN, Outcome.DEFERRED):
        departure = Departure(entry_id="e", outcome=outcome, reason=Reason.TIMEOUT)
        assert not needs_carried(work, departure)
    assert not needs_carried(work, Bug(where="f@1", detail="d", trace="t"))
