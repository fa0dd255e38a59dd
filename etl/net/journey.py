"""One request from question to answer: robots, turns, hops, second tries, audits."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime

from etl.errors import FetchError, PermanentFetchError, TransientFetchError
from etl.net.answers import failed_from, find_redirect, judge_reply
from etl.net.asking import SILENCE, Asker
from etl.net.client import HeaderPairs
from etl.net.policy import FetchPolicy
from etl.net.politeness import Politeness
from etl.net.robots import Rules
from etl.net.shelf import RobotsShelf
from etl.net.sightings import Sightings
from etl.net.target import Target, follow, read_target
from etl.net.trip import Result, Trip
from etl.outcomes import Reason
from etl.records import (
    Answer,
    Body,
    Exchange,
    Failed,
    Hop,
    HostMemory,
    NotModified,
    Request,
    SamePage,
    UsageSignal,
    Validators,
)

# RFC 9309, 2.3.1.2: at least five redirects are followed to a robots.txt.
_ROBOTS_REDIRECTS = 5


class Journal:
    """What an answer tells beside its result: the exchanges, and the signals of robots.txt."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []
        self.signals: tuple[UsageSignal, ...] = ()


class Guide:
    """Takes requests to their answers. Lives in one event loop, for one run."""

    def __init__(self, policy: FetchPolicy, *, clock: Callable[[], datetime]) -> None:
        self._policy = policy
        self._clock = clock
        self._sightings = Sightings()
        self._numbers = itertools.count()
        self.politeness = Politeness(policy, clock)
        self._asker = Asker(policy, self.politeness, clock)
        self.robots = RobotsShelf(policy.user_agent, clock)
        # robots.txt is asked for by whoever comes first but for everyone: it waits for nobody.
        self._no_wait = asyncio.Event()
        self._no_wait.set()

    async def answer(self, request: Request, room: asyncio.Event) -> Answer:
        """Return what came of `request`; whatever goes wrong is in the answer.

        The last of its exchanges is the one that gave the result.

        Args:
            request: what to ask.
            room: nothing new is asked while it is not set.
        """
        journal = Journal()
        trip = Trip(request, request.url, request.validators)
        result = await self._exchange(trip, journal, room)
        is_audit = False
        if request.is_audited and isinstance(result, NotModified):
            audited = await self._audit(request, journal, room)
            is_audit = audited is not None
            result = audited or result
        return Answer(
            request=request,
            result=result,
            exchanges=tuple(journal.exchanges),
            is_audit=is_audit,
            signals=journal.signals,
        )

    def memory(self) -> HostMemory:
        """Return what was learned of hosts in this run."""
        return HostMemory(paces=self.politeness.learned(), robots=self.robots.learned())

    async def close(self) -> None:
        """Close every connection."""
        await self._asker.close()

    async def _audit(self, request: Request, journal: Journal, room: asyncio.Event) -> Body | None:
        """Return what stands behind a 304, or None if it could not be had."""
        trip = Trip(request, request.url, Validators(), is_audit=True)
        result = await self._exchange(trip, journal, room)
        if isinstance(result, Body):
            return result
        journal.exchanges.insert(-1, journal.exchanges.pop())
        return None

    async def _exchange(self, trip: Trip, journal: Journal, room: asyncio.Event) -> Result:
        url = trip.request.url
        result: Result
        try:
            result = await self._travel(trip, journal, room)
        except FetchError as error:
            result = failed_from(url, error)
        except Exception as error:  # noqa: BLE001 - one request's bug must not end the others
            result = Failed(url=url, reason=Reason.BUG, detail=repr(error))
        journal.exchanges.append(trip.record(result, at=self._clock(), number=next(self._numbers)))
        return result

    async def _travel(self, trip: Trip, journal: Journal, room: asyncio.Event) -> Result:
        request, url, seen = trip.request, trip.request.url, set[str]()
        is_page = request.kind == "page"
        while True:
            target = read_target(url)
            self._check_hops(target, request, seen)
            await self._check_host(target, request, journal)
            if is_page and await self._sightings.find(
                target.url, request, is_redirected=bool(trip.hops)
            ):
                trip.final_url = target.url
                return SamePage(url=request.url, final_url=target.url)
            with self._sightings.claim(target.url, request) if is_page else nullcontext() as claim:
                trip.final_url = target.url
                reply = await self._asker.ask(target, trip, room)
                location = find_redirect(reply)
                if location is None:
                    result = judge_reply(
                        request,
                        reply,
                        final_url=target.url,
                        is_conditional=trip.is_conditional,
                        fetched_at=self._clock(),
                    )
                    if claim is not None:
                        claim.is_had = isinstance(result, Body)
                    return result
            url = self._follow(target, reply.status, location, trip)

    def _follow(self, target: Target, status: int, location: str, trip: Trip) -> str:
        try:
            url = follow(target, location)
        except PermanentFetchError:
            trip.hops.append(Hop(url=target.url, status=status, location=location))
            raise
        trip.hops.append(Hop(url=target.url, status=status, location=url))
        return url

    def _check_hops(self, target: Target, request: Request, seen: set[str]) -> None:
        if target.url in seen:
            detail = f"redirected in a circle, back to {target.url}"
            raise PermanentFetchError(target.url, Reason.TOO_MANY_REDIRECTS, detail)
        seen.add(target.url)
        most = self._policy.max_redirects
        if request.kind == "robots":
            most = max(most, _ROBOTS_REDIRECTS)
        if len(seen) - 1 > most:
            detail = f"over {most} redirects (fetch.max_redirects)"
            raise PermanentFetchError(target.url, Reason.TOO_MANY_REDIRECTS, detail)

    async def _check_host(self, target: Target, request: Request, journal: Journal) -> None:
        """Raise why `target` must not be asked now, if it must not."""
        self.politeness.check(target.host, target.url)
        if not self._policy.respect_robots or request.kind == "robots":
            return
        lane = self.politeness.lane(target.host)
        if request.kind == "feed":
            # The user subscribed and a feed is made to be polled: only the pace is heeded.
            lane.space_out(self.robots.known_delay_s(target))
            return
        rules = await self.robots.rules(
            target, lambda stored: self._ask_robots(target, stored, journal)
        )
        lane.space_out(rules.delay_s)
        journal.signals = rules.signals(target.url)
        self._check_rules(rules, target)

    async def _ask_robots(
        self, target: Target, stored: Validators, journal: Journal
    ) -> tuple[Body | NotModified | Failed, HeaderPairs]:
        url = f"{target.origin}/robots.txt"
        request = Request(key=target.origin, url=url, kind="robots", validators=stored)
        trip = Trip(request, url, stored)
        result = await self._exchange(trip, journal, self._no_wait)
        assert not isinstance(result, SamePage)
        return result, trip.headers

    def _check_rules(self, rules: Rules, target: Target) -> None:
        denial = rules.denial(target.url, self._policy.user_agent)
        if denial is None:
            return
        if rules.trouble is None:
            raise PermanentFetchError(target.url, Reason.ROBOTS_DENIED, denial)
        # It may have been refused with a Retry-After: then that is the reason, and says when.
        self.politeness.check(target.host, target.url)
        failed = self.robots.failure(target)
        is_ours = failed is not None and failed.reason in {*SILENCE, Reason.TLS, Reason.BUG}
        reason = failed.reason if failed is not None and is_ours else Reason.ROBOTS_DENIED
        raise TransientFetchError(target.url, reason, denial)
