"""Judge the dates of a feed's entries: missing, unreadable, made up, and how old the newest is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from etl.durations import say_duration, say_time
from etl.feeds.diagnosis.checkup import Checkup
from etl.feeds.diagnosis.finding import Finding, fine, note, problem, say_count
from etl.feeds.reading.entries import find_restamped
from etl.records import Entry

STALE, LONG_STALE = timedelta(days=30), timedelta(days=180)
AHEAD = timedelta(hours=1)
"""A clock may be wrong, or a zone missing; a date further ahead was made up."""


def judge_dates(checkup: Checkup, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Yield what is wrong with the dates of entries."""
    total = len(entries)
    undated = [entry for entry in entries if not (entry.published_raw or entry.updated_raw)]
    if undated:
        yield note(
            "dates",
            f"{say_count(len(undated), total)} without a date",
            "takes the date of the article from its page",
        )
    unread = [entry for entry in entries if entry.published_raw and entry.published_at is None]
    if unread:
        yield note(
            "dates",
            f"{say_count(len(unread), total)} with a date nobody can read: "
            f"{(unread[0].published_raw or '')[:60]!r}",
            "keeps it as it stands (published_raw), and takes the date from the page",
        )
    dated = [entry.published_at for entry in entries if entry.published_at is not None]
    ahead = [at for at in dated if at > checkup.now + AHEAD]
    if ahead:
        yield note(
            "dates",
            f"{say_count(len(ahead), total)} dated in the future, up to {say_time(max(ahead))}",
            "does not count their age from that date; the page's own dates are weighed against it",
        )
    if restamped := find_restamped(dated):
        same = sum(at in restamped for at in dated)
        yield note(
            "dates",
            f"{say_count(same, total)} dated within a minute of {say_time(max(restamped))}: "
            "when the document was made, most likely",
            "does not take such a date for a change, and weighs it against those on the pages",
        )


def judge_age(checkup: Checkup, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Yield how old the newest entry is; nothing where none is dated."""
    moments = [at for entry in entries if (at := entry.published_at or entry.updated_at)]
    newest = max((at for at in moments if at <= checkup.now + AHEAD), default=None)
    if newest is None:
        return
    age = checkup.now - newest
    what = f"{len(entries):,} entries, the newest {say_duration(age.total_seconds())} old"
    if age < STALE:
        yield fine("entries", what)
        return
    judge = problem if age > LONG_STALE else note
    yield judge(
        "stale",
        f"{what}: nothing new for long",
        "asks less and less often, once a day at least (schedule.max_interval); a feed that "
        "falls silent against its habit raises the alarm feed_silent",
        "see whether the site goes on elsewhere: `newshouse feeds discover` its front page",
    )
