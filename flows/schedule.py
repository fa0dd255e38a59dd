"""The flows' deployments, and the runner that starts its runs when they are due."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from prefect import Flow, get_client
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import (
    ConcurrencyLimitConfig,
    ConcurrencyLimitStrategy,
    FlowRun,
    State,
    StateType,
)
from prefect.runner import Runner
from prefect.schedules import Cron, Interval, Schedule
from prefect.states import Crashed
from prefect.types.entrypoint import EntrypointType

from etl.errors import ConfigError
from etl.home import Home
from flows.ingest import ingest
from flows.maintain import maintain

NOT_STARTED = [StateType.SCHEDULED]
NOT_ENDED = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
QUERY_EVERY_S = 5.0
UPKEEP_ANCHOR = datetime(2026, 1, 1, 3, 7, tzinfo=UTC)
"""In the small hours of Europe, off the quarters of an hour at which runs start."""


def make_schedule(*, every_s: int | None, cron: str | None, now: datetime) -> Schedule:
    """Return the schedule of an interval or of a cron expression, in UTC.

    An interval counts from `now`, whose run is not the schedule's but started by hand.

    Raises:
        ConfigError: the expression is none.
    """
    if cron is None:
        assert every_s is not None
        interval = timedelta(seconds=every_s)
        return Interval(interval, anchor_date=now + interval)
    try:
        return Cron(cron, timezone="UTC")
    except ValueError as error:
        raise ConfigError(
            f"--cron {cron!r} is no cron expression; write five fields like '*/15 * * * *'"
        ) from error


def make_upkeep_schedule(every_s: int) -> Schedule:
    """Return the schedule of maintenance: by the calendar, not from when `serve` was started.

    Counted from the start, a `serve` that is restarted every day would never get to it.
    """
    return Interval(timedelta(seconds=every_s), anchor_date=UPKEEP_ANCHOR)


async def run_until_stopped(
    home: Home,
    schedule: Schedule,
    *,
    upkeep: Schedule,
    name: str,
    tell: Callable[[str], None],
) -> None:
    """Start the flow now and whenever `schedule` says so, until SIGTERM or SIGINT.

    Runs never overlap: one that would is cancelled before it starts. The run in progress at the
    end is ended too; what it had not loaded is still queued. Maintenance, whenever `upkeep` says
    so, waits for the run in progress; a run that starts meanwhile is skipped.
    """
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop.set)
    runner = _Runner(stop)
    async with get_client() as client:
        await close_stale_runs(client, name)
        deployment_id = await deploy(runner, home, schedule, name=name)
        await deploy(runner, home, upkeep, name=name, flow=maintain)
        await client.create_flow_run_from_deployment(deployment_id)
    serving = asyncio.create_task(runner.start())
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopped}, return_when=asyncio.FIRST_COMPLETED)
    if runner.started:
        tell("stopping")
        await runner.astop()
    else:
        serving.cancel()
    stopped.cancel()
    with suppress(asyncio.CancelledError):
        await serving


class _Runner(Runner):
    """A runner that only says that it is to stop.

    Not `flow.serve`, and not what it does with SIGTERM: it pauses the deployment, so that the
    next start would do nothing, and leaves from inside the signal.
    """

    def __init__(self, stop: asyncio.Event) -> None:
        super().__init__(name="newshouse", pause_on_shutdown=False, query_seconds=QUERY_EVERY_S)
        self._stop = stop
        self._stopping_loop = asyncio.get_running_loop()

    def handle_sigterm(self, *_args: object, **_kwargs: object) -> None:
        """Note it; called inside a signal."""
        self._stopping_loop.call_soon_threadsafe(self._stop.set)


async def deploy(
    runner: Runner, home: Home, schedule: Schedule, *, name: str, flow: Flow[Any, Any] = ingest
) -> UUID:
    """Make, or bring up to date and unpause, the deployment of a flow; return its id."""
    return await runner.aadd_flow(
        flow,
        name=name,
        schedule=schedule,
        parameters={"home": str(home.path)},
        paused=False,
        concurrency_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
        ),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


async def close_stale_runs(client: PrefectClient, name: str) -> None:
    """Close what a killed `serve` left behind in the deployment.

    Runs that say they are running hold the only slot; runs that were missed would all start at
    once, for nothing: what is due is in the warehouse.
    """
    for run in await _find_runs(client, name, NOT_ENDED):
        crashed: State[None] = Crashed(message="newshouse serve ended before this run did")
        await client.set_flow_run_state(run.id, crashed, force=True)
    for run in await _find_runs(client, name, NOT_STARTED):
        await client.delete_flow_run(run.id)


async def _find_runs(client: PrefectClient, name: str, states: list[StateType]) -> list[FlowRun]:
    return await client.read_flow_runs(
        flow_filter=FlowFilter(name=FlowFilterName(any_=[ingest.name, maintain.name])),
        deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=[name])),
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=states))
        ),
    )
