"""`newshouse status`: how feeds, runs and the warehouse are."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from etl.cli.app import EXIT_ALARM, app, home_of
from etl.cli.plain import dump_json
from etl.cli.staleness import find_published_at
from etl.cli.table import draw_table, show_text
from etl.cli.terminal import bold, terminal_width
from etl.cli.troubles import tell_troubles
from etl.durations import parse_duration_s, say_duration
from etl.home import Home
from etl.store.read import Health, Writer, find_writer, read_health, reading
from etl.store.snapshots import find_kept, folder_of

RUNS_SHOWN, ALARMS_SHOWN = 5, 10
PARTS = ("news.duckdb", "warehouse", "archive", "staging")
KIB = 1024


@app.command(rich_help_panel="Health")
def status(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    fail_on_alarm: Annotated[
        bool, typer.Option("--fail-on-alarm", help="End with exit code 6 while an alarm is on.")
    ] = False,
) -> None:
    """Show feeds and their health, lag, last runs, counts, sizes and alarms.

    For monitoring: exit code 6 while an alarm is on, among them that no run has ended well for
    thrice the usual time, which no run could raise.

    Examples:

        newshouse status

        newshouse --home my-news status --json

        newshouse status --fail-on-alarm >/dev/null || echo "newshouse wants a look"
    """
    from etl.settings import load_settings  # noqa: PLC0415 - pydantic loads only when needed

    home, now = home_of(context), datetime.now(UTC)
    writer = find_writer(home.live.parent)
    health = None
    if home.published.exists():
        with reading(home.published) as con:
            every_s = parse_duration_s(load_settings(home.path).schedule.every)
            health = read_health(con, runs=RUNS_SHOWN, now=now, every_s=every_s)
    published_at = find_published_at(home) if health else None
    sizes = measure_parts(home.data)
    if as_json:
        told = _describe(home, health, writer, sizes, published_at, now=now)
        sys.stdout.write(dump_json(told) + "\n")
    else:
        for line in _lines(home, health, writer, sizes, published_at, now=now):
            sys.stdout.write(f"{line}\n")
    if fail_on_alarm and health is not None and health.alarms:
        raise typer.Exit(EXIT_ALARM)


def measure_parts(data: Path) -> dict[str, int]:
    """Return the bytes each part of a data folder takes, 0 where there is none."""
    return {name: _measure(data / name) for name in PARTS}


def _measure(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else (path,)
    total = 0
    for file in files:
        try:
            total += file.stat().st_size if file.is_file() else 0
        except OSError:
            continue  # A run removed it after it was listed.
    return total


def _describe(
    home: Home,
    health: Health | None,
    writer: Writer | None,
    sizes: dict[str, int],
    published_at: datetime | None,
    *,
    now: datetime,
) -> dict[str, Any]:
    return {
        "home": str(home.path),
        "published_at": published_at,
        "published_age_s": round((now - published_at).total_seconds()) if published_at else None,
        "snapshots_kept": [str(path) for path in find_kept(folder_of(home.live))],
        "is_writing": writer is not None,
        "writer_pid": writer.pid if writer else None,
        "feeds": health.feeds if health else {},
        "troubled_feeds": health.troubled if health else (),
        "lag_s": health.lag["median_s"] if health and health.lag else None,
        "lag": health.lag if health else None,
        "runs": health.runs if health else (),
        "counts": health.counts if health else {},
        "sizes_bytes": sizes,
        "alarms": health.alarms if health else (),
    }


def _lines(
    home: Home,
    health: Health | None,
    writer: Writer | None,
    sizes: dict[str, int],
    published_at: datetime | None,
    *,
    now: datetime,
) -> Iterator[str]:
    yield f"{bold('Home')}       {home.path}"
    if health is None or published_at is None:
        yield from _explain_empty(home)
    else:
        kept = len(find_kept(folder_of(home.live)))
        before = f", {kept} kept of those before" if kept else ""
        yield (
            f"{bold('Published')}  {show_text(published_at)}, {_ago(now, published_at)} ago{before}"
        )
    if writer:
        yield (
            f"{bold('Writing')}    process {writer.pid}, for {_ago(now, writer.since)}; "
            "what it loads is published every now and then, and at its end"
        )
    if health is None:
        return
    counts = ", ".join(f"{count:,} {name}" for name, count in health.counts.items())
    yield f"{bold('Counts')}     {counts}"
    yield f"{bold('Sizes')}      " + ", ".join(
        f"{name} {_size(size)}" for name, size in sizes.items()
    )
    yield f"{bold('Lag')}        {_lag(health)}"
    yield from _feeds(health)
    yield from _runs(health)
    yield from _alarms(health)


def _explain_empty(home: Home) -> Iterator[str]:
    if home.settings_file.exists() or home.catalogue.exists():
        yield "There is no warehouse yet: run `newshouse ingest`."
    else:
        yield "This is no home yet: make one with `newshouse init`, or name one with --home DIR."


def _lag(health: Health) -> str:
    if health.lag is None:
        return "unknown: no run has brought a dated article yet"
    return (
        f"{say_duration(health.lag['median_s'])} from published to queryable, median of "
        f"the {health.lag['articles']:,} dated new articles of run {health.lag['run_id']}"
    )


def _feeds(health: Health) -> Iterator[str]:
    states = ", ".join(f"{count:,} {state}" for state, count in health.feeds.items())
    yield f"{bold('Feeds')}      {states or 'none polled yet'}"
    yield from tell_troubles(health.troubled)


def _runs(health: Health) -> Iterator[str]:
    yield f"{bold('Runs')}       " + ("the last first" if health.runs else "none yet")
    if not health.runs:
        return
    columns = (
        "started_at", "flow", "state", "seconds", "feeds_polled", "feeds_failed", "entries_new",
        "articles_new", "articles_changed", "rejected", "bugs",
    )  # fmt: skip
    names = [name.replace("_at", "").replace("_", " ") for name in columns]
    rows = ([_brief(run[name]) for name in columns] for run in health.runs)
    for line in draw_table(names, rows, width=terminal_width()):
        yield f"  {line}"


def _brief(value: Any) -> Any:
    return round(value, 1) if isinstance(value, float) else value


def _alarms(health: Health) -> Iterator[str]:
    yield f"{bold('Alarms')}     " + (f"{len(health.alarms)} on" if health.alarms else "none")
    for alarm in health.alarms[:ALARMS_SHOWN]:
        yield f"  {show_text(alarm['raised_at'])}  {alarm['kind']}  {show_text(alarm['subject'])}"
        yield f"      {show_text(alarm['detail'])}"
    if len(health.alarms) > ALARMS_SHOWN:
        yield f"  … and {len(health.alarms) - ALARMS_SHOWN} more; see --json"


def _ago(now: datetime, then: datetime) -> str:
    return say_duration((now - then).total_seconds())


def _size(size: float) -> str:
    for unit in ("B", "KiB", "MiB"):
        if size < KIB:
            return f"{size:.0f} {unit}"
        size /= KIB
    return f"{size:.1f} GiB"
