"""Estimate how many entries came and went between two polls, never seen by us."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from etl.feeds.polling.rhythm import expected

_PINNED_BEHIND = 3.0
"""An entry we know that lies so many expected arrivals behind the newest of last time was pinned:
had the others not scrolled out, they would stand beside it. Fewer may have been withdrawn."""

_BELIEVED_SPANS = 3
"""How many times its own length of time a document's pace is believed for: fifteen entries
imported within a second say nothing of last month."""

_STEADY = 1.0
"""Arrivals' worth of belief in the rhythm against the pace of one document."""


def estimate_missed(
    new: Sequence[datetime | None],
    known: Sequence[datetime | None],
    *,
    newest_before: datetime | None,
    last_read_at: datetime,
    now: datetime,
    rates: Sequence[float],
) -> int:
    """Return how many entries came since the last poll and were gone before this one.

    0 when an entry of last time is still there. Else what the gap between the newest entry of
    last time and the oldest new one holds, at the pace of this document and the feed's hours.

    Args:
        new: publication dates of the document's entries never seen before.
        known: of its other entries.
        newest_before: of the newest entry of the last document; None: it had no dates.
        last_read_at: when that was read.
        now: when this one was.
        rates: arrivals per hour at each UTC hour, as learned before this poll.
    """
    if _is_continued(known, newest_before, rates):
        return 0
    dated = sorted(date for date in new if date is not None and date <= now)
    if not dated or newest_before is None:
        # Without dates only the feed's rhythm says how many came in that time.
        return max(round(expected(rates, last_read_at, now)) - len(new), 0)
    gap_start, gap_end, span = newest_before, dated[0], dated[-1] - dated[0]
    # Two are spent on where the span begins and ends: else short spans look too busy.
    level = (max(len(dated) - 2, 0) + _STEADY) / (expected(rates, dated[0], dated[-1]) + _STEADY)
    near = max(gap_start, gap_end - _BELIEVED_SPANS * span)
    held = level * expected(rates, near, gap_end) + expected(rates, gap_start, near)
    # A gap without a missed entry is as long as the wait for one.
    return max(round(held) - 1, 0)


def _is_continued(
    known: Sequence[datetime | None], newest_before: datetime | None, rates: Sequence[float]
) -> bool:
    """Say if the document still reaches back to the one before it."""
    if not known:
        return False
    dated = [date for date in known if date is not None]
    if newest_before is None or not dated:
        return True
    newest = max(dated)
    return newest >= newest_before or expected(rates, newest, newest_before) < _PINNED_BEHIND
