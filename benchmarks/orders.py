"""Whether pairs, boilerplate and stories are the same in every order of loading.

    python -m benchmarks.orders [--worlds 25] [--orders 8] [--out FILE]

Each world of articles is loaded in several orders, cut into batches of any size; some articles
come in another version first, some batches twice. What the warehouse has at the end, every measure
of every pair included, is one digest.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from tests.store.newsstand import Newsstand, compare_all, in_batches, make_world, other_version

LATE, TWICE = 0.15, 0.2
"""Of articles those that come in another version first, of batches those that come twice."""


def load_some_way(stand: Newsstand, pieces: list[Any], rnd: Random) -> tuple[str, int]:
    """Return the digest of what one way of loading leaves, and how many batches it took."""
    stand.clear()
    batches = 0
    late = []
    for batch in in_batches(pieces, rnd):
        first = [other_version(piece, rnd) if rnd.random() < LATE else piece for piece in batch]
        late += [piece for piece, now in zip(batch, first, strict=True) if piece is not now]
        stand.put(first)
        batches += 1
        if rnd.random() < TWICE:
            stand.put(first)
            batches += 1
    if late:
        stand.put(late)
    left = (sorted(stand.hot()), stand.pairs(), stand.stories())
    return sha256(repr(left).encode()).hexdigest(), batches + bool(late)


def main() -> None:
    """Load every world in every order, print and write what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=25)
    parser.add_argument("--orders", type=int, default=8)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/orders.json"))
    given = parser.parse_args()
    seen: list[dict[str, Any]] = []
    stand = Newsstand()
    began = time.process_time()
    for seed in range(given.worlds):
        pieces, rnd = make_world(1_000 + seed, topics=10), Random(seed)
        hot, pairs, _ = compare_all(pieces)
        ways = [load_some_way(stand, pieces, rnd) for _ in range(given.orders)]
        seen.append({
            "world": seed, "articles": len(pieces), "pairs": len(pairs), "hot_keys": len(hot),
            "batches": sum(count for _, count in ways), "digests": len({way for way, _ in ways}),
        })  # fmt: skip
        sys.stderr.write(f"{seen[-1]}\n")
    result = {
        "command": f"python -m benchmarks.orders --worlds {given.worlds} --orders {given.orders}",
        "ways": given.worlds * given.orders,
        "worlds_with_one_digest": sum(one["digests"] == 1 for one in seen),
        "cpu_s": round(time.process_time() - began), "worlds": seen,
    }  # fmt: skip
    given.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
