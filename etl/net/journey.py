"""One request from question to answer: robots, turns, hops, second tries."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from etl.errors import FetchError, PermanentFetchError, TransientFetchError
from etl.net.answers import failed_from, find_redirect, judge_reply, read_retry_after
from etl.net.client import HeaderList, Meter, Reply, WebClient
from etl.net.policy import FetchPolicy
from etl.net.politeness import Politeness
from etl.net.robots import RobotsShelf
from etl.net.target import Target, follow, read_target
from etl.net.trouble import DroppedError
from etl.outcomes import Reason
from etl.records import Answer, Body, Exchange, Failed, NotModified, Request, make_id

Result = Body | NotModified | Failed

_ACCEPT = {
    "feed": b"application/atom+xml, application/rss+xml, application/feed+json,"
    b" application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5",
    "page": b"text/html, application/xhtml+xml, */*;q=0.5",
    "robots": b"text/plain, */*;q=0.5",
}
_SLOW_DOWN = frozenset({429, 503})


@dataclass(slots=True)
class Trip:
    """What has come of one exchange so far."""

    request: Request
    final_url: str
    started_at: datetime | None = None
    spent_s: float = 0.0
    meter: Meter = field(default_factory=Meter)


class Guide:
    """Takes requests to their answers. Lives in one event loop, for one run."""

    def __init__(self, policy: FetchPolicy, *, clock: Callable[[], datetime]) -> None:
        self._policy = policy
        self._clock = clock
        self._client = WebClient(policy)
        self._politeness = Politeness(policy)
        self._robots = RobotsShelf()
        self._numbers = itertools.count()
        self._agent = policy.user_agent_header().encode("latin-1", "replace")
        # robots.txt is asked for by whoever comes first but for everyone: it waits for nobody.
        self._no_wait = asyncio.Event()
        self._no_wait.set()

    async def answer(self, request: Request, room: asyncio.Event) -> Answer:
        """Return what came of `request`; whatever goes wrong is in the answer.

        Args:
            request: what to ask.
            room: nothing new is asked while it is not set.
        """
        log: list[Exchange] = []
        result = await self._exchange(request, log, room)
        return Answer(request=request, result=result, exchanges=tuple(log))

    async def close(self) -> None:
        """Close every connection."""
        await self._client.close()

    async def _exchange(self, request: Request, log: list[Exchange], room: asyncio.Event) -> Result:
        trip = Trip(request=request, final_url=request.url)
        result: Result
        try:
            result = await self._travel(trip, log, room)
        except FetchError as error:
            result = failed_from(request.url, error)
        except Exception as error:  # noqa: BLE001 - one request's bug must not end the others
            result = Failed(url=request.url, reason=Reason.BUG, detail=repr(error))
        log.append(self._record(trip, result))
        return result

    async def _travel(self, trip: Trip, log: list[Exchange], room: asyncio.Event) -> Result:
        request, url, seen = trip.request, trip.request.url, set[str]()
        while True:
            target = read_target(url)
            trip.final_url = target.url
            self._check_hops(target, seen)
            if request.kind == "page" and self._policy.respect_robots:
                await self._check_robots(target, log)
            reply = await self._ask(target, trip, room)
            location = find_redirect(reply)
            if location is None:
                return judge_reply(request, reply, final_url=target.url, fetched_at=self._clock())
            url = follow(target, location)

    def _check_hops(self, target: Target, seen: set[str]) -> None:
        if target.url in seen:
            detail = f"redirected in a circle, back to {target.url}"
            raise PermanentFetchError(target.url, Reason.TOO_MANY_REDIRECTS, detail)
        seen.add(target.url)
        if len(seen) - 1 > self._policy.max_redirects:
            detail = f"over {self._policy.max_redirects} redirects (fetch.max_redirects)"
            raise PermanentFetchError(target.url, Reason.TOO_MANY_REDIRECTS, detail)

    async def _check_robots(self, target: Target, log: list[Exchange]) -> None:
        async def read() -> Result:
            origin = target.origin
            request = Request(key=origin, url=f"{origin}/robots.txt", kind="robots")
            return await self._exchange(request, log, self._no_wait)

        rules = await self._robots.rules(target, read)
        agent = self._policy.user_agent
        self._politeness.lane(target.host).space_out(rules.crawl_delay_s(agent))
        denial = rules.denial(target.url, agent)
        if denial is not None and rules.trouble is None:
            raise PermanentFetchError(target.url, Reason.ROBOTS_DENIED, denial)
        if denial is not None:
            reason = Reason.BUG if rules.is_bug else Reason.ROBOTS_DENIED
            raise TransientFetchError(target.url, reason, denial)

    async def _ask(self, target: Target, trip: Trip, room: asyncio.Event) -> Reply:
        tries_left = self._policy.retries
        while True:
            async with self._politeness.turn(target.host, target.url, room) as lane:
                try:
                    reply = await self._timed_ask(target, trip)
                except DroppedError:
                    if tries_left == 0:
                        raise
                    tries_left -= 1
                    continue
                if reply.status in _SLOW_DOWN:
                    asked_s = read_retry_after(reply.header("retry-after"), now=self._clock())
                    lane.slow_down(asyncio.get_running_loop().time(), asked_s)
                return reply

    async def _timed_ask(self, target: Target, trip: Trip) -> Reply:
        trip.started_at = trip.started_at or self._clock()
        now = asyncio.get_running_loop().time
        began = now()
        limit_s = max(self._policy.total_timeout_s - trip.spent_s, 0.0)
        try:
            headers = self._headers(trip.request)
            return await self._client.ask(target, headers, trip.meter, limit_s=limit_s)
        finally:
            trip.spent_s += now() - began

    def _headers(self, request: Request) -> HeaderList:
        headers = [
            (b"User-Agent", self._agent),
            (b"Accept", _ACCEPT[request.kind]),
            (b"Accept-Encoding", b"gzip, br, zstd"),
        ]
        for name, value in (
            (b"If-None-Match", request.validators.etag),
            (b"If-Modified-Since", request.validators.last_modified),
        ):
            sent = _header_bytes(value)
            if sent:
                headers.append((name, sent))
        return headers

    def _record(self, trip: Trip, result: Result) -> Exchange:
        started_at = trip.started_at or self._clock()
        failed = result if isinstance(result, Failed) else None
        ok = "not_modified" if isinstance(result, NotModified) else "ok"
        return Exchange(
            fetch_id=make_id(trip.request.url, started_at.isoformat(), str(next(self._numbers))),
            kind=trip.request.kind,
            url=trip.request.url,
            final_url=trip.final_url,
            status=trip.meter.status,
            outcome=failed.reason.value if failed else ok,
            error=failed.detail if failed else None,
            started_at=started_at,
            elapsed_ms=round(trip.spent_s * 1000),
            received_bytes=trip.meter.received_bytes,
        )


def _header_bytes(value: str | None) -> bytes | None:
    """Return a stored validator as sent, or None if it cannot be a header's value."""
    if not value or not value.isprintable():
        return None
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return None
