"""What a poll that brought nothing usable means for a feed: wait longer, and never for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from etl.feeds.polling.hints import DAY_S
from etl.feeds.polling.moves import leave_address
from etl.feeds.polling.schedule import ScheduleRules, jittered_s
from etl.outcomes import Reason
from etl.records import Failed, FeedState

GONE_INTERVAL_S = 7 * DAY_S
"""Gone feeds are asked once a week: publishers have come back from a 410."""

FAILING_AFTER = 3
"""Failures in a row before a feed is called failing."""

DEAD_AFTER = timedelta(days=30)
DEAD_FAILURES = 20
"""A feed that failed for so long, and was asked so often, is retired to one question a week."""

_GONE_STATUS = 410

_SENTENCES: dict[Reason, str] = {
    Reason.DNS: "The host name could not be resolved",
    Reason.CONNECTION: "No connection could be made",
    Reason.TLS: "The server's certificate was not accepted",
    Reason.TIMEOUT: "The server took too long",
    Reason.GONE: "The publisher says the feed is gone for good",
    Reason.RATE_LIMITED: "The server asked us to come less often",
    Reason.HTTP_STATUS: "The server answered with an error",
    Reason.NOT_A_FEED: "The answer is not a feed",
    Reason.ROBOTS_DENIED: "robots.txt does not allow it",
    Reason.UNSAFE_TARGET: "The address is not a public one",
    Reason.TOO_LARGE: "The answer is too large",
    Reason.TOO_MANY_REDIRECTS: "It redirects without end",
}


def after_failure(
    state: FeedState, failed: Failed, *, now: datetime, rules: ScheduleRules
) -> FeedState:
    """Return the feed's state after a poll that brought nothing usable.

    Each failure in a row adds one interval to the wait, up to a day (Media Cloud's linear
    back-off). A 410, or a month of nothing but failures, makes the feed gone: asked once a week,
    for as long as it is subscribed. `Retry-After` is obeyed up to a day. What was learned of the
    feed stays, for when it is well again.
    """
    failures = state.consecutive_failures + 1
    counted = replace(
        state,
        last_polled_at=now,
        consecutive_failures=failures,
        failing_since=state.failing_since or now,
        last_status=failed.status,
        last_error=_sentence(failed, failures),
    )
    is_gone = failed.reason is Reason.GONE or failed.status == _GONE_STATUS
    left = leave_address(counted, is_gone=is_gone)
    # A 410 of the address adopted says nothing yet of the one subscribed to.
    name = _state_after(left, is_gone=is_gone and state.address is None, now=now)
    wait_s = _wait_s(left, name, failed, now=now, rules=rules)
    return replace(left, state=name, next_poll_at=now + timedelta(seconds=wait_s))


def _state_after(
    state: FeedState, *, is_gone: bool, now: datetime
) -> Literal["active", "failing", "gone", "paused"]:
    if state.state == "paused":
        return "paused"
    failing_since = state.failing_since or now
    is_dead = now - failing_since >= DEAD_AFTER and state.consecutive_failures >= DEAD_FAILURES
    if is_gone or is_dead or state.state == "gone":
        return "gone"
    return "failing" if state.consecutive_failures >= FAILING_AFTER else "active"


def _wait_s(
    state: FeedState, name: str, failed: Failed, *, now: datetime, rules: ScheduleRules
) -> int:
    """Return the seconds until the feed is asked again, `Retry-After` obeyed up to a day."""
    if name == "gone":
        return jittered_s(GONE_INTERVAL_S, state.feed_url, now)
    interval_s = state.interval_s or rules.initial_interval_s
    own_s = min(interval_s * (1 + state.consecutive_failures), DAY_S)
    asked_s = int(min(max(failed.retry_after_s or 0, 0), DAY_S)) + 1
    return min(max(jittered_s(own_s, state.feed_url, now), asked_s), DAY_S)


def _sentence(failed: Failed, failures: int) -> str:
    """Return what went wrong as a sentence for the `feeds` view."""
    times = f" ({failures} times in a row)" if failures > 1 else ""
    return f"{say_failure(failed)}{times}."


def say_failure(failed: Failed) -> str:
    """Return what went wrong in words, with its detail, without a full stop."""
    what = _SENTENCES.get(failed.reason, failed.reason.value.replace("_", " ").capitalize())
    return what + (f": {failed.detail.rstrip('. ')}" if failed.detail.strip() else "")
