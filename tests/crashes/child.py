"""A run in a process of its own that kills itself, with SIGKILL, at a step it was told."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import pyarrow.dataset  # noqa: F401 - what DuckDB loads with the first table it is lent

from etl import app, pipeline
from etl.home import Home
from etl.records import Subscription
from etl.settings import Settings
from etl.store.writer import Warehouse
from etl.tag import RulesRecognizer
from etl.urls import source_of
from etl.workbench import make_refine
from tests.conftest import Quiet
from tests.crashes.steps import Kill, Steps, watch_files, watch_ports

FIRST_BATCH = 4
"""Pages in the first batch: so that the few pages of a small web come in several."""

# Read here, by the server that forks the runs: else each run would read these lists anew.
source_of("http://northern-wire.test/")
RulesRecognizer().recognize("Vienna", language="en")


@dataclass(frozen=True, kw_only=True)
class Errand:
    """One run. `tally` is where to write how often each step was met, if it lives to do so."""

    home: Path
    settings: Settings
    every: bool
    kill: Kill | None = None
    tally: Path | None = None
    with_workers: bool = False


def carry_out(errand: Errand) -> None:
    """Run once over a home, up to the kill."""
    os.setsid()  # what outlives us is known by our session
    steps = Steps(errand.kill)
    Warehouse.is_publication_due = lambda _: True  # after every batch, as in runs that last
    watch_ports(steps)
    watch_files(steps)
    pipeline.FIRST_BATCH = FIRST_BATCH
    if not errand.with_workers:
        app.open_workers = InlineRefiner
    app.ingest(Home(errand.home), tell=Quiet(), settings=errand.settings, every=errand.every)
    if errand.tally:
        errand.tally.write_text(json.dumps(steps.met), "utf-8")


class InlineRefiner:
    """Refines in this process: a run without worker processes, which start slowly."""

    def __init__(
        self, archive: Path, settings: Settings, subscriptions: Sequence[Subscription] = ()
    ) -> None:
        options = app.refine_options(settings, subscriptions)
        self._refine = make_refine(archive, options)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to stop."""

    def start(self, ref: Any, hints: Any) -> Any:
        """Refine it when it is asked for."""
        return SimpleNamespace(result=lambda: self._refine(ref, hints))
