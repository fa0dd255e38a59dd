"""`newshouse demo`: the whole of it, on newspapers of our own, without a network."""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from etl.catalogue import add
from etl.cli.app import EXIT_BUGS, EXIT_FAILED, app
from etl.cli.progress import show_progress
from etl.errors import ConfigError
from etl.home import Home
from etl.records import RunSummary, Subscription

if TYPE_CHECKING:
    from etl.settings import Settings


@app.command(rich_help_panel="Begin")
def demo(
    keep: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Leave the home here, to look around in afterwards."),
    ] = None,
) -> None:
    """Ingest bundled, invented newspapers twice, with an edit between, and ask about them.

    Examples:

        newshouse demo

        newshouse demo --keep demo-news && newshouse --home demo-news sql "FROM stories"
    """
    if keep is not None and keep.exists() and any(keep.iterdir()):
        raise ConfigError(f"{keep} is not empty; --keep wants a new folder")
    holder = nullcontext(str(keep)) if keep else tempfile.TemporaryDirectory(prefix="newshouse-")
    with holder as folder:
        is_good = run_demo(Home(Path(folder).absolute()))
    if keep:
        typer.echo(f"\nThe home is in {keep}: newshouse --home {keep} search 'grain corridor'")
    if not is_good:
        raise typer.Exit(EXIT_FAILED)


def run_demo(home: Home) -> bool:
    """Ingest the demo web on two days into `home` and show it; False if it went wrong."""
    from etl.demo import DemoServer  # noqa: PLC0415 - only the demo needs its newspapers
    from etl.settings import Settings  # noqa: PLC0415 - pydantic loads only when needed

    started = time.monotonic()
    out = Console(width=None if sys.stdout.isatty() else 120)
    with DemoServer() as server:
        _make_home(home, server.feed_urls())
        settings = Settings.model_validate(
            {
                "fetch": {
                    "resolve": server.connect_to(),
                    "allow_private": ["127.0.0.1/32"],
                    "per_host_delay_s": 0,
                }
            }
        )
        out.rule("Day 1: everything is new")
        first = _ingest(home, settings)
        server.day = 2
        out.rule("Day 2: editors corrected three articles and published others")
        second = _ingest(home, settings)
        asked = server.requests
    _show_runs(out, first, second)
    _show_tour(out, home)
    out.print(
        f"\n{asked['feed']} feed and {asked['page']} page requests on loopback, "
        f"{time.monotonic() - started:.1f} s in all. The news is invented."
    )
    if first.bugs or second.bugs:
        raise typer.Exit(EXIT_BUGS)
    return first.articles_new > 0 and second.articles_changed > 0


def _make_home(home: Home, feeds: tuple[tuple[str, str], ...]) -> None:
    home.path.mkdir(parents=True, exist_ok=True)
    home.settings_file.write_text("# The demo's home: its newspapers are gone by now.\n", "utf-8")
    home.catalogue.write_text("", "utf-8")
    add(home.catalogue, tuple(Subscription(url=url, title=title) for url, title in feeds))


def _ingest(home: Home, settings: Settings) -> RunSummary:
    from etl.app import ingest  # noqa: PLC0415 - parsers load only when needed

    with show_progress() as tell:
        return ingest(home, tell=tell, settings=settings, every=True)


def _show_runs(out: Console, *runs: RunSummary) -> None:
    table = Table("", *(f"day {day}" for day in range(1, len(runs) + 1)), title="Two runs")
    for name in RunSummary.__slots__:
        table.add_row(name.replace("_", " "), *(str(getattr(run, name)) for run in runs))
    out.print(table)


def _show_tour(out: Console, home: Home) -> None:
    from etl.demo.tour import TOUR  # noqa: PLC0415 - only the demo needs it
    from etl.store.connect import open_reader  # noqa: PLC0415 - duckdb loads only when needed

    con = open_reader(home.published)
    for stop in TOUR:
        result = con.execute(stop.sql)
        table = Table(*(column[0] for column in result.description or ()))
        for row in result.fetchall():
            table.add_row(*("" if value is None else str(value) for value in row))
        out.print(f"\n[bold]{stop.question}[/bold]")
        out.print(stop.sql.strip(), style="dim", highlight=False)
        out.print(table)
    con.close()
