"""The deployment: its schedule, and what a killed scheduler leaves behind."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from prefect import get_client
from prefect.client.schemas.objects import StateType
from prefect.exceptions import ObjectNotFound
from prefect.runner import Runner
from prefect.states import Pending, Running

from etl.errors import ConfigError
from etl.home import Home
from flows.schedule import close_stale_runs, deploy, make_schedule

NAME = "scheduled"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOME = Home(Path("/no/such/home"))
HOURLY = make_schedule(every_s=3600, cron=None, now=NOON)


def test_a_cron_expression_that_is_none_is_refused():
    """The text shows what was typed and how it is written."""
    with pytest.raises(ConfigError, match="'every noon'"):
        make_schedule(every_s=None, cron="every noon", now=NOON)


def test_schedules_are_what_was_asked_for():
    """An interval whose first run is one interval away, or a cron expression in UTC."""
    assert (HOURLY.interval, HOURLY.anchor_date) == (timedelta(hours=1), NOON + timedelta(hours=1))
    noon = make_schedule(every_s=None, cron="0 12 * * *", now=NOON)
    assert (noon.cron, noon.timezone) == ("0 12 * * *", "UTC")


@pytest.mark.usefixtures("prefect_server")
def test_what_a_killed_serve_left_is_closed_and_its_slot_is_free_again():
    """Running runs are crashed, missed ones deleted, the deployment unpaused, a new run starts."""

    async def die_and_come_back() -> None:
        async with get_client() as client:
            deployment = await deploy(Runner(), HOME, HOURLY, name=NAME)
            killed = await client.create_flow_run_from_deployment(deployment)
            await client.set_flow_run_state(killed.id, Pending())
            await client.set_flow_run_state(killed.id, Running())
            missed = await client.create_flow_run_from_deployment(deployment)
            await client.pause_deployment(deployment)

            await close_stale_runs(client, NAME)
            await deploy(Runner(), HOME, HOURLY, name=NAME)

            assert (await client.read_flow_run(killed.id)).state_type is StateType.CRASHED
            with pytest.raises(ObjectNotFound):
                await client.read_flow_run(missed.id)
            assert not (await client.read_deployment(deployment)).paused
            fresh = await client.create_flow_run_from_deployment(deployment)
            answer = await client.set_flow_run_state(fresh.id, Pending())
            assert answer.state is not None
            assert answer.state.is_pending()

    asyncio.run(die_and_come_back())


@pytest.mark.usefixtures("prefect_server")
def test_a_run_that_would_overlap_is_cancelled():
    """While one run is pending or running, the next is not started later but not at all."""

    async def overlap() -> None:
        async with get_client() as client:
            await close_stale_runs(client, NAME)
            deployment = await deploy(Runner(), HOME, HOURLY, name=NAME)
            first = await client.create_flow_run_from_deployment(deployment)
            second = await client.create_flow_run_from_deployment(deployment)
            await client.set_flow_run_state(first.id, Pending())
            answer = await client.set_flow_run_state(second.id, Pending())
            assert answer.state is not None
            assert answer.state.is_cancelled()

    asyncio.run(overlap())


@pytest.mark.usefixtures("prefect_server")
def test_the_server_can_write_down_what_is_due() -> None:
    """Its scheduler fails, in its own log only, with a SQLAlchemy it was not made for."""

    async def schedule_ahead() -> list[str]:
        async with get_client() as client:
            await close_stale_runs(client, NAME)
            deployment = await deploy(Runner(), HOME, HOURLY, name=NAME)
            url = f"{client.api_url}deployments/{deployment}/schedule"
            async with httpx.AsyncClient(timeout=60) as asking:
                (await asking.post(url, json={"min_runs": 2})).raise_for_status()
            runs = await client.read_flow_runs()
            return [run.state_name or "" for run in runs if run.auto_scheduled]

    assert asyncio.run(schedule_ahead())
