"""The composition root: a home's settings become ports, and the pipeline is given them.

The only module that knows both the pipeline and the edges.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from etl import pipeline
from etl.archive import WarcArchive
from etl.catalogue import read_catalogue
from etl.derivation import name_derivation
from etl.durations import parse_duration_s
from etl.feeds.decide import RevisitRules
from etl.feeds.polling.schedule import ScheduleRules
from etl.home import Home
from etl.net import FetchPolicy, WebFetcher
from etl.ports import Progress
from etl.recognizers import ALL, check_choices
from etl.records import RefineOptions, Run, RunSummary, make_id
from etl.settings import RefineSettings, Settings, load_settings
from etl.store.alarms import AlarmRules
from etl.store.connect import open_reader, writer_lock
from etl.store.keeper import Keeper
from etl.store.retention import Keep
from etl.store.writer import Warehouse
from etl.workers import WorkerPool


def read_clock() -> datetime:
    """Return the time, UTC."""
    return datetime.now(UTC)


def prepare_warehouse(home: Home) -> None:
    """Make the warehouse of a home, empty, unless it has one; or bring it to this version.

    Raises:
        WarehouseBusyError: a run is writing.
        MigrationError: it could not be brought to this version.
    """
    settings = load_settings(home.path)
    with writer_lock(home.live.parent):
        store = open_store(home, settings)
        store.publish()
        store.close()


def split_entry(home: Home, merge_id: str) -> str:
    """Undo a merge of entries, publish, and return the id of the entry it makes.

    Raises:
        WarehouseBusyError: a run is writing.
        WarehouseError: there is no warehouse, no such merge, or it was undone before.
    """
    open_reader(home.published).close()  # so that none is made where there is none
    settings = load_settings(home.path)
    with writer_lock(home.live.parent):
        store = open_keeper(home, settings)
        try:
            entry_id = store.split_entry(merge_id, now=read_clock())
            store.publish()
        finally:
            store.close()
    return entry_id


def ingest(
    home: Home,
    *,
    tell: Progress,
    settings: Settings | None = None,
    feed_urls: Sequence[str] | None = None,
    every: bool = False,
    step: pipeline.Step = pipeline.just_call,
) -> RunSummary:
    """Run the pipeline once over a home and return what happened.

    Args:
        home: where.
        tell: is told how far it is.
        settings: instead of the home's own.
        feed_urls: only these feeds; None = all subscribed ones.
        every: poll feeds that are not due too, and try again every page that could not be had.
        step: runs each stage of each batch.

    Raises:
        ConfigError: settings or subscriptions are wrong, or the home cannot be written.
        WarehouseBusyError: another run is writing.
        NewsError: the run failed.
    """
    settings = settings or load_settings(home.path)
    subscriptions = read_catalogue(home.catalogue)
    with writer_lock(home.live.parent):
        # Read under the lock: a run that waited for another must not count time backwards.
        now = read_clock()
        run = Run(
            run_id=make_id("run", now.isoformat(), str(os.getpid())), flow="ingest", now=now,
            derivation=name_derivation(refine_options(settings)),
        )  # fmt: skip
        with _open_house(home, settings, run) as (fetcher, archive, refiner, store):
            house = pipeline.House(
                fetcher=fetcher,
                archive=archive,
                refiner=refiner,
                store=store,
                subscriptions=subscriptions,
                schedule=schedule_rules(settings),
                revisits=revisit_rules(settings),
            )
            return pipeline.ingest(
                house, run=run, tell=tell, feed_urls=feed_urls, every=every, step=step
            )


@contextmanager
def _open_house(
    home: Home, settings: Settings, run: Run
) -> Iterator[tuple[WebFetcher, WarcArchive, WorkerPool, Warehouse]]:
    store = open_store(home, settings)
    try:
        with (
            WebFetcher(fetch_policy(settings), clock=read_clock) as fetcher,
            open_workers(home.archive, settings) as refiner,
        ):
            archive = WarcArchive(home.archive, run_id=run.run_id, now=run.now)
            yield fetcher, archive, refiner, store
    finally:
        store.close()


def open_store(
    home: Home, settings: Settings, *, clock: Callable[[], datetime] | None = None
) -> Warehouse:
    """Return the warehouse of a home, open as the settings say; the caller holds its lock."""
    return Warehouse(
        home.data,
        clock=clock or read_clock,
        keep=keep_rules(settings),
        alarms=alarm_rules(settings),
        keep_snapshots=settings.keep.snapshots,
        publish_every=timedelta(seconds=parse_duration_s(settings.publish.every)),
    )


def open_keeper(
    home: Home, settings: Settings, *, clock: Callable[[], datetime] | None = None
) -> Keeper:
    """Return the warehouse of a home for who takes care of it; the caller holds its lock."""
    return Keeper(
        home.data,
        clock=clock or read_clock,
        keep=keep_rules(settings),
        keep_snapshots=settings.keep.snapshots,
    )


def fetch_policy(settings: Settings) -> FetchPolicy:
    """Return the fetcher's policy out of the settings."""
    return FetchPolicy(**{name: getattr(settings.fetch, name) for name in FETCH_FIELDS})


