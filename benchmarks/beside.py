"""Finding duplicates by newshouse and by three others, one after the other in one process.

    python -m benchmarks.beside [--corpus FILE] [--documents 16000] [--out FILE]

The corpus is labelled: ../shared/evals/dedup/dev.jsonl.gz where it is there, or one of
`python -m evals.dedup.generate`. newshouse does what `newshouse dedup` does, in one process. The
others tell duplicates by MinHash over word 5-grams, as their documentation has it: datasketch and
rensa asked and filled an article at a time, and text-dedup's way (it is a program over data sets of
a hub, so its way is written down here from its description: 250 permutations, 25 bands of 10 rows,
whatever shares a band is joined). Seconds are CPU seconds; pairs are scored as in evals/dedup.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha1
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from datasketch import MinHash, MinHashLSH
from numpy.typing import NDArray
from rensa import RMinHash, RMinHashLSH

from evals.dedup.compare import place, read_lines, score

CORPUS = Path("../shared/evals/dedup/dev.jsonl.gz")
OUT = Path("benchmarks/results/beside.json")
WORDS, THRESHOLD, PERMUTATIONS = 5, 0.7, 128
RENSA_BANDS = 16
TEXT_DEDUP_BANDS, TEXT_DEDUP_ROWS = 25, 10
PRIME, LARGEST = (1 << 61) - 1, (1 << 32) - 1
_NO_WORD = re.compile(r"\W+")

Line = dict[str, Any]


def cut(line: Line) -> set[str]:
    """Return the word 5-grams of a text."""
    words = [word for word in _NO_WORD.split("\n".join(line["paras"]).lower()) if word]
    last = max(1, len(words) - WORDS + 1)
    return {" ".join(words[at : at + WORDS]) for at in range(last)}


def by_newshouse(lines: Sequence[Line]) -> Iterable[object]:
    """Return the cluster of each line: its first article."""
    return [one.original for one in place(lines)]


def by_datasketch(lines: Sequence[Line]) -> Iterable[object]:
    """Return the cluster of each line: joined with all that the index returns for it."""
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)

    def meet(here: int, line: Line) -> Iterator[int]:
        made = MinHash(num_perm=PERMUTATIONS)
        for gram in cut(line):
            made.update(gram.encode("utf-8", "surrogatepass"))
        yield from index.query(made)
        index.insert(here, made)

    return join(len(lines), ((there, here) for here, line in enumerate(lines)
                             for there in meet(here, line)))  # fmt: skip


def by_rensa(lines: Sequence[Line]) -> Iterable[object]:
    """Return the cluster of each line: joined with what is as alike as the threshold says."""
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=RENSA_BANDS)
    kept: list[RMinHash] = []

    def meet(here: int, line: Line) -> Iterator[int]:
        made = RMinHash(num_perm=PERMUTATIONS, seed=42)
        made.update(list(cut(line)))
        for there in index.query(made):
            if made.jaccard(kept[there]) >= THRESHOLD:
                yield there
        index.insert(here, made)
        kept.append(made)

    return join(len(lines), ((there, here) for here, line in enumerate(lines)
                             for there in meet(here, line)))  # fmt: skip


def by_bands(lines: Sequence[Line]) -> Iterable[object]:
    """Return the cluster of each line: joined with the first that has one of its bands."""
    rng = np.random.default_rng(42)
    count = TEXT_DEDUP_BANDS * TEXT_DEDUP_ROWS
    factors = rng.integers(1, PRIME, count, np.uint64)
    offsets = rng.integers(0, PRIME, count, np.uint64)
    first: dict[tuple[int, bytes], int] = {}

    def meet(here: int, line: Line) -> Iterator[int]:
        hashes = np.array([_hash(gram) for gram in cut(line)], np.uint64)
        signed = _sign(hashes, factors, offsets)
        for band in range(TEXT_DEDUP_BANDS):
            rows = signed[band * TEXT_DEDUP_ROWS : (band + 1) * TEXT_DEDUP_ROWS]
            yield first.setdefault((band, rows.tobytes()), here)

    return join(len(lines), ((there, here) for here, line in enumerate(lines)
                             for there in meet(here, line)))  # fmt: skip


def _hash(gram: str) -> int:
    return int.from_bytes(sha1(gram.encode("utf-8", "surrogatepass")).digest()[:4], "little")


def _sign(
    hashes: NDArray[np.uint64], factors: NDArray[np.uint64], offsets: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """Return the least value of all 5-grams in each permutation."""
    spread = (hashes[:, None] * factors + offsets) % np.uint64(PRIME) & np.uint64(LARGEST)
    least: NDArray[np.uint64] = spread.min(axis=0)
    return least


def join(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Return for each place the least of those it is connected with."""
    above = list(range(count))

    def top(here: int) -> int:
        while above[here] != here:
            above[here] = above[above[here]]
            here = above[here]
        return here

    for one, other in pairs:
        least, greater = sorted((top(one), top(other)))
        above[greater] = least
    return [top(here) for here in range(count)]


WAYS: dict[str, Callable[[Sequence[Line]], Iterable[object]]] = {
    "newshouse": by_newshouse, "rensa": by_rensa, "text-dedup's way": by_bands,
    "datasketch": by_datasketch,
}  # fmt: skip


def measure(lines: Sequence[Line]) -> dict[str, Any]:
    """Return how fast each way is, and how well its pairs agree with the labels."""
    gold = [line["cluster"] for line in lines]
    told = {}
    for name, way in WAYS.items():
        cpu, wall = time.process_time(), time.perf_counter()
        found = way(lines)
        cpu_s = time.process_time() - cpu
        told[name] = {
            "documents_per_cpu_second": round(len(lines) / cpu_s), "cpu_s": round(cpu_s, 1),
            "wall_s": round(time.perf_counter() - wall, 1), **score(gold, found),
        }  # fmt: skip
    return told


def main() -> None:
    """Measure, print, and write the results file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--documents", type=int, default=16_000)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    lines = read_lines(given.corpus)[: given.documents]
    busy = os.getloadavg()[0]
    result = {
        "command": f"python -m benchmarks.beside --corpus {given.corpus}",
        "python": platform.python_version(), "datasketch": version("datasketch"),
        "rensa": version("rensa"), "documents": len(lines), "words_a_gram": WORDS,
        "threshold": THRESHOLD, "ways": measure(lines),
        "load_average": [round(now, 1) for now in (busy, os.getloadavg()[0])],
    }  # fmt: skip
    sys.stdout.write(json.dumps(result, indent=1) + "\n")
    given.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
