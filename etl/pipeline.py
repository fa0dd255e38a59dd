"""The way of an article from feed to row.

    Feed ──poll──▶ Entry ──fetch──▶ Page ──refine──▶ Article ──load──▶ rows ──publish──▶ readers
                     │                │                 │
                     │             archive           extract → fingerprint → tag
                     ▼             (WARC, before     (worker processes, archived bytes only,
                  the queue         anything looks    no network, within a deadline)
                (in the warehouse)  inside)

- **poll**: due feeds are asked (conditional GET); entries are told from those we know, and what is
  new or changed is queued. An index of sitemaps is one feed in several documents.
- **fetch**: queued pages are asked for, pages due to be looked at again among them; their bytes go
  to the archive before anything parses them.
- **refine**: from archived bytes alone: extract, fingerprint, tag. Where a page cannot be had, the
  text its feed carried, if any, takes its place.
- **load**: one transaction a batch: rows, outcomes and cursors advance together or not at all.
- **publish**: readers get a new snapshot; of a run that lasts also now and then before its end.

Every entry that enters leaves with one counted outcome. A killed run loses nothing: what it had
not loaded is still queued, and the next run begins with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ParamSpec, Protocol, TypeVar

from etl.batches import FIRST_BATCH, batch_size, one_ahead, take
from etl.conclusions import carried_body, conclude, signals_of, take_carried
from etl.feeds.decide import RevisitRules
from etl.feeds.departures import needs_carried, settle_page
from etl.feeds.polling.poll import (
    OpenedPoll,
    ask_children,
    ask_feed,
    join_children,
    open_answer,
    settle_poll,
)
from etl.feeds.polling.schedule import ScheduleRules
from etl.ports import Archive, Fetcher, Pending, Progress, Refiner, Store
from etl.records import (
    Answer,
    Body,
    Failed,
    FeedState,
    KnownEntry,
    PageRef,
    Refined,
    Request,
    Run,
    RunSummary,
    SamePage,
    Subscription,
    Work,
)

P = ParamSpec("P")
T = TypeVar("T")


class Step(Protocol):
    """Runs one stage of one batch; flows make a Prefect task of it."""

    def __call__(
        self, name: str, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return what `function` returns."""
        ...


