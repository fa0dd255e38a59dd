"""Keeps the robots.txt of every origin, from run to run, and asks for each at most once a run."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from etl.freshness import Headers
from etl.net.robots import Rules, asks_for_time, next_file, read_rules
from etl.net.target import Target
from etl.outcomes import Reason
from etl.records import Body, Failed, NotModified, RobotsFile, Validators

Read = Callable[[Validators], Awaitable[tuple[Body | NotModified | Failed, Headers]]]

# Parsed, a file takes twenty times its text; a host's pages are asked for in one stretch.
_MOST_PARSED = 512


class RobotsShelf:
    """What is known of robots.txt files. Lives in one event loop, for one run.

    Args:
        agent: the name we look ourselves up by.
        clock: the current time, aware.
    """

    def __init__(self, agent: str, clock: Callable[[], datetime]) -> None:
        self._agent = agent
        self._clock = clock
        self._files: dict[str, RobotsFile] = {}
        self._asked: dict[str, Failed | None] = {}
        self._parsed: OrderedDict[str, Rules] = OrderedDict()
        self._locks: dict[str, asyncio.Lock] = {}

    def recall(self, files: Iterable[RobotsFile]) -> None:
        """Take over what earlier runs read."""
        self._files |= {file.origin: file for file in files}

    def learned(self) -> tuple[RobotsFile, ...]:
        """Return the files as this run found them: those it had to ask for."""
        return tuple(
            self._files[origin]
            for origin, failed in self._asked.items()
            if failed is None or failed.reason is not Reason.BUG  # it says nothing of the host
        )

    def known_delay_s(self, target: Target) -> float:
        """Return the delay that the robots.txt for `target` asks for, if we have it; else 0."""
        file = self._files.get(target.origin)
        return self._rules_of(file).delay_s if file is not None and asks_for_time(file) else 0.0

    def failure(self, target: Target) -> Failed | None:
        """Return what came of asking for the robots.txt for `target`, if that failed."""
        return self._asked.get(target.origin)

    async def rules(self, target: Target, read: Read) -> Rules:
        """Return the rules for `target`, calling `read` if what we have no longer holds."""
        origin = target.origin
        file = self._files.get(origin)
        if origin not in self._asked and (file is None or file.expires_at <= self._clock()):
            async with self._locks.setdefault(origin, asyncio.Lock()):
                if origin not in self._asked:
                    await self._ask(origin, file, read)
            self._locks.pop(origin, None)
        return self._rules_of(self._files[origin])

    async def _ask(self, origin: str, before: RobotsFile | None, read: Read) -> None:
        result, headers = await read(before.validators if before is not None else Validators())
        self._files[origin] = next_file(origin, before, result, headers, now=self._clock())
        self._asked[origin] = result if isinstance(result, Failed) else None
        self._parsed.pop(origin, None)

    def _rules_of(self, file: RobotsFile) -> Rules:
        rules = self._parsed.get(file.origin)
        if rules is None:
            rules = read_rules(file, self._agent, now=self._clock())
            self._parsed[file.origin] = rules
            if len(self._parsed) > _MOST_PARSED:
                self._parsed.popitem(last=False)
        else:
            self._parsed.move_to_end(file.origin)
        return rules
