"""A desk to run a warehouse from: what the pipeline does, with pages written down in a test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from etl.archive import WarcArchive
from etl.dedup import fingerprint
from etl.feeds.decide import next_retry
from etl.feeds.matching.identity import match_entries
from etl.feeds.polling.poll import meet
from etl.outcomes import Outcome, Reason
from etl.records import (
    Alarm,
    Article,
    Body,
    Bug,
    Claim,
    Departure,
    Derivation,
    Entry,
    Exchange,
    FeedState,
    Mention,
    PageKind,
    PageRef,
    Polled,
    Refined,
    Run,
    RunSummary,
    Subscription,
    Tagged,
    Timex,
    UsageSignal,
    Work,
    make_id,
)
from etl.store.keeper import Keeper
from etl.store.retention import Keep
from etl.store.writer import Warehouse
from etl.terms import index_words
from etl.urls import canonicalize, source_of

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FEED = "https://harbour.test/feed.xml"
PLACE, DAY = "Berlin", "22 November"
MADE_BY = Derivation(
    extractor="test-1", feed_extractor="feed-1", fingerprinter="test-1", tagger="test-1",
    deduplicator="test-1", newshouse_version="0", libraries=(("lxml", "6.1.3"),),
    settings=(("refine.min_chars", "200"), ("dedup.min_repeat_words", "8")),
)  # fmt: skip
"""What a desk makes articles by."""


@dataclass(frozen=True)
class Paper:
    """What stands on a page; an article unless `outcome` says what came of it instead.

    `status` is the server's; `same_as` where redirects led to another's page; `carried` what the
    feed carried is taken for the article, since the page departed as `outcome` says.
    """

    text: str = ""
    title: str = "Ferry runs again"
    published_at: datetime | None = NOON - timedelta(hours=1)
    outcome: Outcome = Outcome.NEW
    canonical_url: str | None = None
    final_url: str | None = None
    status: int = 200
    same_as: str | None = None
    carried: str | None = None
    etag: str | None = None
    signals: tuple[UsageSignal, ...] = ()


Pages = Mapping[str, Paper]


def story(topic: str, *, words: int = 60) -> str:
    """Return a text nobody else's resembles, which names a place and a day after an emoji."""
    told = " ".join(f"{topic}{place}" for place in range(words))
    return f"⛴️ In {PLACE}, on {DAY}: {told}."


def entry(
    name: str,
    *,
    feed: str = FEED,
    url: str | None = "",
    title: str = "A title",
    content_html: str | None = None,
) -> Entry:
    """Return an entry of a feed; `url` None for one without a link."""
    link = f"https://harbour.test/{name}" if url == "" else url
    return Entry(
        entry_id=make_id(feed, name),
        feed_url=feed,
        guid=name,
        url=link,
        title=title,
        published_raw="Sun, 22 Nov 2026 11:00:00 GMT",
        published_at=NOON - timedelta(hours=1),
        updated_raw=None,
        updated_at=None,
        authors=("Ada Marsh",),
        content_html=content_html,
        fingerprint=make_id(link or "", title),
    )


def exchange(url: str, *, kind: str = "page", now: datetime = NOON, status: int = 200) -> Exchange:
    """Return an answered question."""
    return Exchange(
        fetch_id=make_id(url, now.isoformat()),
        kind="feed" if kind == "feed" else "page",
        url=url,
        final_url=url,
        status=status,
        outcome="ok",
        error=None,
        started_at=now,
        elapsed_ms=12,
        received_bytes=345,
    )


def tagged(paper: Paper, url: str) -> Tagged:
    """Return the article of a page, its place and its day marked."""
    address = paper.canonical_url or canonicalize(url)
    article = Article(
        url=url,
        canonical_url=address,
        declared_canonical_url=None,
        source=source_of(url),
        title=paper.title,
        authors=("Ada Marsh",),
        published_at=paper.published_at,
        published_raw="22 Nov 2026",
        modified_at=None,
        language="en",
        paragraphs=tuple(paper.text.split("\n\n")),
        section=None,
        keywords=("ferries",),
        image_url=None,
        is_paywalled=False,
        is_truncated=False,
        extractor="test-1",
        charset="utf-8",
        claims=(
            Claim(field="title", value=paper.title, source="h1", rule="votes", is_chosen=True),
            Claim(field="title", value="Harbour", source="og", rule="votes", is_chosen=False),
        ),
    )
    printed = fingerprint(article, min_repeat_words=8)
    return Tagged(
        fingerprinted=printed,
        mentions=_mentions(printed.text),
        timexes=_timexes(printed.text),
        tagger="test-1",
        indexed=index_words(title=paper.title, text=printed.text, language="en"),
    )


