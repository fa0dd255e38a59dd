"""A `forget` in a process of its own that kills itself, with SIGKILL, at a step it was told."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

from etl import erasure
from etl.archive import redact
from etl.home import Home
from etl.store import live, rewrite
from etl.store.keeper import Keeper
from tests.crashes.laboratory import PATIENCE_S
from tests.crashes.steps import Kill, Steps, watch_files, watch_ports


def forget_until(home: Path, name: str, kill: Kill | None, tally: Path | None) -> None:
    """Forget `name`, up to the kill; `tally` is where to write which steps were met."""
    steps = Steps(kill)
    watch_ports(steps)
    watch_files(steps)
    steps.around(Keeper, "forget", "Store.forget", port=True)
    steps.around(redact, "_overwrite", "overwriting a record")
    steps.around(erasure, "redact_records", "redacting")
    steps.around(live, "rewrite_live", "writing the database anew")
    steps.around(live, "remove_copies", "removing copies")
    steps.around(rewrite, "migrate", "making the new database")
    erasure.forget(Home(home), [name], reason="r")
    if tally:
        tally.write_text(json.dumps(steps.met), "utf-8")


def run_forget(
    home: Home, name: str, *, kill: Kill | None = None, tally: Path | None = None
) -> int | None:
    """Return the exit code of a `forget`; None if it hung."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.crashes.forgetting"])
    process = context.Process(target=forget_until, args=[home.path, name, kill, tally])
    process.start()
    process.join(PATIENCE_S)
    code = process.exitcode
    if code is None:
        process.kill()
        process.join()
    return code
