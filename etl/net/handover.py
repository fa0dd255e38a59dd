"""Hands answers from the event loop's thread to the caller's, never more than a few ahead."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from queue import SimpleQueue

from etl.records import Answer


class Handover:
    """A queue between the loop and one reader.

    `room` is set while fewer than `size` answers wait for the reader. `put` never waits: whoever
    starts work looks at `room` first, so at most `size` and what is on the wire pile up.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, *, size: int) -> None:
        self.room = asyncio.Event()
        self.room.set()
        self._loop = loop
        self._size = size
        self._waiting = 0
        self._answers: SimpleQueue[Answer | None] = SimpleQueue()

    def put(self, answer: Answer) -> None:
        """Leave an answer for the reader. Called in the loop's thread."""
        self._waiting += 1
        if self._waiting >= self._size:
            self.room.clear()
        self._answers.put(answer)

    def end(self) -> None:
        """Tell the reader that nothing more comes."""
        self._answers.put(None)

    def get(self) -> Answer | None:
        """Return the next answer, waiting for it; None at the end. Called by the reader."""
        answer = self._answers.get()
        if answer is not None:
            # The loop may have been closed under a reader that still drains what was left.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._taken)
        return answer

    def _taken(self) -> None:
        self._waiting -= 1
        if self._waiting < self._size:
            self.room.set()