def just_call(name: str, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a stage as it is: the `Step` of a run without a Prefect server."""
    del name
    return function(*args, **kwargs)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The world as the pipeline needs it."""

    fetcher: Fetcher
    archive: Archive
    refiner: Refiner
    store: Store
    subscriptions: tuple[Subscription, ...]
    schedule: ScheduleRules
    revisits: RevisitRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A page asked for: its answer, and where it is archived and being refined if there is one."""

    work: Work
    answer: Answer
    page: PageRef | None = None
    pending: Pending | None = None


def ingest(
    house: House,
    *,
    run: Run,
    tell: Progress,
    feed_urls: Sequence[str] | None = None,
    every: bool = False,
    step: Step = just_call,
) -> RunSummary:
    """Poll what is due, load what is new, publish, and return what happened.

    Args:
        house: the ports.
        run: its `now` is what "due" is judged by.
        tell: is told how far it is.
        feed_urls: only these feeds; None = all subscribed ones.
        every: poll feeds that are not due too, and try again every page that could not be had.
        step: runs each stage of each batch.

    Raises:
        NewsError: the warehouse or the archive failed; the run is recorded as failed.
    """
    salvaged = house.archive.salvage(house.store.find_killed_runs())
    house.store.begin(run, house.subscriptions, salvaged=salvaged)
    redact(house, run=run)
    try:
        house.fetcher.recall(house.store.find_host_memory(now=run.now))
        poll(house, run=run, tell=tell, feed_urls=feed_urls, every=every, step=step)
        load(house, run=run, tell=tell, feed_urls=feed_urls, every=every, step=step)
    except Exception:
        house.store.finish(run, sealed=house.archive.seal(), is_failed=True)
        raise
    summary = house.store.finish(run, sealed=house.archive.seal(), is_failed=False)
    redact(house, run=run)
    step("publish", house.store.publish)
    return summary


def redact(house: House, *, run: Run) -> None:
    """Empty the archived records of what was forgotten: what a kill left, and what came in again.

    A feed carries an article on after it was forgotten, in a document that is archived whole.
    """
    if redactions := house.store.find_redactions():
        house.store.settle_redactions(house.archive.redact(redactions), now=run.now)


def poll(
    house: House,
    *,
    run: Run,
    tell: Progress,
    feed_urls: Sequence[str] | None,
    every: bool,
    step: Step,
) -> None:
    """Ask due feeds and queue what they bring."""
    states = house.store.find_due_feeds(now=run.now, feed_urls=feed_urls, every=every)
    by_url = {state.feed_url: state for state in states}
    tell.begin("polling feeds", len(states))
    answers = house.fetcher.fetch(
        ask_feed(state, now=run.now, rules=house.schedule) for state in states
    )
    indexes: list[OpenedPoll] = []
    while batch := step("poll feeds", take, answers, batch_size(len(states))):
        pairs = [(by_url[answer.request.key], answer) for answer in batch]
        indexes += step("read feeds", read_feeds, house, run, pairs)
        tell.advance(len(batch))
    if indexes:
        step("read sitemaps", read_sitemaps, house, run, indexes)
    house.store.load_host_memory(run, house.fetcher.memory())


def read_feeds(
    house: House, run: Run, batch: Sequence[tuple[FeedState, Answer]]
) -> list[OpenedPoll]:
    """Parse one batch of polled feeds and load it; return the indexes of sitemaps among them."""
    opened = [open_answer(state, answer) for state, answer in batch]
    load_polls(house, run, [poll for poll in opened if not poll.children])
    return [poll for poll in opened if poll.children]


def read_sitemaps(house: House, run: Run, indexes: Sequence[OpenedPoll]) -> None:
    """Ask for the sitemaps that indexes list, and load each index with what they hold."""
    answers: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in house.fetcher.fetch(asked for poll in indexes for asked in ask_children(poll)):
        answers[answer.request.key].append(answer)
    load_polls(house, run, [join_children(poll, answers[poll.state.feed_url]) for poll in indexes])


def load_polls(house: House, run: Run, opened: Sequence[OpenedPoll]) -> None:
    """Archive what polls brought, decide what each entry asks for, and load it all."""
    pages = [[house.archive.append(body, kind="feed") for body in poll.bodies] for poll in opened]
    house.archive.sync()
    known = house.store.find_known_entries([entry for poll in opened for entry in poll.entries])
    known_of: defaultdict[str, list[KnownEntry]] = defaultdict(list)
    for entry in known:
        known_of[entry.feed_url].append(entry)
    polled = [
        settle_poll(
            poll, known=known_of[poll.state.feed_url], pages=kept, now=run.now, rules=house.schedule
        )
        for poll, kept in zip(opened, pages, strict=True)
    ]
    house.store.load_feeds(run, polled)


def load(
    house: House,
    *,
    run: Run,
    tell: Progress,
    feed_urls: Sequence[str] | None,
    every: bool,
    step: Step,
) -> None:
    """Fetch, archive, refine and load every queued page, a batch ahead of what is loaded."""
    works = house.store.take_up_entries(
        run, feed_urls=feed_urls, every=every, revisits_per_host=house.revisits.per_host
    )
    by_entry = {work.hints.entry_id: work for work in works}
    tell.begin("loading pages", len(works))
    answers = house.fetcher.fetch(
        Request(key=work.hints.entry_id, url=work.url, kind="page", validators=work.validators)
        for work in works
    )
    for batch in one_ahead(send_pages(house, answers, by_entry, step=step)):
        refined = step("refine pages", collect, house, batch, run)
        step("load pages", house.store.load_pages, run, refined)
        if house.store.is_publication_due():
            step("publish", house.store.publish)
        tell.advance(len(batch))
    house.store.load_host_memory(run, house.fetcher.memory())


def send_pages(
    house: House, answers: Iterator[Answer], by_entry: dict[str, Work], *, step: Step
) -> Iterator[list[Sent]]:
    """Yield batches of answers, each archived, on disk, and already being refined.

    Batches double from a few pages to a full one, so that the first rows come soon and a large
    run has few batches.
    """
    size = FIRST_BATCH
    while batch := step("fetch pages", take, answers, size):
        sent = [send_page(house, by_entry[answer.request.key], answer) for answer in batch]
        house.archive.sync()
        yield sent
        size = min(2 * size, batch_size(len(by_entry)))


def send_page(house: House, work: Work, answer: Answer) -> Sent:
    """Archive an answer that has a body and start refining it."""
    if not isinstance(answer.result, Body):
        return Sent(work=work, answer=answer)
    page = house.archive.append(answer.result, kind="page")
    pending = house.refiner.start(page, work.hints)
    return Sent(work=work, answer=answer, page=page, pending=pending)


def collect(house: House, batch: Sequence[Sent], run: Run) -> list[Refined]:
    """Wait for a batch to be refined and say how each of its entries departs."""
    return fall_back(house, [collect_one(sent, house.revisits, run) for sent in batch], run)


def collect_one(sent: Sent, revisits: RevisitRules, run: Run) -> Refined:
    """Return what came of one page: an article, or a departure with its reason."""
    answered = sent.answer.result
    result = sent.pending.result() if sent.pending else None
    settled = settle_page(
        sent.work,
        conclude(sent.work.hints.entry_id, answered, result),
        retry_after_s=answered.retry_after_s if isinstance(answered, Failed) else None,
        now=run.now,
        revisits=revisits,
    )
    return Refined(
        work=sent.work,
        exchanges=sent.answer.exchanges,
        page=sent.page,
        result=settled.result,
        attempts=settled.attempts,
        due_at=settled.due_at,
        signals=sent.answer.signals + signals_of(result),
        same_as=answered.final_url if isinstance(answered, SamePage) else None,
    )


def fall_back(house: House, batch: Sequence[Refined], run: Run) -> list[Refined]:
    """Where a page cannot be had, make the article of what its feed carried, if that is one."""
    wanting = {one.work.hints.entry_id: one for one in batch if needs_carried(one.work, one.result)}
    if not wanting:
        return list(batch)
    pages: dict[str, tuple[PageRef, Pending]] = {}
    for entry_id, html in house.store.find_carried(list(wanting)).items():
        work = wanting[entry_id].work
        page = house.archive.append(carried_body(work.url, html, now=run.now), kind="entry")
        pages[entry_id] = page, house.refiner.start(page, work.hints)
    house.archive.sync()
    for entry_id, (page, pending) in pages.items():
        wanting[entry_id] = take_carried(wanting[entry_id], page, pending.result())
    return [wanting.get(one.work.hints.entry_id, one) for one in batch]
