"""Which request comes next: hosts take turns, and none waits where another could go on.

20,000 hosts are 20,000 short lists here and a few hundred tasks, not 20,000 tasks.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from etl.net.target import host_of
from etl.records import Request


@dataclass(slots=True, eq=False)
class _Line:
    host: str
    waiting: list[Request] = field(default_factory=list)
    running: int = 0
    is_queued: bool = True


class RequestQueue:
    """Hands out requests whose host is due. Lives in one event loop.

    Args:
        requests: in the order they are to be asked, as far as each host is concerned.
        wait_s: how long a host is to be left alone yet.
        per_host: most requests of one host out at once.
        most: most requests out at once.
    """

    def __init__(
        self,
        requests: Iterable[Request],
        *,
        wait_s: Callable[[str], float],
        per_host: int,
        most: int,
    ) -> None:
        lines: dict[str, _Line] = {}
        for request in requests:
            host = host_of(request.url)
            if host not in lines:
                lines[host] = _Line(host)
            lines[host].waiting.append(request)
        for line in lines.values():
            line.waiting.reverse()
        self._lines = lines
        self._ready = deque(lines.values())
        self._later: list[tuple[float, int, _Line]] = []
        self._wait_s = wait_s
        self._per_host = per_host
        self._most = most
        self._running = 0
        self._numbers = itertools.count()
        self._changed = asyncio.Event()

    async def take(self) -> Request | None:
        """Return the next request as soon as there is one that may go; None at the end.

        `put_back` must be called when it is answered.
        """
        now = asyncio.get_running_loop().time
        while self._lines:
            if self._running < self._most and (line := self._next_line(now())) is not None:
                return self._start(line)
            self._changed.clear()
            pause = (
                self._later[0][0] - now() if self._later and self._running < self._most else None
            )
            try:
                async with asyncio.timeout(pause):
                    await self._changed.wait()
            except TimeoutError:
                continue
        return None

    def put_back(self, request: Request) -> None:
        """Note that a request is answered: its host may have another."""
        self._running -= 1
        line = self._lines.get(host_of(request.url))
        if line is not None:
            line.running -= 1
            self._queue(line)
        self._changed.set()

    def _next_line(self, now: float) -> _Line | None:
        while self._later and self._later[0][0] <= now:
            self._ready.append(heapq.heappop(self._later)[2])
        while self._ready:
            line = self._ready.popleft()
            wait_s = self._wait_s(line.host)
            if wait_s <= 0:
                return line
            heapq.heappush(self._later, (now + wait_s, next(self._numbers), line))
        return None

    def _start(self, line: _Line) -> Request:
        request = line.waiting.pop()
        line.running += 1
        line.is_queued = False
        self._running += 1
        if line.waiting:
            self._queue(line)
        else:
            del self._lines[line.host]
        return request

    def _queue(self, line: _Line) -> None:
        if not line.is_queued and line.running < self._per_host:
            line.is_queued = True
            self._ready.append(line)
