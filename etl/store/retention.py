"""How long history is kept, and dropping what is older."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from etl.store.hosts import ROBOTS_KEPT
from etl.store.sql import Connection, fetch_rows, run_script


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """How long each kind of history is kept; None = for ever.

    Attributes:
        polls: polls that brought nothing.
        outcomes: outcomes of entries that brought nothing.
        runs: runs that found nothing to do.
        alarms: alarms, from when they were over.
    """

    polls: timedelta | None = None
    outcomes: timedelta | None = None
    runs: timedelta | None = None
    alarms: timedelta | None = None


def prune(con: Connection, keep: Keep, *, now: datetime) -> dict[str, int]:
    """Drop what is kept no longer and return the rows dropped of each table, inside a transaction.

    What brought something stays: its fetch, its outcome and its run are where a row came from.
    """
    before = _count(con)
    run_script(con, "prune_hosts", now=now, robots_before=now - ROBOTS_KEPT)
    run_script(con, "prune_source_fetches", now=now)
    # Runs last: one is dropped when nothing of it is left.
    for name, age in (
        ("prune_polls", keep.polls), ("prune_outcomes", keep.outcomes),
        ("prune_alarms", keep.alarms), ("prune_runs", keep.runs),
    ):  # fmt: skip
        if age is not None:
            run_script(con, name, now=now, before=now - age)
    after = _count(con)
    return {item: count - after[item] for item, count in before.items()}


def _count(con: Connection) -> dict[str, int]:
    return {row["item"]: row["row_count"] for row in fetch_rows(con, "count_prunable")}
