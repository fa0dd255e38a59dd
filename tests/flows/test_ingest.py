"""The ingest flow: what its tasks, its state and its artifact say about a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from prefect.artifacts import Artifact
from prefect.context import TaskRunContext

from etl import app
from etl.errors import ConfigError, WarehouseBusyError
from etl.home import Home
from etl.pipeline import Step
from etl.ports import Progress
from etl.records import RunSummary
from flows import ingest as room
from flows.ingest import ingest, run_ingest_flow
from tests.conftest import World

pytestmark = pytest.mark.usefixtures("prefect_server")

SUMMARY = RunSummary(
    run_id="run1", state="completed", feeds_polled=3, feeds_unchanged=1, feeds_failed=1,
    entries_seen=9, entries_new=8, pages_fetched=8, articles_new=7, articles_changed=0,
    duplicates=2, rejected=1, bugs=0, bytes_received=12345, seconds=1.5,
)  # fmt: skip
HOME = Home(Path("/no/such/home"))

Pipeline = Callable[..., RunSummary]
Put = Callable[[Pipeline], None]


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Put:
    """Return what puts another function in the pipeline's place."""

    def put(function: Pipeline) -> None:
        monkeypatch.setattr(room, "run_pipeline", function)

    return put


def test_a_stage_returns_its_result_and_is_recorded_as_a_task(pipeline: Put) -> None:
    """Each stage is a task of the flow run; the summary comes back to the caller, whole."""
    asked = {}

    def fake(home: Home, *, tell: Progress, step: Step, **options: object) -> RunSummary:
        asked.update(options, home=home)
        tell.begin("polling feeds", None)
        assert step("add", add, 2, b=3) == 5
        return SUMMARY

    def add(a: int, b: int) -> int:
        context = TaskRunContext.get()
        assert context is not None
        assert context.task.name == "add"
        return a + b

    pipeline(fake)
    assert run_ingest_flow(HOME, feed_urls=["https://a.example/"], every=True) == SUMMARY
    assert asked == {"home": HOME, "feed_urls": ["https://a.example/"], "every": True}


def test_a_stage_raises_its_own_error(pipeline: Put) -> None:
    """What a stage raises reaches the pipeline as it is, not wrapped."""

    class OddError(Exception):
        """Raised by nothing else."""

    def fail() -> None:
        raise OddError

    def fake(*_args: object, step: Step, **_options: object) -> RunSummary:
        with pytest.raises(OddError):
            step("fail", fail)
        return SUMMARY

    pipeline(fake)
    assert run_ingest_flow(HOME, feed_urls=None, every=False) == SUMMARY


def test_prefect_does_not_look_into_what_a_stage_is_given(pipeline: Put) -> None:
    """A batch is thousands of objects; walking them would cost more than the stage."""

    class Shy:
        """Counts looks at it."""

        looks = 0

        def __getattribute__(self, name: str) -> object:
            """Count."""
            Shy.looks += 1
            return object.__getattribute__(self, name)

    def fake(*_args: object, step: Step, **_options: object) -> RunSummary:
        batch = [Shy()]
        assert step("keep", lambda items: items, batch) is batch
        return SUMMARY

    pipeline(fake)
    assert run_ingest_flow(HOME, feed_urls=None, every=False) == SUMMARY
    assert Shy.looks == 0


def test_a_run_with_bugs_is_not_plainly_completed(pipeline: Put) -> None:
    """Quarantined entries show in the state's name; the run's table is kept as an artifact."""
    pipeline(lambda *_a, **_k: replace(SUMMARY, state="completed_with_bugs", bugs=1))
    state = ingest(str(HOME.path), return_state=True)
    assert state.is_completed()
    assert state.name == "Completed with bugs"
    artifact = Artifact.get("newshouse-run")
    assert artifact is not None
    assert "| bugs | 1 |" in str(artifact.data)


def test_a_busy_warehouse_is_no_failure(pipeline: Put) -> None:
    """Another run is writing: nothing to alarm anyone about, and the caller still learns it."""

    def busy(*_args: object, **_options: object) -> RunSummary:
        raise WarehouseBusyError("another newshouse is writing")

    pipeline(busy)
    state = ingest(str(HOME.path), return_state=True)
    assert (state.is_completed(), state.name) == (True, "Skipped")
    with pytest.raises(WarehouseBusyError, match="is writing"):
        run_ingest_flow(HOME, feed_urls=None, every=False)


def test_a_failed_run_fails_with_its_own_error(pipeline: Put) -> None:
    """The caller gets the error the pipeline raised, to turn it into its exit code."""

    def wrong(*_args: object, **_options: object) -> RunSummary:
        raise ConfigError("no such key")

    pipeline(wrong)
    with pytest.raises(ConfigError, match="no such key"):
        run_ingest_flow(HOME, feed_urls=None, every=False)


def test_the_real_pipeline_runs_as_a_flow(world: World, pipeline: Put) -> None:
    """Every stage survives being a task; the run is in the warehouse under the id returned."""
    world.server.day = 2
    pipeline(partial(app.ingest, settings=world.settings))
    summary = run_ingest_flow(world.home, feed_urls=None, every=True)
    assert summary.articles_new + summary.articles_changed > 0
    assert (summary.run_id, summary.state) in world.rows("SELECT run_id, state FROM runs")
