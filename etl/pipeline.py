"""The way of an article from feed to row.

    Feed ──poll──▶ Entry ──fetch──▶ Page ──refine──▶ Article ──load──▶ rows ──publish──▶ readers
                     │                │                 │
                     │             archive           extract → fingerprint → tag
                     ▼             (WARC, before     (worker processes, archived bytes only,
                  the queue         anything looks    no network, within a deadline)
                (in the warehouse)  inside)

- **poll**: due feeds are asked (conditional GET); what is new or changed is queued.
- **fetch**: queued pages are asked for; their bytes go to the archive before anything parses them.
- **refine**: from archived bytes alone: extract, fingerprint, tag.
- **load**: one transaction a batch: rows, outcomes and cursors advance together or not at all.
- **publish**: readers get a new snapshot.

Every entry that enters leaves with one counted outcome. A killed run loses nothing: what it had
not loaded is still queued, and the next run begins with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ParamSpec, Protocol, TypeVar

from etl.batches import FIRST_BATCH, batch_size, one_ahead, take
from etl.feeds.departures import depart, settle_page
from etl.feeds.poll import open_answer, settle_poll
from etl.feeds.schedule import ScheduleRules
from etl.outcomes import Outcome
from etl.ports import Archive, Fetcher, Pending, Progress, Refiner, Store
from etl.records import (
    Answer,
    Body,
    Bug,
    Departure,
    Failed,
    FeedState,
    NotModified,
    PageRef,
    Refined,
    Rejected,
    Request,
    Run,
    RunSummary,
    Subscription,
    Tagged,
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
        every: poll feeds that are not due too.
        step: runs each stage of each batch.

    Raises:
        NewsError: the warehouse or the archive failed; the run is recorded as failed.
    """
    salvaged = house.archive.salvage(house.store.find_killed_runs())
    house.store.begin(run, house.subscriptions, salvaged=salvaged)
    try:
        poll(house, run=run, tell=tell, feed_urls=feed_urls, every=every, step=step)
        load(house, run=run, tell=tell, feed_urls=feed_urls, step=step)
    except Exception:
        house.store.finish(run, sealed=house.archive.seal(), is_failed=True)
        raise
    summary = house.store.finish(run, sealed=house.archive.seal(), is_failed=False)
    step("publish", house.store.publish)
    return summary


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
        Request(key=state.feed_url, url=state.feed_url, kind="feed", validators=state.validators)
        for state in states
    )
    while batch := step("poll feeds", take, answers, batch_size(len(states))):
        step("read feeds", read_feeds, house, run, [(by_url[a.request.key], a) for a in batch])
        tell.advance(len(batch))


def read_feeds(house: House, run: Run, batch: Sequence[tuple[FeedState, Answer]]) -> None:
    """Archive, parse and decide one batch of polled feeds, and load it."""
    opened = [open_answer(state, answer) for state, answer in batch]
    pages = [house.archive.append(poll.body, kind="feed") if poll.body else None for poll in opened]
    house.archive.sync()
    known = house.store.find_known_entries(
        [entry.entry_id for poll in opened for entry in poll.entries]
    )
    polled = [
        settle_poll(poll, known=known, page=page, now=run.now, rules=house.schedule)
        for poll, page in zip(opened, pages, strict=True)
    ]
    house.store.load_feeds(run, polled)


def load(
    house: House, *, run: Run, tell: Progress, feed_urls: Sequence[str] | None, step: Step
) -> None:
    """Fetch, archive, refine and load every queued page, a batch ahead of what is loaded."""
    works = house.store.take_up_entries(run, feed_urls=feed_urls)
    by_entry = {work.hints.entry_id: work for work in works}
    tell.begin("loading pages", len(works))
    answers = house.fetcher.fetch(
        Request(key=work.hints.entry_id, url=work.url, kind="page", validators=work.validators)
        for work in works
    )
    for batch in one_ahead(send_pages(house, answers, by_entry, step=step)):
        refined = step("refine pages", collect, batch, run)
        step("load pages", house.store.load_pages, run, refined)
        tell.advance(len(batch))


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


def collect(batch: Sequence[Sent], run: Run) -> list[Refined]:
    """Wait for a batch to be refined and say how each of its entries departs."""
    return [collect_one(sent, run) for sent in batch]


def collect_one(sent: Sent, run: Run) -> Refined:
    """Return what came of one page: an article, or a departure with its reason."""
    answered = sent.answer.result
    settled = settle_page(
        sent.work,
        conclude(sent),
        retry_after_s=answered.retry_after_s if isinstance(answered, Failed) else None,
        now=run.now,
    )
    return Refined(
        work=sent.work,
        exchanges=sent.answer.exchanges,
        page=sent.page,
        result=settled.result,
        attempts=settled.attempts,
        due_at=settled.due_at,
    )


def conclude(sent: Sent) -> Tagged | Departure | Bug:
    """Return the article of a page, or how its entry departs without one."""
    entry_id = sent.work.hints.entry_id
    match sent.answer.result:
        case Failed() as failed:
            return depart(entry_id, failed)
        case NotModified():
            return Departure(entry_id=entry_id, outcome=Outcome.UNCHANGED)
        case Body():
            assert sent.pending is not None
            result = sent.pending.result()
            if isinstance(result, Rejected):
                return Departure(
                    entry_id=entry_id,
                    outcome=Outcome.REJECTED,
                    reason=result.reason,
                    detail=result.detail,
                )
            return result
