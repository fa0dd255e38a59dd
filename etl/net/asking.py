"""One hop: takes its turn, asks, tries again where that helps, and tells the host's lane."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

from etl.errors import TransientFetchError
from etl.net.answers import read_retry_after
from etl.net.client import Reply, WebClient
from etl.net.policy import FetchPolicy
from etl.net.politeness import Politeness, Turn
from etl.net.robots import READ_BYTES
from etl.net.target import Target
from etl.net.trip import Trip
from etl.net.trouble import BrokenError, StaleError
from etl.outcomes import Reason

_SLOW_DOWN = frozenset({429, 503})
SILENCE = frozenset({Reason.TIMEOUT, Reason.CONNECTION, Reason.DNS})
"""What a host that is down, or does not want to talk, comes to."""


class Asker:
    """Asks hosts in their turn. Lives in one event loop, for one run."""

    def __init__(
        self, policy: FetchPolicy, politeness: Politeness, clock: Callable[[], datetime]
    ) -> None:
        self._policy = policy
        self._politeness = politeness
        self._clock = clock
        self._client = WebClient(policy)
        self._agent = policy.user_agent_header().encode("latin-1", "replace")

    async def ask(self, target: Target, trip: Trip, room: asyncio.Event) -> Reply:
        """Return the reply of `target`, asked once more if a kept connection had gone stale.

        Nothing else is tried twice in a run, and a page never: what broke once is asked for again
        when it is due. Whether a server dropped an old connection or this page, nobody can tell.

        Args:
            target: where the trip stands.
            trip: what for; it is told what the asking comes to.
            room: no turn is taken while it is not set.

        Raises:
            FetchError: there is no reply; so many of those in a row and the host is left alone.
        """
        tries_left = 0 if trip.request.kind == "page" else self._policy.retries
        while True:
            async with self._politeness.turn(target.host, target.url, room) as turn:
                try:
                    reply = await self._ask_once(target, trip, turn)
                except StaleError:
                    if tries_left == 0:
                        raise
                    tries_left -= 1
                    continue
                if reply.status in _SLOW_DOWN:
                    at = self._clock()
                    asked_s = read_retry_after(reply.header("retry-after"), now=at)
                    turn.lane.slow_down(asked_s, now=time.monotonic(), at=at)
                else:
                    turn.lane.note_answer()
                return reply

    async def close(self) -> None:
        """Close every connection."""
        await self._client.close()

    async def _ask_once(self, target: Target, trip: Trip, turn: Turn) -> Reply:
        trip.started_at = trip.started_at or self._clock()
        trip.headers = ()
        began = time.monotonic()
        limit_s = max(self._policy.total_timeout_s - trip.spent_s, 0.0)
        try:
            reply = await self._client.ask(
                target,
                trip.headers_for(target, self._agent),
                trip.meter,
                limit_s=limit_s,
                on_send=turn.note_sent,
                enough_bytes=READ_BYTES if trip.request.kind == "robots" else None,
            )
        except TransientFetchError as error:
            # A hop that others had used up the time of is not to blame.
            had_time = limit_s >= min(self._policy.timeout_s, self._policy.total_timeout_s)
            if error.reason in SILENCE and had_time and not isinstance(error, BrokenError):
                turn.lane.note_silence(error)
            raise
        finally:
            trip.spent_s += time.monotonic() - began
        trip.headers = reply.headers
        return reply
