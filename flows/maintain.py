"""Maintenance as a Prefect flow: `serve` runs it once a day."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

from prefect import flow, runtime
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from etl.errors import NewsError, WarehouseBusyError
from etl.home import Home
from etl.maintenance import Upkeep
from etl.maintenance import maintain as run_maintenance
from flows.ingest import BUSY_STATE, RunLog, keep_run_log_off_console, leave_with_parent

WAIT_S = 3600
"""For a run in progress; after that it is left to the next day."""


@flow(name="newshouse-maintain", persist_result=False)
def maintain(home: str, wait_s: float = WAIT_S) -> State[Upkeep]:
    """Bound what grows in a home; the state's data says what was freed.

    It waits for the run in progress, and is "Skipped" when that does not end.
    """
    if runtime.deployment.id is None:
        return run(home, wait_s=wait_s)
    leave_with_parent()
    keep_run_log_off_console()
    try:
        state = run(home, wait_s=wait_s)
    except Exception:
        traceback.print_exc()
        raise
    sys.stderr.write(f"maintenance: {state.name}: {state.message}\n")
    return state


def run(home: str, *, wait_s: float) -> State[Upkeep]:
    """Do it and return the state it ends in."""
    try:
        done = run_maintenance(Home(Path(home)), tell=RunLog(), wait_s=wait_s)
    except WarehouseBusyError as error:
        return Completed(name=BUSY_STATE, message=str(error))
    except NewsError as error:
        return Failed(message=str(error), data=error)
    freed = done.before_bytes - done.after_bytes
    message = f"{sum(done.rows.values()):,} old rows dropped, {freed:,} bytes freed"
    return Completed(message=message, data=done)
