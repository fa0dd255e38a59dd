"""When a feed is asked again: its rhythm, its pace of late, and the bounds."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from etl.feeds.polling.hints import DAY_S
from etl.feeds.polling.rhythm import expected, hourly_rates, reach
from etl.records import Rhythm

PATIENCE = 0.6
"""Hours between polls of a feed with one arrival an hour: the price of a poll in lag."""

JITTER = 0.1

_STEADY = 3.0
"""Arrivals' worth of belief in the rhythm against what came, or did not, of late."""

_WINDOW_SHARE = 0.33
"""Share of the entries a feed shows that may come before it is asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRules:
    """Bounds of the poll interval, in seconds; `audit_share` of the 304s are not believed."""

    min_interval_s: int = 300
    max_interval_s: int = DAY_S
    initial_interval_s: int = 900
    audit_share: float = 0.01

    @property
    def prior_rate(self) -> float:
        """The arrivals per hour that make the initial interval the right one."""
        return (PATIENCE * 3600 / self.initial_interval_s) ** 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately:
    """What came since `quiet_since`, when the feed was last known to bring something."""

    quiet_since: datetime
    arrivals: int


def rhythm_wait_s(
    rhythm: Rhythm,
    lately: Lately,
    *,
    now: datetime,
    window_entries: int | None,
    rules: ScheduleRules,
) -> float:
    """Return the seconds after which the feed's rhythm wants it asked again.

    Polls as dense as the square root of the arrival rate make the lag of all entries, of all
    feeds and hours, smallest for the number of polls spent (Sia, Cho and Cho, "Efficient
    Monitoring Algorithm for Fast News Alerts", IEEE TKDE 19(7), 2007): so nights are slept
    through and mornings met. A third of the feed's window at most is let come meanwhile, lest
    entries scroll out unseen.
    """
    rates = hourly_rates(rhythm, prior_rate=rules.prior_rate)
    pace = pace_of(lately, rates, now=now)
    polls = [math.sqrt(pace * rate) / PATIENCE for rate in rates]
    at = reach(polls, now, 1.0)
    if window_entries:
        at = min(at, reach(rates, now, _WINDOW_SHARE * window_entries / pace))
    return (at - now).total_seconds()


def pace_of(lately: Lately, rates: Sequence[float], *, now: datetime) -> float:
    """Return how many times faster than its rhythm a feed is of late; under 1 when it is silent.

    A burst counts at once; that fewer came than usual, only when none did.
    """
    usual = expected(rates, lately.quiet_since, now)
    pace = (_STEADY + lately.arrivals) / (_STEADY + usual)
    return max(pace, 1.0) if lately.arrivals else min(pace, 1.0)


def jittered_s(seconds: float, feed_url: str, now: datetime) -> int:
    """Return `seconds` moved by up to a tenth, so that feeds subscribed together drift apart."""
    return round(seconds * (1 + JITTER * (2 * chance("wait", feed_url, now) - 1)))


def chance(what: str, feed_url: str, now: datetime) -> float:
    """Return a number from 0 to 1, always the same for the same question, feed and time."""
    digest = hashlib.sha256(
        f"{what} {feed_url} {now.isoformat()}".encode("utf-8", "replace")
    ).digest()
    return int.from_bytes(digest[:4], "big") / 2**32
