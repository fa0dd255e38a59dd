"""Damaged pages through the worker processes of `newshouse extract`, for as long as asked.

    uv run python -m evals.extraction.fuzz [SHARED] [--seconds 3600] [--seed 1] [--keep DIR]

Pages of our own, and those with gold text under SHARED if given, are cut, flipped, swollen,
shuffled, recoded and stuffed (tests/extract/mutations.py). Each has to end as an article or with a
reason; bugs and what ran out of time or memory are counted apart, their bytes written to DIR.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from etl.alone import collect, describe
from etl.app import open_extractors
from etl.records import LoosePage
from etl.settings import RefineSettings, Settings
from evals.extraction.sets import SETS, read_set
from tests.extract.mutations import SEEDS, mutate

FAULTS = frozenset({"bug", "refine_timeout", "refine_memory", "bad_input"})
_KEPT_AT_ONCE = 200


def make_pages(
    seeds: list[bytes], chance: random.Random, folder: Path, seconds: float
) -> Iterator[LoosePage]:
    """Yield damaged pages until the time is up; their files are written over in turn."""
    stop = time.monotonic() + seconds
    number = 0
    while time.monotonic() < stop:
        path = folder / f"{number % _KEPT_AT_ONCE}.html"
        path.write_bytes(mutate(chance.choice(seeds), chance))
        yield LoosePage(
            name=number, url="https://news.example/2024/05/06/a-page", html=None, path=path,
            fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
        )  # fmt: skip
        number += 1


def main() -> int:
    """Fuzz, print what came of it; return 1 where there was a bug."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path, nargs="?")
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where to put what went wrong")
    parser.add_argument("--out", type=Path, default=Path("evals/extraction/fuzz.json"))
    options = parser.parse_args()
    seeds = [page.encode() for page in SEEDS]
    for name in SETS if options.shared else ():
        pages = read_set(options.shared, name)
        seeds += [gzip.decompress(page.path.read_bytes()) for page in pages]
    settings = Settings(refine=RefineSettings(workers=2, timeout_s=20.0))
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, open_extractors(settings) as pool:
        made = make_pages(seeds, random.Random(options.seed), Path(folder), options.seconds)
        for page, found in collect(pool, made):
            row = describe(page, found)
            outcome = row.get("rejected", "article")
            outcomes[outcome] += 1
            if outcome in FAULTS:
                print(json.dumps(row)[:2_000])
                if options.keep and isinstance(page, LoosePage) and page.path:
                    options.keep.mkdir(parents=True, exist_ok=True)
                    kept = options.keep / f"{outcome}-{page.name}.html"
                    kept.write_bytes(page.path.read_bytes())
    told = {
        "command": f"python -m evals.extraction.fuzz --seconds {options.seconds:g} "
        f"--seed {options.seed}" + (" ../shared" if options.shared else ""),
        "seeds": len(seeds),
        "pages": outcomes.total(),
        "outcomes": dict(outcomes.most_common()),
    }
    print(json.dumps(told))
    options.out.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    return 1 if outcomes["bug"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
