"""Feed the reader damaged and hostile documents for a while, and say what came of them.

    python -m evals.feeds.fuzz [FOLDER] [--seconds 300] [--seed 1] [--keep DIR]

The tests' own documents, and those of FOLDER if given, are damaged at random: cut, flipped, nested,
swollen, recoded, bombed. Each must give a feed or a ParseError, of bounded size, in bounded time.
What does not is written to DIR, and makes the command fail.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

from tests.feeds.mutations import SEEDS, check, mutate
from tests.patience import ends

PATIENCE_S = 20
SLOW_S = 2.0


def main() -> int:
    """Fuzz, print what came of it; return 1 where something crashed or hung."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where to put what crashed, hung or was slow")
    arguments = parser.parse_args()
    seeds = list(SEEDS)
    if arguments.folder:
        seeds += [path.read_bytes() for path in sorted(arguments.folder.iterdir())]
    chance = random.Random(arguments.seed)
    outcomes: Counter[str] = Counter()
    slowest_s = 0.0
    stop = time.monotonic() + arguments.seconds
    while time.monotonic() < stop:
        content = mutate(chance.choice(seeds), chance)
        begun = time.process_time()
        try:
            with ends(PATIENCE_S):
                outcome = "refused" if check(content) is None else "read"
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            outcome = f"crashed: {type(error).__name__}"
            print(f"{outcome}: {str(error)[:300]}", file=sys.stderr)
        took_s = time.process_time() - begun
        slowest_s = max(slowest_s, took_s)
        outcomes[outcome] += 1
        if arguments.keep and (outcome.startswith("crashed") or took_s > SLOW_S):
            arguments.keep.mkdir(parents=True, exist_ok=True)
            name = f"{outcome.split(':')[0]}-{took_s:.1f}s-{sum(outcomes.values())}"
            (arguments.keep / name).write_bytes(content)
    print(json.dumps({"inputs": sum(outcomes.values()), **outcomes, "slowest_s": slowest_s}))
    return 1 if any(outcome.startswith("crashed") for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
