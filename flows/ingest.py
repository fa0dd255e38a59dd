"""The ingest run as a Prefect flow: each stage is a task, the summary an artifact and a state."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from prefect import Task, flow, get_run_logger, runtime
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from etl.app import ingest as run_pipeline
from etl.errors import NewsError, WarehouseBusyError
from etl.home import Home
from etl.records import RunSummary
from flows.report import as_line, as_table

P = ParamSpec("P")
T = TypeVar("T")

ARTIFACT_KEY = "newshouse-run"
BUGS_STATE = "Completed with bugs"
BUSY_STATE = "Skipped"
LEAVE_WITHIN_S = 20
RUN_LOGS = ("prefect.flow_runs", "prefect.task_runs")


@flow(name="newshouse-ingest", persist_result=False)
def ingest(home: str, feed_urls: list[str] | None = None, every: bool = False) -> State[RunSummary]:  # noqa: FBT001, FBT002 - a flow's parameters are named by its caller, never positional
    """Poll the feeds of a home that are due and load what is new.

    The state's data is the summary; it is "Skipped" while another run writes, and "Completed with
    bugs" when entries were quarantined.
    """
    if runtime.deployment.id is None:
        return run(home, feed_urls, every=every)
    leave_with_parent()
    keep_run_log_off_console()
    try:
        state = run(home, feed_urls, every=every)
    except Exception:
        traceback.print_exc()
        raise
    sys.stderr.write(f"{state.name}: {state.message}\n")
    return state


def run(home: str, feed_urls: Sequence[str] | None, *, every: bool) -> State[RunSummary]:
    """Run the pipeline, a task a stage, and return the state it ends in."""
    try:
        summary = run_pipeline(
            Home(Path(home)), tell=RunLog(), feed_urls=feed_urls, every=every, step=as_task
        )
    except WarehouseBusyError as error:
        return Completed(name=BUSY_STATE, message=str(error))
    except NewsError as error:
        return Failed(message=str(error), data=error)
    create_markdown_artifact(as_table(summary), key=ARTIFACT_KEY, description="The last run")
    return conclude(summary)


def conclude(summary: RunSummary) -> State[RunSummary]:
    """Return the state a finished run ends in: bugs are never silently green."""
    name = BUGS_STATE if summary.state == "completed_with_bugs" else None
    return Completed(name=name, message=as_line(summary), data=summary)


def run_ingest_flow(home: Home, *, feed_urls: Sequence[str] | None, every: bool) -> RunSummary:
    """Run the flow in this process, recorded by the configured server; return its summary.

    Raises:
        WarehouseBusyError: another run is writing.
        NewsError: the run failed.
    """
    state: State[Any] = ingest(
        str(home.path), list(feed_urls) if feed_urls is not None else None, every, return_state=True
    )
    if state.name == BUSY_STATE:
        raise WarehouseBusyError(state.message)
    summary: RunSummary = state.result()
    return summary


def as_task(name: str, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run one stage as a Prefect task and return what it returns; its errors come through.

    Arguments and result go around Prefect, which would walk every object of a batch looking for
    futures.
    """
    kept: list[T] = []

    def stage() -> None:
        kept.append(function(*args, **kwargs))

    Task(stage, name=name, cache_policy=NO_CACHE, persist_result=False)()
    return kept[0]


class RunLog:
    """Implements `ports.Progress` with a line a stretch in the flow run's log."""

    def begin(self, what: str, total: int | None) -> None:
        """Log what starts."""
        get_run_logger().info("%s: %s", what, "unknown" if total is None else total)

    def advance(self, count: int) -> None:
        """Do nothing: each batch is a task the UI shows already."""


def leave_with_parent() -> None:
    """End this run when the process that started it is gone: a killed `serve` leaves no orphans."""
    # Ctrl-C reaches every process of the terminal; `serve` then ends its runs itself, in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(LEAVE_WITHIN_S)
        # Prefect may still be trying to tell a server that is gone too; the warehouse is closed.
        os._exit(1)

    threading.Thread(target=wait, name="leave-with-parent", daemon=True).start()


def keep_run_log_off_console() -> None:
    """Leave the run's log to the UI: the console of `serve` gets one line a run."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(lambda record: not record.name.startswith(RUN_LOGS))
