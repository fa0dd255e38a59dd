"""The port `Fetcher`: many requests in, answers out as they come.

An event loop in a thread of its own does the asking; the caller sees a plain iterator. Requests
are queued by host, and those whose host is due are under way, so a slow host holds back nobody
but itself.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from datetime import datetime
from types import TracebackType
from typing import Self

from etl.net.handover import Handover
from etl.net.journey import Guide
from etl.net.policy import FetchPolicy
from etl.net.waiting import RequestQueue
from etl.records import Answer, HostMemory, Request

_ANSWERS_AHEAD = 64
# Under way, though perhaps waiting: for robots.txt, or for a turn where a redirect led.
_MOST_UNDER_WAY = 1024


class WebFetcher:
    """Asks the web under a `FetchPolicy`; the `Fetcher` of one run.

    What it learns of hosts (their pace, their robots.txt) is shared by all its fetches. Close it,
    or use it as a context manager.

    Args:
        policy: limits and manners.
        clock: the current time, aware; stamps exchanges and reads Retry-After dates.
    """

    def __init__(self, policy: FetchPolicy, *, clock: Callable[[], datetime]) -> None:
        self._guide = Guide(policy, clock=clock)
        self._policy = policy
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
        """Yield one answer a request, in the order they come in; never raises for a URL.

        Nothing is asked before the first `next`; `requests` is read whole then, in the caller's
        thread. Closing the iterator early drops what is still on the wire.

        Raises:
            RuntimeError: the fetcher is closed, or was closed meanwhile.
        """
        wanted = tuple(requests)
        loop = self._running_loop()
        handover = Handover(loop, size=_ANSWERS_AHEAD)
        work = asyncio.run_coroutine_threadsafe(self._serve(wanted, handover), loop)
        try:
            while (answer := handover.get()) is not None:
                yield answer
            _raise_trouble(work)
        finally:
            work.cancel()

    def recall(self, memory: HostMemory) -> None:
        """Take over what earlier fetchers learned of hosts; before the first `fetch`."""
        self._guide.politeness.recall(memory.paces)
        self._guide.robots.recall(memory.robots)

    def memory(self) -> HostMemory:
        """Return what this fetcher learned of hosts and the next ought to know.

        What was recalled and has not changed since is not told again.
        """
        with self._lock:
            loop = self._loop
        if loop is None:
            return self._guide.memory()
        return asyncio.run_coroutine_threadsafe(self._remember(), loop).result()

    def close(self) -> None:
        """Drop what is on the wire and close every connection. Closing twice is fine."""
        with self._lock:
            self._is_closed = True
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is not None and thread is not None:
            asyncio.run_coroutine_threadsafe(self._shut(), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()

    async def _serve(self, requests: Sequence[Request], handover: Handover) -> None:
        queue = RequestQueue(
            requests,
            wait_s=self._guide.politeness.wait_s,
            per_host=self._policy.per_host_concurrency,
            most=max(_MOST_UNDER_WAY, self._policy.concurrency),
        )
        try:
            async with asyncio.TaskGroup() as group:
                while (request := await queue.take()) is not None:
                    group.create_task(self._answer(request, queue, handover))
        finally:
            handover.end()

    async def _answer(self, request: Request, queue: RequestQueue, handover: Handover) -> None:
        handover.put(await self._guide.answer(request, handover.room))
        queue.put_back(request)

    async def _remember(self) -> HostMemory:
        return self._guide.memory()

    async def _shut(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._guide.close()

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._is_closed:
                raise RuntimeError("this WebFetcher is closed")
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                # A daemon: a program that forgets to close must still be able to end.
                self._thread = threading.Thread(
                    target=self._loop.run_forever, name="newshouse-fetch", daemon=True
                )
                self._thread.start()
            return self._loop


def _raise_trouble(work: Future[None]) -> None:
    try:
        work.result()
    except CancelledError as error:
        raise RuntimeError("this WebFetcher was closed while fetching") from error
