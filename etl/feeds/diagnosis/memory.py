"""Judge what the warehouse remembers of a feed: failures, moves, lies, silence, lost entries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from etl.durations import say_duration, say_time
from etl.feeds.diagnosis.finding import Finding, fine, note, problem
from etl.feeds.polling.trust import DISTRUST, is_distrusted
from etl.records import FeedState


def judge_memory(state: FeedState, *, now: datetime) -> Iterator[Finding]:
    """Yield how polling the feed has gone so far; every feed has at least one finding."""
    if state.last_polled_at is None:
        yield fine("memory", "subscribed, and not polled yet", "asks it in the next run")
        return
    yield from _judge_course(state)
    if state.address is not None:
        yield note("moved", f"asked at {state.address} since it moved there for good")
    if state.move is not None and state.move.target != state.address:
        yield note(
            "moved",
            f"seen to have moved to {state.move.target} {state.move.sightings} times since "
            f"{say_time(state.move.first_seen_at)}",
            "goes on asking the old address until it is sure",
        )
    if state.lied_at is not None and is_distrusted(state, now=now):
        yield note(
            "lying",
            f"on {say_time(state.lied_at)} a 304 of it was found to hide news",
            f"asks without validators until {say_time(state.lied_at + DISTRUST)}",
        )
    if state.missed_estimate:
        yield problem(
            "missed",
            f"about {state.missed_estimate:,} entries came and went between polls",
            "asks more often, down to schedule.min_interval; pages it never saw are not fetched",
            "run more often (schedule.every), or lower schedule.min_interval",
        )


def _judge_course(state: FeedState) -> Iterator[Finding]:
    assert state.last_polled_at is not None
    times = f"last polled {say_time(state.last_polled_at)}"
    if state.next_poll_at is not None:
        times += f", next {say_time(state.next_poll_at)}"
    if state.interval_s is not None:
        times += f", every {say_duration(state.interval_s)}"
    last_new = (
        f"; the last new entry came {say_time(state.last_new_at)}" if state.last_new_at else ""
    )
    if state.state == "paused":
        yield note("memory", f"paused; {times}", "does not ask it")
    elif state.consecutive_failures or state.state in {"failing", "gone"}:
        count = state.consecutive_failures
        failures = f"{count} failure{'' if count == 1 else 's'}"
        since = f" since {say_time(state.failing_since)}" if state.failing_since else ""
        yield problem(
            "memory",
            f"{state.state}: {failures} in a row{since}; {state.last_error or 'no error recorded'}",
            times,
        )
    else:
        yield fine("memory", times + last_new)
    is_silent = state.silent_at is not None and state.last_polled_at >= state.silent_at
    if is_silent and state.silent_at is not None:
        yield problem(
            "silent",
            f"silent: by its habit something new should have come by {say_time(state.silent_at)}"
            + last_new,
            "goes on asking; the alarm feed_silent is on until something comes",
            "see whether the site goes on elsewhere",
        )
