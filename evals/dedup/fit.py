"""The weights of `etl.dedup.verdict`, fitted to labelled files.

    python -m evals.dedup.fit ../shared/evals/dedup/dev.jsonl.gz:1 labelled.jsonl:0.15

After each file stands how much it counts as a whole. Candidate pairs are weighed so that a cluster
of forty copies counts as one of two does. Newton's method on the logistic likelihood, with a small
ridge on standardised measures; no library.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from math import exp
from pathlib import Path
from typing import Any

from etl.dedup.alignment import align
from etl.dedup.corpus import find_candidates
from etl.dedup.verdict import judge, measure
from etl.dedup.wear import find_hot
from evals.dedup.compare import make_documents, read_lines

ROUNDS = 12
RIDGE = 1.0

Row = tuple[tuple[float, ...], bool, float]
"""What was measured of a pair, whether it is one article, and its weight."""


def read_pairs(path: Path, share: float) -> Iterator[Row]:
    """Yield the candidate pairs of a labelled file; their weights come to `share`."""
    documents = read_lines(path)
    compared = make_documents(documents)
    hot = find_hot((one.keys, one.site, one.day) for one in compared)
    sizes = Counter(one["cluster"] for one in documents)
    rows: list[Row] = []
    for here, others in find_candidates(compared, hot):
        for there in others:
            a, b = compared[here].sketch, compared[there].sketch
            alignment = align(a, b, hot=hot)
            overlap = judge(a, b, alignment).title_overlap
            is_one = documents[here]["cluster"] == documents[there]["cluster"]
            weight = 1 / max(1, sizes[documents[here]["cluster"]] - 1) if is_one else 1.0
            rows.append((measure(alignment, overlap), is_one, weight))
    total = sum(weight for _, _, weight in rows)
    yield from ((measured, is_one, share * weight / total) for measured, is_one, weight in rows)


def fit(rows: Sequence[Row]) -> tuple[float, list[float]]:
    """Return bias and weights."""
    scale = len(rows) / sum(weight for _, _, weight in rows)
    width = len(rows[0][0])
    means = [sum(row[0][at] for row in rows) / len(rows) for at in range(width)]
    spans = [
        (sum((row[0][at] - means[at]) ** 2 for row in rows) / len(rows)) ** 0.5 or 1.0
        for at in range(width)
    ]
    solved = [0.0] * (width + 1)
    for _ in range(ROUNDS):
        slope, curve = [0.0] * (width + 1), [[0.0] * (width + 1) for _ in range(width + 1)]
        for measured, is_one, weight in rows:
            x = [1.0, *((measured[at] - means[at]) / spans[at] for at in range(width))]
            p = 1 / (1 + exp(-max(-40.0, min(40.0, sum(map(float.__mul__, solved, x))))))
            pull, bend = scale * weight * (is_one - p), scale * weight * p * (1 - p)
            for i, value in enumerate(x):
                slope[i] += pull * value
                row = curve[i]
                for j in range(i + 1):
                    row[j] += bend * value * x[j]
        for i in range(width + 1):
            if i:
                slope[i] -= RIDGE * solved[i]
                curve[i][i] += RIDGE
            for j in range(i):
                curve[j][i] = curve[i][j]
        solved = [a + b for a, b in zip(solved, _solve(curve, slope), strict=True)]
    weights = [value / span for value, span in zip(solved[1:], spans, strict=True)]
    return solved[0] - sum(map(float.__mul__, weights, means)), weights


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Return what solves a symmetric system, by elimination."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for at in range(len(rows)):
        best = max(range(at, len(rows)), key=lambda row, at=at: abs(rows[row][at]))  # type: ignore[misc]
        rows[at], rows[best] = rows[best], rows[at]
        for below in range(at + 1, len(rows)):
            times = rows[below][at] / rows[at][at]
            rows[below] = [a - times * b for a, b in zip(rows[below], rows[at], strict=True)]
    found = [0.0] * len(rows)
    for at in reversed(range(len(rows))):
        rest = sum(rows[at][over] * found[over] for over in range(at + 1, len(rows)))
        found[at] = (rows[at][-1] - rest) / rows[at][at]
    return found


def main() -> None:
    """Print bias and weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", metavar="FILE:SHARE")
    rows: list[Any] = []
    for given in parser.parse_args().files:
        name, _, share = given.rpartition(":")
        rows += read_pairs(Path(name), float(share))
    bias, weights = fit(rows)
    sys.stdout.write(f"bias {bias:.3f}\nweights {[round(weight, 3) for weight in weights]}\n")


if __name__ == "__main__":
    main()