FETCH_FIELDS = (
    "timeout_s", "total_timeout_s", "max_body_bytes", "max_redirects", "concurrency",
    "per_host_concurrency", "per_host_delay_s", "respect_robots", "contact_url",
    "allow_private", "resolve",
)  # fmt: skip


def schedule_rules(settings: Settings) -> ScheduleRules:
    """Return the poll schedule's bounds out of the settings."""
    return ScheduleRules(
        min_interval_s=parse_duration_s(settings.schedule.min_interval),
        max_interval_s=parse_duration_s(settings.schedule.max_interval),
        audit_share=settings.schedule.audit_share,
    )


def keep_rules(settings: Settings) -> Keep:
    """Return how long history is kept, out of the settings."""
    kept = {name: getattr(settings.keep, name) for name in ("polls", "outcomes", "runs", "alarms")}
    return Keep(**{name: timedelta(seconds=parse_duration_s(age)) for name, age in kept.items()})


def alarm_rules(settings: Settings) -> AlarmRules:
    """Return when what is strange is an alarm, out of the settings."""
    return AlarmRules(
        false_a_year=settings.alarms.false_a_year,
        drift_articles=settings.alarms.drift_articles,
        lag_s=parse_duration_s(settings.alarms.lag),
        failure_share=settings.alarms.failure_share,
        backlog_s=parse_duration_s(settings.alarms.backlog),
    )


def revisit_rules(settings: Settings) -> RevisitRules:
    """Return when pages are looked at again, out of the settings."""
    pairs = (step.partition(":") for step in settings.revisit.plan)
    plan = sorted((parse_duration_s(age), parse_duration_s(wait)) for age, _, wait in pairs)
    return RevisitRules(plan_s=tuple(plan), per_host=settings.revisit.per_host)


def refine_options(settings: Settings) -> RefineOptions:
    """Return what of the settings decides an article.

    Raises:
        ConfigError: a recogniser that is chosen is not installed.
    """
    chosen = settings.tag.recognizer
    recognizers = {ALL: chosen} if isinstance(chosen, str) else chosen
    check_choices(tuple(recognizers.items()))
    return RefineOptions(
        min_chars=settings.refine.min_chars,
        min_repeat_words=settings.dedup.min_repeat_words,
        recognizers=tuple(sorted(recognizers.items())),
    )


def open_workers(archive: Path, settings: Settings) -> WorkerPool:
    """Return a pool whose workers read `archive` and refine as the settings say."""
    return WorkerPool(
        "etl.workbench:make_refine",
        (archive, refine_options(settings)),
        workers=count_workers(settings.refine),
        timeout_s=settings.refine.timeout_s,
        max_memory_mb=settings.refine.max_memory_mb,
    )


def open_rereaders(settings: Settings) -> WorkerPool:
    """Return a pool whose workers read texts again, without the archive."""
    return WorkerPool(
        "etl.workbench:make_reread",
        (refine_options(settings),),
        workers=count_workers(settings.refine),
        timeout_s=settings.refine.timeout_s,
        max_memory_mb=settings.refine.max_memory_mb,
    )


def open_extractors(settings: Settings) -> WorkerPool:
    """Return a pool whose workers extract articles of pages that no archive holds."""
    return WorkerPool(
        "etl.workbench:make_extract",
        (refine_options(settings),),
        workers=count_workers(settings.refine),
        timeout_s=settings.refine.timeout_s,
        max_memory_mb=settings.refine.max_memory_mb,
    )


def open_sketchers(settings: Settings) -> WorkerPool:
    """Return a pool whose workers sketch texts that are to be compared with one another."""
    return WorkerPool(
        "etl.workbench:make_sketch",
        (refine_options(settings),),
        workers=count_workers(settings.refine),
        timeout_s=settings.refine.timeout_s,
        pages_per_worker=1_000_000,
    )


def open_taggers(settings: Settings) -> WorkerPool:
    """Return a pool whose workers tag texts that no warehouse holds."""
    return WorkerPool(
        "etl.workbench:make_tag",
        (refine_options(settings),),
        workers=count_workers(settings.refine),
        timeout_s=settings.refine.timeout_s,
        max_memory_mb=settings.refine.max_memory_mb,
    )


def count_workers(settings: RefineSettings) -> int:
    """Return how many worker processes to use: one a core unless set."""
    return settings.workers or len(os.sched_getaffinity(0))
