"""Takes turns: what one host may be asked at once, and how soon again.

An exchange holds one of the global slots only while it is really on the wire. Waiting for a
host's delay, or for its Retry-After to pass, holds nothing that another host needs.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import datetime

from etl.net.lane import MAX_WAIT_S, Lane
from etl.net.policy import FetchPolicy
from etl.records import HostPace


class Turn:
    """A turn at a host. Until what it is for was sent, nobody else's starts.

    The delay is between two questions as the host sees them: counted from before the first was
    connected, the second would come too soon over a connection that stands already.
    """

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self._is_held = True
        self._timer: asyncio.TimerHandle | None = None

    def note_sent(self) -> None:
        """Let the next have its turn when this is answered, or soon if that takes long."""
        if self._timer is None:
            now = time.monotonic()
            self.lane.start(now)
            patience_s = BESIDE_AFTER_DELAYS * self.lane.delay_s(now)
            self._timer = asyncio.get_running_loop().call_later(patience_s, self._let_go)

    def end(self) -> None:
        """Let the next have its turn, a delay from now."""
        self.lane.start(time.monotonic())
        if self._timer is not None:
            self._timer.cancel()
        self._let_go()

    def _let_go(self) -> None:
        if self._is_held:
            self._is_held = False
            self.lane.door.release()


BESIDE_AFTER_DELAYS = 4
"""After so many delays of its host a question is asked beside an unanswered one. One that answers
sooner is asked one at a time: were the delay counted from sending alone, one that is slow for a
moment would find two with nothing between them."""


class Politeness:
    """Hands out turns to ask hosts, within the policy's limits. Lives in one event loop.

    Args:
        policy: the limits.
        clock: the current time, aware; what is remembered from run to run is told by it.
    """

    def __init__(self, policy: FetchPolicy, clock: Callable[[], datetime]) -> None:
        self._policy = policy
        self._clock = clock
        self._slots = asyncio.Semaphore(policy.concurrency)
        self._lanes: dict[str, Lane] = {}
        self._recalled: dict[str, HostPace] = {}

    def recall(self, paces: Iterable[HostPace]) -> None:
        """Take over what earlier runs learned of hosts that none was asked of yet."""
        self._recalled |= {pace.host: pace for pace in paces}

    def learned(self) -> tuple[HostPace, ...]:
        """Return the paces of the hosts that slowed us down in this run."""
        return tuple(lane.learned for lane in self._lanes.values() if lane.learned is not None)

    def lane(self, host: str) -> Lane:
        """Return the lane of `host`; the same one every time."""
        found = self._lanes.get(host)
        if found is None:
            policy = self._policy
            found = Lane(host, width=policy.per_host_concurrency, delay_s=policy.per_host_delay_s)
            pace = self._recalled.pop(host, None)
            if pace is not None:
                found.recall(pace, now=time.monotonic(), at=self._clock())
            self._lanes[host] = found
        return found

    def check(self, host: str, url: str) -> None:
        """Raise why `url` is not to be asked for in this run, if it is not.

        Raises:
            TransientFetchError: the host refuses us, or does not answer.
        """
        refusal = self.lane(host).refusal(url, time.monotonic())
        if refusal is not None:
            raise refusal

    def wait_s(self, host: str) -> float:
        """Return how long to wait before `host` is asked; 0 also where it is not to be asked."""
        now, lane = time.monotonic(), self.lane(host)
        return 0.0 if lane.refusal("", now) is not None else max(lane.wait_s(now), 0.0)

    @asynccontextmanager
    async def turn(self, host: str, url: str, room: asyncio.Event) -> AsyncIterator[Turn]:
        """Wait for a turn at `host` and hold it for the length of the `async with`.

        Args:
            host: whose turn.
            url: what is to be asked there, for the error.
            room: set while there is room for another answer. No turn starts without it, and
                nothing is held while waiting for it: the reader of the answers may itself be
                waiting for another fetch at the same host.

        Raises:
            TransientFetchError: the host refuses us, or does not answer.
        """
        lane = self.lane(host)
        while True:
            await room.wait()
            async with lane.places:
                turn = await self._enter(lane, url, room)
                if turn is None:
                    continue
                try:
                    yield turn
                finally:
                    turn.end()
                    self._slots.release()
                return

    async def _enter(self, lane: Lane, url: str, room: asyncio.Event) -> Turn | None:
        """Wait out the delay and take a slot; None if the room was filled meanwhile."""
        await lane.door.acquire()
        turn = Turn(lane)
        try:
            self.check(lane.host, url)
            while (wait := lane.wait_s(time.monotonic())) > 0:
                await asyncio.sleep(min(wait, MAX_WAIT_S))
                self.check(lane.host, url)
            if room.is_set():
                await self._slots.acquire()
                return turn
        except BaseException:
            lane.door.release()
            raise
        lane.door.release()
        return None
