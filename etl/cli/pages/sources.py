"""Sources, feeds and how the house is: what `newshouse status` tells."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from starlette.requests import Request

from etl.cli.pages.desk import Desk
from etl.cli.pages.found import Page
from etl.cli.troubles import NEXT
from etl.durations import parse_duration_s, say_duration
from etl.errors import ConfigError
from etl.settings import Settings, load_settings
from etl.store.brake import Brake
from etl.store.overview import list_feeds, list_sources
from etl.store.read import read_health

RUNS_SHOWN = 10


def read_page(desk: Desk, request: Request, brake: Brake, *, now: datetime) -> Page:  # noqa: ARG001 - all pages'
    """Return the page of sources, feeds, runs and alarms."""
    with desk.shelf.lend(brake) as con:
        every_s = parse_duration_s(_load(desk).schedule.every)
        health = read_health(con, runs=RUNS_SHOWN, now=now, every_s=every_s)
        feeds, sources = list_feeds(con), list_sources(con)
    troubles = [
        (name.replace("_", " "), NEXT[name], list(rows))
        for name, rows in groupby(health.troubled, key=lambda row: str(row["trouble"]))
    ]
    lag = say_duration(health.lag["median_s"]) if health.lag else None
    told = {
        "health": health, "feeds": feeds, "sources": sources, "troubles": troubles, "lag": lag,
        "most": max((row["articles"] for row in sources), default=1),
    }  # fmt: skip
    return Page("sources.html", title="Sources and feeds", told=told)


def _load(desk: Desk) -> Settings:
    try:
        return load_settings(desk.home.path)
    except ConfigError:
        # Whoever reads need not be who can mend it; `newshouse status` names the key.
        return Settings()