def _mentions(text: str) -> tuple[Mention, ...]:
    at = text.find(PLACE)
    if at < 0:
        return ()
    named = Mention(
        start_char=at, end_char=at + len(PLACE), surface=PLACE, kind="GPE", score=0.9,
        entity_id=make_id("GPE", "berlin"), entity_name=PLACE, country_code="DE",
    )  # fmt: skip
    return (named,)


def _timexes(text: str) -> tuple[Timex, ...]:
    at = text.find(DAY)
    if at < 0:
        return ()
    on = date(2026, 11, 22)
    dated = Timex(
        start_char=at, end_char=at + len(DAY), surface=DAY, timex_type="DATE",
        timex_value="2026-11-22", date_from=on, date_to=on, timex_mod="APPROX",
    )  # fmt: skip
    return (dated,)


class Desk:
    """A home's warehouse and archive, and a clock that goes forward an hour a run."""

    def __init__(self, data: Path, *, keep_polls: timedelta | None = None) -> None:
        self.data = data
        self.now = NOON
        self.store = Warehouse(data, clock=lambda: self.now, keep=Keep(polls=keep_polls))
        self.run = Run(run_id="", flow="ingest", now=self.now)
        self.archive = self._open_archive()
        self.made_by: Derivation | None = MADE_BY
        self._runs = self._asked = 0

    def _open_archive(self) -> WarcArchive:
        return WarcArchive(self.data / "archive", run_id=self.run.run_id, now=self.now)

    def reopen(self) -> None:
        """Leave everything as a killed process does, then start again."""
        self.store._con.close()
        self.store = Warehouse(self.data, clock=lambda: self.now)

    def split_entry(self, merge_id: str) -> str:
        """Undo a merge of entries, as a person does between two runs."""
        self.store.close()
        keeper = Keeper(self.data, clock=lambda: self.now)
        try:
            return keeper.split_entry(merge_id, now=self.now)
        finally:
            keeper.close()
            self.store = Warehouse(self.data, clock=lambda: self.now)

    def begin(self, *feeds: str, hours: int = 1) -> None:
        """Begin a run, some hours after the last."""
        self._runs += 1
        self.now += timedelta(hours=hours)
        self.run = Run(
            run_id=f"testrun{self._runs:05}", flow="ingest", now=self.now, derivation=self.made_by
        )
        self.archive = self._open_archive()
        salvaged = self.archive.salvage(self.store.find_killed_runs())
        urls = feeds or (FEED,)
        self.store.begin(self.run, [Subscription(url=url) for url in urls], salvaged=salvaged)

    def poll(
        self,
        *entries: Entry,
        feed: str = FEED,
        state: FeedState | None = None,
        alarms: Sequence[Alarm] = (),
    ) -> Polled:
        """Return a poll of `feed` that brought these entries."""
        known = self.store.find_known_entries(entries)
        met = tuple(
            meet(one.entry, one.known, now=self.now, merge=one.merge)
            for one in match_entries(entries, known)
        )
        state = state or FeedState(
            feed_url=feed, title="Harbour", format="rss", last_polled_at=self.now,
            last_status=200, interval_s=900, next_poll_at=self.now + timedelta(seconds=900),
        )  # fmt: skip
        asked = exchange(feed, kind="feed", now=self._tick())
        page = self._append(feed, f"<rss>{self.now}</rss>", kind="feed")
        return Polled(state=state, exchanges=(asked,), pages=(page,), met=met, alarms=tuple(alarms))

    def load_feeds(self, *entries: Entry, feed: str = FEED) -> None:
        """Poll and load one feed."""
        self.store.load_feeds(self.run, [self.poll(*entries, feed=feed)])

    def take_up(self, *, revisits_per_host: int = 1000) -> tuple[Work, ...]:
        """Return the pages that are due."""
        return self.store.take_up_entries(
            self.run, feed_urls=None, every=False, revisits_per_host=revisits_per_host
        )

    def refine(self, work: Work, paper: Paper) -> Refined:
        """Return what came of one page: tried again in a quarter of an hour, revisited in one."""
        asked = (exchange(work.url, now=self._tick(), status=paper.status),)
        revisit = self.now + timedelta(minutes=15)
        if paper.carried is not None:
            return self._carried(work, paper, asked)
        if paper.outcome in NO_PAGE:
            departure = Departure(entry_id=work.hints.entry_id, outcome=paper.outcome)
            is_tried = paper.outcome is Outcome.FAILED
            attempts = work.attempts + 1 if is_tried else 0
            due_at = next_retry(attempts, self.now) if is_tried else revisit
            return Refined(
                work=work, exchanges=asked, page=None, result=departure, attempts=attempts,
                due_at=due_at if paper.outcome in {Outcome.FAILED, Outcome.UNCHANGED} else None,
                same_as=paper.same_as,
            )  # fmt: skip
        page = self._append(
            work.url, f"{paper.title}\n{paper.text}", kind="page",
            final_url=paper.final_url, etag=paper.etag,
        )  # fmt: skip
        result = _result(work, paper, page)
        return Refined(
            work=work, exchanges=asked, page=page, result=result, attempts=0,
            due_at=revisit if isinstance(result, Tagged) else None, signals=paper.signals,
        )  # fmt: skip

    def _carried(self, work: Work, paper: Paper, asked: tuple[Exchange, ...]) -> Refined:
        page = self._append(work.url, paper.carried or "", kind="entry")
        missed = Departure(
            entry_id=work.hints.entry_id, outcome=paper.outcome,
            reason=Reason.ROBOTS_DENIED, detail="robots.txt says no",
        )  # fmt: skip
        return Refined(
            work=work, exchanges=asked, page=None, attempts=0, due_at=None, carried_page=page,
            result=tagged(replace(paper, text=paper.carried or ""), work.url), carried_for=missed,
        )  # fmt: skip

    def load_pages(self, works: Sequence[Work], pages: Pages) -> None:
        """Load one batch of pages; what stands on each is in `pages`, by URL."""
        refined = [self.refine(work, pages[work.url]) for work in works]
        self.archive.sync()
        self.store.load_pages(self.run, refined)

    def finish(self, *, is_failed: bool = False) -> RunSummary:
        """Finish the run."""
        return self.store.finish(self.run, sealed=self.archive.seal(), is_failed=is_failed)

    def ingest(
        self, *entries: Entry, pages: Pages, hours: int = 1, publish: bool = False
    ) -> RunSummary:
        """Do a whole run over one feed, and publish it if asked to."""
        self.begin(hours=hours)
        if entries:
            self.load_feeds(*entries)
        self.load_pages(self.take_up(), pages)
        summary = self.finish()
        if publish:
            self.store.publish()
        return summary

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Return the rows of a query on the writer's database."""
        return self.store._con.execute(query).fetchall()

    def _tick(self) -> datetime:
        """Return a time of this run that no other exchange has."""
        self._asked += 1
        return self.now + timedelta(microseconds=self._asked)

    def _append(
        self,
        url: str,
        content: str,
        *,
        kind: PageKind,
        final_url: str | None = None,
        etag: str | None = None,
    ) -> PageRef:
        headers = [("content-type", "text/html"), *([("etag", etag)] if etag else [])]
        body = Body(
            url=url, final_url=final_url or url, status=200, headers=tuple(headers),
            content=content.encode("utf-8", "replace"), fetched_at=self._tick(),
        )  # fmt: skip
        return self.archive.append(body, kind=kind)


NO_PAGE = {Outcome.FAILED, Outcome.UNCHANGED, Outcome.GAVE_UP, Outcome.KNOWN}


def _result(work: Work, paper: Paper, page: PageRef) -> Tagged | Departure | Bug:
    match paper.outcome:
        case Outcome.REJECTED:
            return Departure(
                entry_id=work.hints.entry_id, outcome=Outcome.REJECTED,
                reason=Reason.TOO_SHORT, detail="83 < 200 chars",
            )  # fmt: skip
        case Outcome.BUG:
            where = f"{page.warc_file}@{page.warc_offset}"
            return Bug(where=where, detail="ValueError('x')", trace="Traceback …")
        case _:
            return tagged(paper, paper.final_url or work.url)
