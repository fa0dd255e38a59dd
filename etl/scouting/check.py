"""Ask feeds live, and say what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from ipaddress import ip_address
from itertools import islice

from etl.app import fetch_policy, read_clock, schedule_rules
from etl.errors import FetchError
from etl.feeds.diagnosis.diagnose import (
    Checkup,
    Finding,
    PageRules,
    Severity,
    diagnose,
    read_document,
)
from etl.feeds.polling.schedule import ScheduleRules
from etl.home import Home
from etl.net import FetchPolicy, WebFetcher
from etl.net.guard import Network, read_networks, refuse
from etl.net.robots import read_rules
from etl.net.target import read_target
from etl.ports import Progress
from etl.records import Answer, Body, Entry, FeedState, Request, Validators
from etl.scouting.memory import recall
from etl.scouting.robots import ask_robots, read_robots
from etl.settings import load_settings

AT_ONCE = 100
"""Feeds looked at together: their documents are in memory until all of them are judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A feed, and what was found, the worst first."""

    feed_url: str
    title: str | None
    findings: tuple[Finding, ...]

    @property
    def worst(self) -> Severity:
        """The worst severity among the findings."""
        return self.findings[0].severity


def check_feeds(home: Home, feed_urls: Sequence[str], *, tell: Progress) -> Iterator[Checked]:
    """Ask every feed now and yield what is found, in the order of `feed_urls`.

    Under the home's settings, its robots and pace of hosts; nothing is written.

    Raises:
        ConfigError: the settings are wrong.
        WarehouseError: there is a warehouse that cannot be read.
    """
    settings = load_settings(home.path)
    now = read_clock()
    memory = recall(home, now=now)
    policy, rules = fetch_policy(settings), schedule_rules(settings)
    tell.begin("checking feeds", len(feed_urls))
    wanted = iter(feed_urls)
    with WebFetcher(policy, clock=read_clock) as fetcher:
        fetcher.recall(memory.hosts)
        round_ = _Round(fetcher, policy, rules, memory.feeds, now)
        while batch := list(islice(wanted, AT_ONCE)):
            yield from round_.check(batch)
            tell.advance(len(batch))


class _Round:
    """Takes feeds through the questions: the document, "has it changed?", robots.txt."""

    def __init__(
        self,
        fetcher: WebFetcher,
        policy: FetchPolicy,
        rules: ScheduleRules,
        states: Mapping[str, FeedState],
        now: datetime,
    ) -> None:
        self._fetcher = fetcher
        self._agent, self._respect_robots = policy.user_agent, policy.respect_robots
        self._max_body_bytes = policy.max_body_bytes
        self._rules = rules
        self._states = states
        self._now = now
        self._allow = read_networks(policy.allow_private)

    def check(self, feed_urls: Sequence[str]) -> list[Checked]:
        """Return what is found of each feed."""
        found = {url: self._look(url, answer) for url, answer in self._ask(feed_urls)}
        for url, answer in self._ask_again(found):
            found[url] = replace(found[url], again=answer)
        for url, page in self._read_robots(found):
            found[url] = replace(found[url], page=page)
        return [_conclude(found[url]) for url in feed_urls]

    def _ask(self, feed_urls: Sequence[str]) -> Iterator[tuple[str, Answer]]:
        requests = []
        for url in feed_urls:
            state = self._states.get(url)
            address = state.address if state is not None and state.address else url
            requests.append(Request(key=url, url=address, kind="feed"))
        for answer in self._fetcher.fetch(requests):
            yield answer.request.key, answer

    def _look(self, url: str, answer: Answer) -> Checkup:
        body = answer.result
        document = read_document(body, feed_url=url) if isinstance(body, Body) else None
        entries = document.entries if document is not None else ()
        return Checkup(
            feed_url=url,
            answer=answer,
            now=self._now,
            rules=self._rules,
            max_body_bytes=self._max_body_bytes,
            reading=document,
            refused=_refused(entries, self._allow),
            state=self._states.get(url),
        )

    def _ask_again(self, found: Mapping[str, Checkup]) -> Iterator[tuple[str, Answer]]:
        requests = []
        for checkup in found.values():
            body = checkup.answer.result
            if not checkup.entries or not isinstance(body, Body):
                continue
            validators = Validators(
                etag=body.header("etag"),
                last_modified=body.header("last-modified"),
                url=body.final_url,
            )
            if validators.etag or validators.last_modified:
                asked = checkup.answer.request
                requests.append(replace(asked, validators=validators, is_audited=True))
        for answer in self._fetcher.fetch(requests):
            yield answer.request.key, answer

    def _read_robots(self, found: Mapping[str, Checkup]) -> Iterator[tuple[str, PageRules]]:
        """Yield what robots.txt says of each feed's newest page; each file is asked for once."""
        pages = {url: page for url, seen in found.items() if (page := _newest_page(seen))}
        origins: dict[str, list[str]] = {}
        for url, page in pages.items():
            origins.setdefault(read_target(page).origin, []).append(url)
        requests = [ask_robots(origin) for origin in origins]
        for answer in self._fetcher.fetch(requests):
            for url in origins[answer.request.key]:
                yield url, self._judge_page(pages[url], answer)

    def _judge_page(self, page: str, robots: Answer) -> PageRules:
        target = read_target(page)
        rules = read_rules(read_robots(target.origin, robots), self._agent, now=self._now)
        return PageRules(
            url=page,
            denial=rules.denial(target.url, self._agent) if self._respect_robots else None,
            delay_s=rules.delay_s,
            signals=rules.signals(target.url),
        )


def _refused(entries: Sequence[Entry], allow: Sequence[Network]) -> dict[str, str]:
    """Return the links that the guard refuses by their spelling alone, and why."""
    found = {}
    for entry in entries:
        why = _refuse_link(entry.url, allow) if entry.url is not None else None
        if entry.url is not None and why is not None:
            found[entry.url] = why
    return found


def _refuse_link(link: str, allow: Sequence[Network]) -> str | None:
    try:
        host = read_target(link).host
        ip_address(host)
    except FetchError as error:
        return error.detail
    except ValueError:
        return None  # a name: what it leads to is looked at when it is asked
    return refuse(host, allow)


def _newest_page(seen: Checkup) -> str | None:
    """Return the newest entry's page, None where no entry has one that may be asked."""
    paged = [one for one in seen.entries if one.url and one.url not in seen.refused]
    dated = [one for one in paged if one.published_at and one.published_at <= seen.now]
    newest = max(dated, key=lambda one: one.published_at or seen.now, default=None)
    chosen = newest or next(iter(paged), None)
    return chosen.url if chosen is not None else None


def _conclude(checkup: Checkup) -> Checked:
    feed, state = checkup.reading and checkup.reading.feed, checkup.state
    title = feed.title if feed else state.title if state is not None else None
    return Checked(feed_url=checkup.feed_url, title=title, findings=diagnose(checkup))
