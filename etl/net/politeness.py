"""Takes turns: what one host may be asked at once, and how soon again.

An exchange holds one of the global slots only while it is really on the wire. Waiting for a
host's delay, or for its Retry-After to pass, holds nothing that another host needs.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from etl.errors import TransientFetchError
from etl.net.policy import FetchPolicy
from etl.outcomes import Reason

MAX_WAIT_S = 30.0
"""Longest we wait, within a run, for a host that asks for patience."""
_FIRST_SLOWDOWN_S = 1.0


class Lane:
    """The turns of one host. Times are of the event loop's clock, in seconds."""

    def __init__(self, *, width: int, delay_s: float) -> None:
        self.places = asyncio.Semaphore(width)
        self.door = asyncio.Lock()
        self.delay_s = delay_s
        self._next_start_at = float("-inf")
        self._closed_until = float("-inf")

    def wait_s(self, now: float) -> float:
        """Return how long the next start has to wait; 0 or less: not at all."""
        return max(self._next_start_at, self._closed_until) - now

    def start(self, now: float) -> None:
        """Note a start."""
        self._next_start_at = now + self.delay_s

    def space_out(self, delay_s: float) -> None:
        """Keep starts at least `delay_s` apart, 30 s at most."""
        self.delay_s = max(self.delay_s, min(delay_s, MAX_WAIT_S))

    def slow_down(self, now: float, retry_after_s: float | None) -> None:
        """Heed a 429 or 503: wait as long as it asks, or, if it does not say, go half as fast."""
        if retry_after_s is None:
            self.space_out(max(self.delay_s * 2, _FIRST_SLOWDOWN_S))
        else:
            self._closed_until = max(self._closed_until, now + retry_after_s)


class Politeness:
    """Hands out turns to ask hosts, within the policy's limits."""

    def __init__(self, policy: FetchPolicy) -> None:
        self._policy = policy
        self._slots = asyncio.Semaphore(policy.concurrency)
        self._lanes: dict[str, Lane] = {}

    def lane(self, host: str) -> Lane:
        """Return the lane of `host`; the same one every time."""
        found = self._lanes.get(host)
        if found is None:
            found = Lane(
                width=self._policy.per_host_concurrency, delay_s=self._policy.per_host_delay_s
            )
            self._lanes[host] = found
        return found

    @asynccontextmanager
    async def turn(self, host: str, url: str, room: asyncio.Event) -> AsyncIterator[Lane]:
        """Wait for a turn at `host` and hold it for the length of the `async with`.

        Args:
            host: whose turn.
            url: what is to be asked there, for the error.
            room: set while there is room for another answer. No turn starts without it, and
                nothing is held while waiting for it: the reader of the answers may itself be
                waiting for another fetch at the same host.

        Raises:
            TransientFetchError: RATE_LIMITED, the host wants us back later than we wait.
        """
        lane = self.lane(host)
        while True:
            await room.wait()
            async with lane.places:
                if await self._enter(lane, url, room):
                    try:
                        yield lane
                    finally:
                        self._slots.release()
                    return

    async def _enter(self, lane: Lane, url: str, room: asyncio.Event) -> bool:
        """Wait out the delay and take a slot; False if the room was filled meanwhile."""
        now = asyncio.get_running_loop().time
        # One at a time: two that had waited out the same delay would start together.
        async with lane.door:
            while (wait := lane.wait_s(now())) > 0:
                if wait > MAX_WAIT_S:
                    detail = f"the host asked for {wait:.0f} s of patience; not asked again yet"
                    raise TransientFetchError(
                        url, Reason.RATE_LIMITED, detail, retry_after_s=round(wait, 1)
                    )
                await asyncio.sleep(wait)
            if not room.is_set():
                return False
            await self._slots.acquire()
            lane.start(now())
            return True
