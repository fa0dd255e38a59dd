"""Which pages are on their way, so that none is fetched twice in a run.

Ten entries' trackers lead to one page: the first to get there asks for it, the others wait for
what comes of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from etl.records import Request


@dataclass(slots=True, eq=False)
class Claim:
    """Somebody's word to ask for a page; `is_had` once it was answered with its body."""

    request: Request
    is_had: bool = False
    settled: asyncio.Event | None = field(default_factory=asyncio.Event)


class Sightings:
    """The pages asked for so far, by URL. Lives in one event loop, for one run."""

    def __init__(self) -> None:
        self._claims: dict[str, Claim] = {}

    async def find(self, url: str, request: Request, *, is_redirected: bool) -> bool:
        """Return whether another request had `url`, waiting while one is on its way.

        A claim ends with one exchange and hangs on no other, so that nobody waits in a circle.

        Args:
            url: where the request stands.
            request: who wants to know.
            is_redirected: whether redirects led there. A request's own URL is compared with
                other requests' only, and not at all when it asks "has it changed?".
        """
        if not is_redirected and request.validators.etag is not None:
            return False
        if not is_redirected and request.validators.last_modified is not None:
            return False
        while (claim := self._claims.get(url)) is not None:
            if not is_redirected and claim.request.url == request.url:
                return False
            if claim.settled is not None:
                await claim.settled.wait()
            if claim.is_had:
                return True
            if self._claims.get(url) is claim:
                return False
        return False

    @contextmanager
    def claim(self, url: str, request: Request) -> Iterator[Claim]:
        """Claim `url` for the length of the block, and settle it at its end."""
        claim = Claim(request)
        before = self._claims.get(url)
        self._claims[url] = claim
        try:
            yield claim
        finally:
            if claim.settled is not None:
                claim.settled.set()
            claim.settled = None
            if before is not None and before.is_had and not claim.is_had:
                self._claims[url] = before
