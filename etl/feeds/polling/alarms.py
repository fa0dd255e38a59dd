"""What about a feed wants a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from etl.feeds.polling.trust import DISTRUST, is_distrusted
from etl.records import Alarm, FeedState


def feed_alarms(before: FeedState, state: FeedState, *, now: datetime) -> tuple[Alarm, ...]:
    """Return every alarm that holds after a poll.

    Args:
        before: the feed as it was before the poll.
        state: as it is now.
        now: when it was polled.
    """
    return tuple(_alarms(before, state, now))


def _alarms(before: FeedState, state: FeedState, now: datetime) -> Iterator[Alarm]:
    if state.state == "failing":
        yield Alarm(kind="feed_failing", detail=state.last_error or "")
    if state.state == "gone":
        detail = f"{state.last_error or ''} Failing{_since(state.failing_since)}; asked once a week"
        yield Alarm(kind="feed_gone", detail=detail.strip())
    if is_distrusted(state, now=now) and state.lied_at is not None:
        detail = (
            f"on {_day(state.lied_at)} it answered 304 (not modified) although it had news; it is"
            f" asked for in full until {_day(state.lied_at + DISTRUST)}"
        )
        yield Alarm(kind="feed_lying", detail=detail)
    if _is_silent(state, now):
        detail = f"nothing new{_since(state.last_new_at)}, against its rhythm; it answers well"
        yield Alarm(kind="feed_silent", detail=detail)
    if state.address is not None:
        yield Alarm(kind="feed_moved", detail=_moved(state, state.address))
    missed = (state.missed_estimate or 0) - (before.missed_estimate or 0)
    if missed > 0:
        detail = (
            f"about {missed} entries came and went unseen{_since(before.last_polled_at)}; it is"
            " polled more often"
        )
        yield Alarm(kind="feed_missing_entries", detail=detail)


def _is_silent(state: FeedState, now: datetime) -> bool:
    """Say if good answers went on past the time by which something should have come.

    While a feed fails, silence is only what it was when it began to: a broken feed is not silent,
    and a silent one does not speak by failing once.
    """
    return state.silent_at is not None and state.silent_at < (state.failing_since or now)


def _moved(state: FeedState, address: str) -> str:
    is_first = state.move is not None and state.move.target == address
    since = _since(state.move.first_seen_at) if is_first and state.move else ""
    return (
        f"asked at {address}, where it has redirected for good{since}; update the subscription"
        f" with `newshouse feeds add {address}` and `newshouse feeds remove {state.feed_url}`"
    )


def _since(moment: datetime | None) -> str:
    return f" since {_day(moment)}" if moment is not None else ""


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
