"""`newshouse serve`: runs on a schedule."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from etl.cli.app import app, home_of
from etl.cli.ingest import check_feeds
from etl.durations import parse_duration_s
from etl.errors import ConfigError

SHORTEST_S = 60
"""Starting a run's process takes some ten seconds; feeds are not asked that often anyway."""


@app.command(rich_help_panel="Run")
def serve(
    context: typer.Context,
    every: Annotated[
        str | None,
        typer.Option(help="Time between two starts: 5m, 2h, 1d; default schedule.every."),
    ] = None,
    cron: Annotated[
        str | None, typer.Option(metavar="EXPR", help="Start by a cron expression, in UTC.")
    ] = None,
) -> None:
    """Ingest on a schedule until stopped; runs never overlap.

    The first run starts at once. Every run can be watched in the Prefect UI, whose address is
    printed; with PREFECT_API_URL set, that server is used instead of one of the home's own.

    Examples:

        newshouse serve

        newshouse --home my-news serve --every 5m

        newshouse serve --cron '0 6,12,18 * * *'
    """
    from etl.settings import load_settings  # noqa: PLC0415 - pydantic loads only when needed

    home = home_of(context)
    settings = load_settings(home.path)
    check_feeds(home, None)
    every_s = read_interval_s(every, cron=cron, default=settings.schedule.every)
    from flows.deployments import serve as serve_flows  # noqa: PLC0415 - takes 3 s, here only

    serve_flows(
        home,
        host=settings.serve.host,
        port=settings.serve.port,
        every_s=every_s,
        cron=cron,
        maintain_every_s=parse_duration_s(settings.schedule.maintain),
        tell=partial(typer.echo, err=True),
    )


def read_interval_s(every: str | None, *, cron: str | None, default: str) -> int | None:
    """Return the seconds between two runs; None when `cron` says when.

    Raises:
        ConfigError: both are given, or it is no duration, or too short a one.
    """
    if cron is not None:
        if every is not None:
            raise ConfigError("--every and --cron exclude each other; give one")
        return None
    try:
        seconds = parse_duration_s(every or default)
    except ValueError as error:
        raise ConfigError(f"--every: {error}") from error
    if seconds < SHORTEST_S:
        raise ConfigError(f"--every {every or default}: the shortest is {SHORTEST_S}s")
    return seconds
