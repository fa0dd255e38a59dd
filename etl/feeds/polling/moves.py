"""Follow a feed that moved for good, once enough answers agree that it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from etl.records import FeedState, Hop, Move

SIGHTINGS = 5
OVER = timedelta(days=1)
"""A 301 is adopted after so many polls in a row over so long: a captive portal, a site's bad
afternoon or a hijacked host must not take a subscription away. NewsBlur waits for ten."""

RETURN_AFTER = 3
"""Failures in a row at an adopted address before the subscribed one is asked again."""

_PERMANENT = frozenset({301, 308})


def permanent_target(hops: Sequence[Hop]) -> str | None:
    """Return where the leading permanent redirects (RFC 9110, 15.4.2 and 15.4.9) lead, or None.

    What stands behind a temporary one is where the feed is today, not where it moved.
    """
    target = None
    for hop in hops:
        if hop.status not in _PERMANENT:
            break
        target = hop.location
    return target


def sight_move(state: FeedState, hops: Sequence[Hop], *, now: datetime) -> FeedState:
    """Return the state after a good answer at the end of these redirects.

    Agreeing answers add up and the address is adopted in the end; an answer without a permanent
    redirect, or with another target, begins anew. `feed_url` stays what it is.
    """
    target = permanent_target(hops)
    if target is None:
        is_settled = state.move is None or state.move.target == state.address
        return state if is_settled else replace(state, move=None)
    if state.move is None or state.move.target != target:
        return replace(state, move=Move(target=target, sightings=1, first_seen_at=now))
    move = replace(state.move, sightings=state.move.sightings + 1)
    if move.sightings < SIGHTINGS or now - move.first_seen_at < OVER:
        return replace(state, move=move)
    if target == state.feed_url:  # it moved back
        return replace(state, address=None, move=None)
    return replace(state, address=target, move=move)


def leave_address(state: FeedState, *, is_gone: bool) -> FeedState:
    """Return the state to ask the subscribed address again if an adopted one keeps failing.

    Args:
        state: with the failure counted.
        is_gone: the publisher says the address is gone: one such answer is enough.
    """
    if state.address is None or (state.consecutive_failures < RETURN_AFTER and not is_gone):
        return state
    return replace(state, address=None, move=None)
