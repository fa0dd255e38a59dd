"""The turns of one host: how soon it may be asked again, and whether at all.

All that is asked of a host, feeds, pages and robots.txt, goes through its one lane.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from etl.errors import TransientFetchError
from etl.outcomes import Reason
from etl.records import HostPace

MAX_WAIT_S = 30.0
"""Longest we wait, within a run, for a host that asks for patience."""
_FIRST_SLOWDOWN_S = 1.0
_DAY = timedelta(days=1)
# After so many time-outs in a row the host is down; another 20 s each would only hold the run.
_MOST_SILENCES = 3
# 1, 2, 4, 8 and 16 s of patience were not enough: it does not want us in this run.
_MOST_REFUSALS = 5


class Lane:
    """The turns of one host. Times are of the event loop's clock, in seconds.

    Args:
        host: whose turns.
        width: exchanges at once.
        delay_s: shortest time between two starts, when the host did not ask for more.
    """

    __slots__ = (
        "_base_delay_s", "_closed_until", "_last_start_at", "_refusals", "_robots_delay_s",
        "_silence", "_silences", "_slow_delay_s", "_slow_until", "door", "host", "learned",
        "places",
    )  # fmt: skip

    def __init__(self, host: str, *, width: int, delay_s: float) -> None:
        self.host = host
        self.places = asyncio.Semaphore(width)
        self.door = asyncio.Lock()
        self.learned: HostPace | None = None
        self._base_delay_s = delay_s
        self._robots_delay_s = 0.0
        self._slow_delay_s = 0.0
        self._slow_until = self._closed_until = self._last_start_at = float("-inf")
        self._refusals = self._silences = 0
        self._silence: TransientFetchError | None = None

    def delay_s(self, now: float) -> float:
        """Return how far apart two starts have to be."""
        slow_s = self._slow_delay_s if now < self._slow_until else 0.0
        return max(self._base_delay_s, self._robots_delay_s, slow_s)

    def wait_s(self, now: float) -> float:
        """Return how long the next start has to wait; 0 or less: not at all."""
        return max(self._last_start_at + self.delay_s(now), self._closed_until) - now

    def refusal(self, url: str, now: float) -> TransientFetchError | None:
        """Return why `url` is not to be asked for in this run, or None if it may be.

        RATE_LIMITED: the host wants us back later than we wait, or refused us time and again.
        Otherwise it is what the host did not answer with, when it did so too often.
        """
        if self._silence is not None and self._silences >= _MOST_SILENCES:
            detail = f"{self._silence.detail}; the host did not answer {_MOST_SILENCES} times"
            detail += " in a row; left for a later run"
            return TransientFetchError(url, self._silence.reason, detail)
        wait = self._closed_until - now
        if wait > MAX_WAIT_S:
            detail = f"the host asked for {wait:.0f} s of patience; not asked again yet"
            return TransientFetchError(
                url, Reason.RATE_LIMITED, detail, retry_after_s=round(wait, 1)
            )
        if self._refusals >= _MOST_REFUSALS:
            detail = f"the host refused (429 or 503) {_MOST_REFUSALS} times in a row;"
            return TransientFetchError(url, Reason.RATE_LIMITED, f"{detail} left for a later run")
        return None

    def start(self, now: float) -> None:
        """Note a start."""
        self._last_start_at = now

    def space_out(self, delay_s: float) -> None:
        """Heed a robots.txt that asks for starts `delay_s` apart, up to 30 s."""
        self._robots_delay_s = max(self._robots_delay_s, min(delay_s, MAX_WAIT_S))

    def note_answer(self) -> None:
        """Note an answer that is no refusal."""
        self._silences = self._refusals = 0

    def note_silence(self, error: TransientFetchError) -> None:
        """Note that no connection, or no answer in time, was had."""
        self._silences += 1
        self._silence = error

    def slow_down(self, retry_after_s: float | None, *, now: float, at: datetime) -> None:
        """Heed a 429 or 503: wait as long as it asks, or, if it does not say, go half as fast.

        Args:
            retry_after_s: what it asks for; more than a day is taken for a day.
            now: the loop's time.
            at: the same by the clock, to be remembered from run to run.
        """
        self._silences = 0
        self._refusals += 1
        if retry_after_s is None:
            slower_s = max(self.delay_s(now) * 2, _FIRST_SLOWDOWN_S)
            self._slow_delay_s = max(self._slow_delay_s, min(slower_s, MAX_WAIT_S))
        else:
            wait_s = min(retry_after_s, _DAY.total_seconds())
            self._closed_until = max(self._closed_until, now + wait_s)
        self._slow_until = now + _DAY.total_seconds()
        left_s = self._closed_until - now
        self.learned = HostPace(
            host=self.host,
            closed_until=at + timedelta(seconds=left_s) if left_s > 0 else None,
            delay_s=max(self._slow_delay_s, self._base_delay_s),
            slow_until=at + _DAY,
        )

    def recall(self, pace: HostPace, *, now: float, at: datetime) -> None:
        """Take over what an earlier run learned; `now` and `at` are the same moment."""
        if pace.closed_until is not None:
            self._closed_until = now + min((pace.closed_until - at), _DAY).total_seconds()
        if pace.slow_until is not None:
            self._slow_until = now + min((pace.slow_until - at), _DAY).total_seconds()
            self._slow_delay_s = min(pace.delay_s, MAX_WAIT_S)
