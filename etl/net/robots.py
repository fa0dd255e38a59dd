"""What robots.txt lets us ask for (RFC 9309), one file an origin and run."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from protego import Protego

from etl.net.target import Target
from etl.outcomes import Reason
from etl.records import Body, Failed, NotModified

_READ_BYTES = 500 * 1024
_CLIENT_ERRORS = range(400, 500)
_TOO_MANY_REQUESTS = 429
# RFC 9309, 2.3.1.3: "unavailable" means anything may be asked for. A file that redirects into
# nothing is that too; where the whole host is unsafe, the page's own exchange says so.
_UNAVAILABLE = frozenset({Reason.TOO_MANY_REDIRECTS, Reason.UNSAFE_TARGET, Reason.BAD_URL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an origin's robots.txt says to us.

    `parsed` is None when there is no file; `trouble` says why nothing may be asked for now, with
    `is_bug` when the trouble is ours.
    """

    parsed: Protego | None = None
    trouble: str | None = None
    is_bug: bool = False

    def denial(self, url: str, agent: str) -> str | None:
        """Return why `agent` must not ask for `url`, or None if it may."""
        if self.trouble is not None:
            return self.trouble
        if self.parsed is None or self.parsed.can_fetch(url, agent):
            return None
        return f"robots.txt denies it to {agent}"

    def crawl_delay_s(self, agent: str) -> float:
        """Return the seconds between requests that `agent` is asked to keep; 0 for none."""
        return (self.parsed.crawl_delay(agent) or 0.0) if self.parsed is not None else 0.0


def read_rules(origin: str, result: Body | NotModified | Failed) -> Rules:
    """Return the rules in the answer to a request for robots.txt of `origin`."""
    match result:
        case Body():
            text = result.content[:_READ_BYTES].decode("utf-8-sig", "replace")
            return Rules(parsed=Protego.parse(text))
        case Failed(status=int(status)) if _is_unavailable(status):
            return Rules()
        case Failed() if result.reason in _UNAVAILABLE:
            return Rules()
        case Failed() | NotModified():
            why = result.detail if isinstance(result, Failed) else "it answered 304"
            is_bug = isinstance(result, Failed) and result.reason is Reason.BUG
            return Rules(trouble=f"{origin}/robots.txt could not be read: {why}", is_bug=is_bug)


class RobotsShelf:
    """Keeps the rules of every origin asked so far; each is read once, whoever comes first."""

    def __init__(self) -> None:
        self._rules: dict[str, Rules] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def rules(
        self, target: Target, read: Callable[[], Awaitable[Body | NotModified | Failed]]
    ) -> Rules:
        """Return the rules for `target`, calling `read` if nobody has read them yet."""
        origin = target.origin
        known = self._rules.get(origin)
        if known is not None:
            return known
        async with self._locks.setdefault(origin, asyncio.Lock()):
            if origin not in self._rules:
                self._rules[origin] = read_rules(origin, await read())
        return self._rules[origin]


def _is_unavailable(status: int) -> bool:
    # 429 is a 4xx, but it means "slower", not "I have no robots.txt".
    return status in _CLIENT_ERRORS and status != _TOO_MANY_REQUESTS
