"""Decide when a feed is asked again: the state before and what came of a poll in, the next out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from etl.outcomes import Reason
from etl.records import Failed, Feed, FeedState, Validators

DAY_S = 86_400
GONE_INTERVAL_S = 7 * DAY_S
"""Gone feeds are asked once a week: publishers have come back from a 410."""

FAILING_AFTER = 3
"""Failures in a row before a feed is called failing."""

SHRINK = 0.6
GROW = 1.3
JITTER = 0.1
_GONE_STATUS = 410
_NOT_MODIFIED_STATUS = 304

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRules:
    """Bounds of the poll interval, in seconds."""

    min_interval_s: int = 300
    max_interval_s: int = DAY_S
    initial_interval_s: int = 900


def after_success(
    state: FeedState,
    feed: Feed | None,
    *,
    now: datetime,
    status: int,
    validators: Validators,
    body_sha256: str | None,
    new_entries: int,
    rules: ScheduleRules,
) -> FeedState:
    """Return the feed's state after an answer.

    The interval shrinks when something new came and grows when not, never below what the feed
    itself asks for (`ttl_s`, a day at most), and moves by up to a tenth so that feeds subscribed
    together do not stay together.

    Args:
        state: what we knew before.
        feed: what was read; None for a 304 or a body we had.
        now: when the answer was read.
        status: the HTTP status.
        validators: the answer's; a 304 without any keeps the old ones, a 200 does not.
        body_sha256: of the body; None keeps what we had.
        new_entries: how many entries were never seen before.
        rules: bounds of the interval.
    """
    interval_s = _next_interval_s(state, feed, new_entries=new_entries, rules=rules)
    wait_s = _jittered_s(interval_s, state.feed_url, now)
    floor_s = _floor_s(feed, rules)
    wait_s = min(max(wait_s, floor_s), max(rules.max_interval_s, floor_s))
    is_silent_304 = status == _NOT_MODIFIED_STATUS and validators == Validators()
    return replace(
        state,
        title=state.title or (feed.title if feed is not None else None),
        format=feed.format if feed is not None else state.format,
        state="paused" if state.state == "paused" else "active",
        validators=state.validators if is_silent_304 else validators,
        body_sha256=body_sha256 or state.body_sha256,
        last_polled_at=now,
        last_new_at=now if new_entries > 0 else state.last_new_at,
        next_poll_at=now + timedelta(seconds=wait_s),
        interval_s=interval_s,
        consecutive_failures=0,
        last_status=status,
        last_error=None,
    )


def after_failure(
    state: FeedState, failed: Failed, *, now: datetime, rules: ScheduleRules
) -> FeedState:
    """Return the feed's state after a poll that brought nothing usable.

    Each failure in a row adds one interval to the wait, up to a day: a feed is never given up.
    A 410 makes it gone, asked once a week. `Retry-After` is obeyed up to a day. The interval
    itself stays, for when the feed is well again.
    """
    failures = state.consecutive_failures + 1
    name = _state_after(state, failed, failures)
    interval_s = state.interval_s or rules.initial_interval_s
    wait_s = GONE_INTERVAL_S if name == "gone" else min(interval_s * (1 + failures), DAY_S)
    asked_s = min(max(failed.retry_after_s or 0, 0), DAY_S)
    wait_s = max(_jittered_s(wait_s, state.feed_url, now), int(asked_s) + 1)
    if name != "gone":
        wait_s = min(wait_s, DAY_S)
    return replace(
        state,
        state=name,
        last_polled_at=now,
        next_poll_at=now + timedelta(seconds=wait_s),
        consecutive_failures=failures,
        last_status=failed.status,
        last_error=_sentence(failed, failures),
    )


def _state_after(
    state: FeedState, failed: Failed, failures: int
) -> Literal["active", "failing", "gone", "paused"]:
    if state.state == "paused":
        return "paused"
    if failed.reason is Reason.GONE or failed.status == _GONE_STATUS or state.state == "gone":
        return "gone"
    return "failing" if failures >= FAILING_AFTER else "active"


def _next_interval_s(
    state: FeedState, feed: Feed | None, *, new_entries: int, rules: ScheduleRules
) -> int:
    """Return the seconds between polls from now on."""
    if state.interval_s is None or state.state == "gone":
        # Everything is new on a first poll: that says nothing of how often news comes.
        wanted = float(rules.initial_interval_s)
    else:
        wanted = state.interval_s * (SHRINK if new_entries > 0 else GROW)
    bounded = min(max(round(wanted), rules.min_interval_s), rules.max_interval_s)
    return max(bounded, _floor_s(feed, rules))


def _floor_s(feed: Feed | None, rules: ScheduleRules) -> int:
    asked_s = feed.ttl_s if feed is not None and feed.ttl_s is not None else 0
    return max(rules.min_interval_s, min(asked_s, DAY_S))


def _jittered_s(seconds: int, feed_url: str, now: datetime) -> int:
    """Return `seconds` moved by up to a tenth, always the same way for the same feed and time."""
    digest = hashlib.sha256(f"{feed_url} {now.isoformat()}".encode("utf-8", "replace")).digest()
    share = int.from_bytes(digest[:4], "big") / 0xFFFFFFFF
    return round(seconds * (1 + JITTER * (2 * share - 1)))


def _sentence(failed: Failed, failures: int) -> str:
    """Return what went wrong as a sentence for the `feeds` view."""
    what = _SENTENCES.get(failed.reason, failed.reason.value.replace("_", " ").capitalize())
    detail = f": {failed.detail.rstrip('. ')}" if failed.detail.strip() else ""
    times = f" ({failures} times in a row)" if failures > 1 else ""
    return f"{what}{detail}{times}."
