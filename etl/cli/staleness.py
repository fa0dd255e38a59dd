"""Of when what people read is, and whether more is on its way."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import typer

from etl.durations import say_duration, say_time
from etl.home import Home
from etl.store.publish import read_manifest
from etl.store.read import find_writer


def find_published_at(home: Home) -> datetime | None:
    """Return when the snapshot people read was published, None when there is none.

    That of the file where there is no manifest: somebody copied the snapshot alone.
    """
    manifest = read_manifest(home.live)
    if manifest is not None:
        return datetime.fromisoformat(manifest.published_at)
    try:
        return datetime.fromtimestamp(home.published.stat().st_mtime, UTC)
    except FileNotFoundError:
        return None


def say_staleness(home: Home, *, now: datetime) -> str | None:
    """Return in a sentence how old the snapshot is; None when there is none."""
    at = find_published_at(home)
    if at is None:
        return None
    writer = find_writer(home.live.parent)
    writing = f"; process {writer.pid} is writing, more is to come" if writer else ""
    return f"as of {say_time(at)}, {say_duration((now - at).total_seconds())} ago{writing}"


def tell_staleness(home: Home) -> None:
    """Tell a person at a terminal, beside the answer, how old it is; programs are told nothing."""
    if not sys.stderr.isatty():
        return
    said = say_staleness(home, now=datetime.now(UTC))
    if said:
        typer.echo(f"({said})", err=True)
