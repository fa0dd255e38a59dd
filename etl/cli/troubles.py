"""Feeds in trouble, grouped by what it is: what happened, and what happens next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from etl.cli.table import show_text
from etl.cli.terminal import bold
from etl.durations import say_time
from etl.store.read import Row

SHOWN = 10
"""Feeds shown of each group; --json has all."""

NEXT = {
    "gone": "asked once a week; `newshouse feeds remove URL` if you know that it is over",
    "failing": "asked again after ever longer waits, a day at most, and never given up",
    "lying": 'said "not modified" while there was news: asked without validators for 30 days',
    "moved": "followed, and asked there once it was seen often enough; entries keep their ids",
    "silent": "asked on; see whether the site goes on elsewhere: `newshouse feeds discover PAGE`",
    "missing_entries": "asked more often, down to schedule.min_interval; let runs start as often",
    "slow": "asked on; no other feed waits for it",
}
"""What newshouse does about each trouble, and what you can do."""


def tell_troubles(troubled: Sequence[Row]) -> Iterator[str]:
    """Yield the lines of `status` on feeds in trouble; rows are those of `Health.troubled`."""
    for trouble, rows in groupby(troubled, key=lambda row: str(row["trouble"])):
        found = list(rows)
        yield f"  {bold(trouble.replace('_', ' '))} ({len(found):,}): {NEXT[trouble]}"
        for row in found[:SHOWN]:
            yield f"    {show_text(row['feed_url'])}"
            yield f"      {show_text(row['detail'])}"
            yield from _hints(row)
        if len(found) > SHOWN:
            yield f"    … and {len(found) - SHOWN} more; see --json"
    if troubled:
        yield "  `newshouse feeds check URL` looks closer."


def _hints(row: Row) -> Iterator[str]:
    if "not a feed" in (row["last_error"] or ""):
        yield f"      find its feeds: newshouse feeds discover {show_text(row['feed_url'])}"
    if row["consecutive_failures"] and row["next_poll_at"]:
        yield f"      next try {say_time(row['next_poll_at'])}"
