"""`newshouse maintain`: keep the home small."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.app import app, home_of
from etl.cli.progress import show_progress

if TYPE_CHECKING:
    from etl.maintenance import Upkeep


@app.command(rich_help_panel="Health")
def maintain(
    context: typer.Context,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Change nothing; say what would be done.")
    ] = False,
    wait: Annotated[
        bool, typer.Option("--wait", help="Wait for a run in progress instead of exit code 3.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what was freed as one JSON object.")
    ] = False,
) -> None:
    """Drop old history, clear what was left behind, write the database anew when it is worth it.

    How long what is kept stands in the settings under `keep`. What brought an article stays.
    Readers notice nothing; a run that starts meanwhile ends with exit code 3. `newshouse serve`
    does it once a day.

    Examples:

        newshouse maintain

        newshouse --home my-news maintain --dry-run --json
    """
    from etl.maintenance import maintain as run_maintain  # noqa: PLC0415 - loads when needed

    with show_progress() as tell:
        done = run_maintain(home_of(context), tell=tell, is_dry=dry_run, wait_s=-1 if wait else 0)
    if as_json:
        typer.echo(json.dumps(asdict(done)))
        return
    for line in say_upkeep(done):
        typer.echo(line)


def say_upkeep(done: Upkeep) -> Iterator[str]:
    """Yield what was freed, a line an item, then the bytes before and after."""
    would = "would be " if done.is_dry else ""
    for table, count in done.rows.items():
        if count:
            yield f"{count:,} old rows of {table} {would}dropped"
    for name, size in done.files.items():
        yield f"{name}, left behind, {would}removed: {size:,} bytes"
    if done.log_bytes:
        yield f"prefect/server.log {would}cut by {done.log_bytes:,} bytes"
    if done.compacted_bytes is not None:
        yield f"the database {would}written anew: {done.compacted_bytes:,} bytes saved"
    yield (
        f"database {done.database_bytes:,} bytes, {done.database_free_bytes:,} of them free; "
        f"all under data: {done.before_bytes:,} bytes"
        + ("" if done.is_dry else f", now {done.after_bytes:,}")
    )
