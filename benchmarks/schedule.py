"""Polls spent and minutes of lag: the schedule against fixed intervals, on invented feeds.

    python -m benchmarks.schedule [--times 4]

Simulated time, so the figures are the same on every machine. Each feed of
`tests/feeds/synthetic.py` lives `--times` as long as in the test. Lag is from publication until
the poll that sees an entry; lost entries scrolled out between two polls.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tests.feeds.synthetic import (
    FEEDS,
    SyntheticFeed,
    Tally,
    poll_adaptively,
    poll_by_the_clock,
)

POLICIES: dict[str, Callable[[SyntheticFeed], Tally]] = {
    "newshouse": poll_adaptively,
    "every 15 min": lambda feed: poll_by_the_clock(feed, 15),
    "every 60 min": lambda feed: poll_by_the_clock(feed, 60),
}


def measure(feeds: Sequence[SyntheticFeed]) -> dict[str, dict[str, dict[str, float]]]:
    """Return the figures by feed ("all" being their sum) and policy."""
    tallies = {
        feed.name: {name: policy(feed) for name, policy in POLICIES.items()} for feed in feeds
    }
    days = {feed.name: feed.days for feed in feeds}
    tallies["all"] = {
        name: sum((one[name] for one in tallies.values()), Tally()) for name in POLICIES
    }
    days["all"] = sum(days.values())
    return {
        feed: {name: _figures(tally, days[feed]) for name, tally in by_policy.items()}
        for feed, by_policy in tallies.items()
    }


def _figures(tally: Tally, days: int) -> dict[str, float]:
    return {
        "polls_per_day": round(tally.polls / days, 1),
        "mean_lag_min": round(tally.mean_lag_min, 1),
        "lost_share": round(tally.lost / (tally.lost + tally.seen), 4),
    }


def print_table(table: dict[str, dict[str, dict[str, float]]]) -> None:
    """Print one line a feed: polls a day, minutes of lag and share lost, for each policy."""
    print(f"{'':12}" + "".join(f"{name:>30}" for name in POLICIES))
    print(f"{'':12}" + f"{'polls/day   lag min    lost':>30}" * len(POLICIES))
    for feed, by_policy in table.items():
        cells = (
            f"{one['polls_per_day']:14.1f}{one['mean_lag_min']:9.1f}{one['lost_share']:7.1%}"
            for one in by_policy.values()
        )
        print(f"{feed:12}" + "".join(cells))


def main() -> None:
    """Simulate, print, and write the results file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=4)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/schedule.json"))
    options = parser.parse_args()
    feeds = [replace(feed, days=feed.days * options.times) for feed in FEEDS]
    table = measure(feeds)
    print_table(table)
    report = {
        "command": f"python -m benchmarks.schedule --times {options.times}",
        "feeds": {feed.name: {"days": feed.days, "entries": len(feed.times)} for feed in feeds},
        "figures": table,
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
