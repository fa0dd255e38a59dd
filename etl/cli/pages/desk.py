"""Where a request's questions are asked: in a thread, with a time, until the reader goes away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread
from starlette.requests import Request

from etl.home import Home
from etl.store.brake import Brake
from etl.store.shelf import Shelf

PAGE_S = 20.0
"""How long one of our own pages may take: longer, and the warehouse is too large for it."""

Answer = TypeVar("Answer")


class Desk:
    """What pages need: the home, its snapshot, and how long a reader's own SQL may take."""

    def __init__(self, home: Home, *, sql_s: float) -> None:
        self.home = home
        self.shelf = Shelf(home.published)
        self.sql_s = sql_s
        self._running: set[Brake] = set()

    async def work(
        self, request: Request, task: Callable[[Brake], Answer], *, within_s: float = PAGE_S
    ) -> Answer:
        """Return what `task` returns in a thread of its own; its brake is pulled in time.

        Raises what `task` raises, `QueryStoppedError` among it.
        """
        brake = Brake(after_s=within_s)
        self._running.add(brake)
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(_watch, request, brake)
                found = await anyio.to_thread.run_sync(_kept, task, brake)
                group.cancel_scope.cancel()
        finally:
            self._running.discard(brake)
        if isinstance(found, _Trouble):
            raise found.error
        return found

    def close(self) -> None:
        """Stop what runs and let the snapshot go."""
        for brake in tuple(self._running):
            brake.pull("the server ends")
        self.shelf.close()


class _Trouble:
    """An error on its way out of a thread: a task group would wrap it."""

    def __init__(self, error: Exception) -> None:
        self.error = error


def _kept(task: Callable[[Brake], Answer], brake: Brake) -> Answer | _Trouble:
    try:
        return task(brake)
    except Exception as error:  # noqa: BLE001 - raised again by the request it belongs to
        return _Trouble(error)


async def _watch(request: Request, brake: Brake) -> None:
    """Pull the brake when the reader closes the page: nobody waits for the answer."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    brake.pull("the reader went away")
