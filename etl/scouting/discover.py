"""Find the feeds of a page: those it names, else those at well-known places, and its sitemaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from etl.app import fetch_policy, read_clock
from etl.errors import NewsError
from etl.feeds.diagnosis.checkup import links_of, read_document
from etl.feeds.polling.failures import say_failure
from etl.feeds.reading.discover import guess_feed_urls, sitemaps_in_robots
from etl.home import Home
from etl.net import WebFetcher
from etl.net.target import read_target
from etl.records import Answer, Body, Entry, Failed, Feed, FeedKind, Request
from etl.scouting.memory import recall
from etl.scouting.robots import ask_robots, read_robots
from etl.settings import load_settings
from etl.urls import identity

MOST_LINKS, MOST_SITEMAPS, MOST_CHILDREN = 20, 5, 3
"""How many a page names, robots.txt names, and an index lists, are looked into at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A document that is a feed: `how` it was found, in words; `newest_at` None without dates."""

    url: str
    title: str | None
    format: FeedKind
    entries: int
    newest_at: datetime | None
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What was found at a page, the best first; `tried` are addresses that were no feeds."""

    page_url: str
    candidates: tuple[Candidate, ...]
    tried: tuple[str, ...] = ()


def discover_feeds(home: Home, page_url: str) -> Discovery:
    """Return the feeds of the page at `page_url`, or that it is one itself.

    Under the home's settings, which may be defaults; nothing is written.

    Raises:
        ConfigError: the settings are wrong.
        NewsError: the page cannot be had, or robots.txt denies it.
    """
    with WebFetcher(fetch_policy(load_settings(home.path)), clock=read_clock) as fetcher:
        fetcher.recall(recall(home, now=read_clock()).hosts)
        return _Search(fetcher, page_url).discover()


class _Search:
    """One page's search."""

    def __init__(self, fetcher: WebFetcher, page_url: str) -> None:
        self._fetcher = fetcher
        self._page_url = page_url
        self._tried: dict[str, None] = {}

    def discover(self) -> Discovery:
        """Look into the page, then into what it names, and only then guess."""
        page = self._ask_page()
        own = self._candidate(page, "given", self._page_url)
        if own is not None:
            return self._conclude([own])
        found = self._try([(link.url, link.how) for link in links_of(page)[:MOST_LINKS]])
        if not found:
            found = self._try([(url, "a usual place") for url in guess_feed_urls(page.final_url)])
        return self._conclude([*found, *self._try_sitemaps(page.final_url)])

    def _ask_page(self) -> Body:
        """Return the page, asked for as any page is.

        Raises:
            NewsError: it cannot be had.
        """
        request = Request(key=self._page_url, url=self._page_url, kind="page")
        (answer,) = self._fetcher.fetch([request])
        if isinstance(answer.result, Body):
            return answer.result
        failed = answer.result
        why = say_failure(failed) if isinstance(failed, Failed) else "the answer holds no page"
        raise NewsError(
            f"{self._page_url} cannot be looked into. {why}. Try another page of the site; if you "
            "know the address of a feed, `newshouse feeds check URL` says how it is"
        )

    def _try(self, places: Sequence[tuple[str, str]]) -> list[Candidate]:
        """Return those of `places`, addresses and how each was found, that are feeds, in order."""
        how = {url: words for url, words in places if url not in self._tried}
        self._tried |= dict.fromkeys(how)
        answers = self._ask_feeds(how)
        found = [
            candidate
            for url in how
            if isinstance(body := answers[url].result, Body)
            and (candidate := self._candidate(body, how[url], url)) is not None
        ]
        # Two addresses of one document are one feed: /feed and /feed/, http and https.
        return list({identity(one.url): one for one in reversed(found)}.values())[::-1]

    def _ask_feeds(self, urls: Iterable[str]) -> dict[str, Answer]:
        requests = [Request(key=url, url=url, kind="feed") for url in urls]
        return {answer.request.key: answer for answer in self._fetcher.fetch(requests)}

    def _candidate(self, body: Body, how: str, url: str) -> Candidate | None:
        reading = read_document(body, feed_url=url)
        if reading.feed is None:
            return None
        if reading.feed.children:
            return self._index(reading.feed, how)
        return _describe(reading.feed, reading.entries, how)

    def _index(self, index: Feed, how: str) -> Candidate | None:
        """Return the index of sitemaps if those it wants read first hold news."""
        answers = self._ask_feeds(index.children[:MOST_CHILDREN])
        entries: list[Entry] = []
        for url, answer in answers.items():
            if isinstance(answer.result, Body):
                entries += read_document(answer.result, feed_url=url).entries
        return _describe(index, entries, how) if entries else None

    def _try_sitemaps(self, page_url: str) -> list[Candidate]:
        """Return the sitemaps named in robots.txt that hold news."""
        text = self._robots_text(read_target(page_url).origin)
        named = sitemaps_in_robots(text)[:MOST_SITEMAPS]
        found = self._try([(url, "a Sitemap line of robots.txt") for url in named])
        return [candidate for candidate in found if candidate.entries]

    def _robots_text(self, origin: str) -> str:
        """Return robots.txt as it was just read for the page, else as it is asked for now."""
        for file in self._fetcher.memory().robots:
            if file.origin == origin:
                return file.text or ""
        (answer,) = self._fetcher.fetch([ask_robots(origin)])
        return read_robots(origin, answer).text or ""

    def _conclude(self, found: Sequence[Candidate]) -> Discovery:
        addresses = {candidate.url for candidate in found}
        return Discovery(
            page_url=self._page_url,
            candidates=tuple(sorted(found, key=_rank)),
            tried=tuple(url for url in self._tried if url not in addresses),
        )


def _describe(feed: Feed, entries: Sequence[Entry], how: str) -> Candidate:
    dates = [at for entry in entries if (at := entry.published_at or entry.updated_at)]
    return Candidate(
        url=feed.url,
        title=feed.title,
        format=feed.format,
        entries=len(entries),
        newest_at=max(dates, default=None),
        how=how,
    )


def _rank(candidate: Candidate) -> tuple[bool, bool]:
    """Return what puts a candidate behind others; where nothing does, their order stays."""
    return candidate.format == "sitemap", candidate.entries == 0
