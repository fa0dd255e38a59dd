"""Whether pairs, boilerplate, stories and events are the same in every order of loading.

    python -m benchmarks.orders [--worlds 25] [--orders 8] [--out FILE]

Each world of articles is loaded in several orders, cut into batches of any size; some articles
come in another version first, some batches twice. Every other way reads its articles in this
process, the others in 1, 2 and 4 worker processes by turns. What the warehouse has at the end,
every word and measure of every pair included, is one digest.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

from tests.store.newsroom import Newsroom, load_some_way, make_news, open_reader
from tests.store.newsstand import Reader, compare_all, make_world

WORKERS = (0, 1, 0, 2, 0, 4)
"""Worker processes of one way after another; 0 = none."""


def measure_world(seed: int, orders: int, readers: dict[int, Reader]) -> dict[str, Any]:
    """Return what loading one world in so many ways came to."""
    pieces = make_world(1_000 + seed, topics=8) + make_news(2_000 + seed, events=6)
    rnd, room = Random(seed), Newsroom()
    room.con.execute("SET threads = 1")
    workers = [WORKERS[(seed * orders + way) % len(WORKERS)] for way in range(orders)]
    ways = []
    for count in workers:
        room.read = readers[count]
        ways.append(load_some_way(room, pieces, rnd))
    hot, pairs, _ = compare_all(pieces)
    alike, grouped = room.events()
    return {
        "world": seed, "articles": len(pieces), "pairs": len(pairs), "hot_keys": len(hot),
        "event_pairs": len(alike), "stories_of_events": len(grouped), "workers": workers,
        "batches": sum(count for _, count in ways), "digests": len({way for way, _ in ways}),
    }  # fmt: skip


def main() -> None:
    """Load every world in every order, print and write what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=25)
    parser.add_argument("--orders", type=int, default=8)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/orders.json"))
    given = parser.parse_args()
    seen: list[dict[str, Any]] = []
    began = time.process_time()
    with ExitStack() as stack:
        readers = {count: stack.enter_context(open_reader(count)) for count in set(WORKERS)}
        for seed in range(given.worlds):
            seen.append(measure_world(seed, given.orders, readers))
            sys.stderr.write(f"{seen[-1]}\n")
    counts = [count for world in seen for count in world["workers"]]
    result = {
        "command": f"python -m benchmarks.orders --worlds {given.worlds} --orders {given.orders}",
        "ways": given.worlds * given.orders,
        "ways_of_workers": {count: counts.count(count) for count in sorted(set(counts))},
        "worlds_with_one_digest": sum(one["digests"] == 1 for one in seen),
        "cpu_s": round(time.process_time() - began), "worlds": seen,
    }  # fmt: skip
    given.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
