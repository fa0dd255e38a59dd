"""How well `newshouse dedup` finds duplicates, beside what is simpler.

    python -m evals.dedup.compare ../shared

The labelled sets: the shared one, and some made by `evals.dedup.generate` with edits, frames, texts
and languages of its own. The weights were fitted to the shared one and to seed 7. The natural ones:
real articles, all of them others; every pair found among them is listed, to be looked at. Peers:
the same words (exact), and the same headline.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from etl.dedup import sketch_loose
from etl.dedup.corpus import Document, Place, find_clusters
from etl.dedup.sketch import list_keys
from etl.dedup.verdict import RULE
from etl.words import normalize
from evals.dedup.generate import generate, read_bases

SEEDS = (7, 11, 13)
RESULTS = Path(__file__).parent / "results.json"
GOLD = ("aed_dev", "wcxb_dev", "scrapinghub")


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of JSON lines."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def place(lines: Sequence[dict[str, Any]]) -> list[Place]:
    """Return where newshouse puts each document."""
    return find_clusters(make_documents(lines))


def make_documents(lines: Sequence[dict[str, Any]]) -> list[Document]:
    """Return what newshouse compares of each document."""
    documents = []
    for line in lines:
        sketch = sketch_loose(line["title"] or "", line["paras"], min_repeat_words=8)
        at = line.get("published_at") or ""
        day = date.fromisoformat(at[:10]) if at else None
        documents.append(
            Document(
                keys=list_keys(sketch), sketch=sketch, site=line["site"], day=day,
                order=(not at, at, line["id"]),
            )
        )  # fmt: skip
    return documents


def score(gold: Sequence[str], found: Iterable[object]) -> dict[str, float]:
    """Return precision, recall and F1 of pairs, and the largest cluster found."""
    named = list(found)
    both = _pairs(zip(gold, named, strict=True))
    right, said = _pairs(gold), _pairs(named)
    return {
        "precision": round(both / said if said else 1.0, 4),
        "recall": round(both / right if right else 1.0, 4),
        "f1": round(2 * both / (right + said) if right + said else 1.0, 4),
        "largest": max(Counter(named).values()), "largest_gold": max(Counter(gold).values()),
    }  # fmt: skip


def _pairs(names: Iterable[object]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(names).values())


def compare(lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return how each way of telling duplicates does on a labelled set."""
    gold = [line["cluster"] for line in lines]
    return {
        "documents": len(lines),
        RULE: score(gold, (one.original for one in place(lines))),
        "exact": score(gold, (normalize(" ".join(line["paras"])) for line in lines)),
        "same headline": score(gold, (normalize(line["title"] or "") for line in lines)),
    }


def find_among_others(shared: Path) -> dict[str, Any]:
    """Return what is found among real articles."""
    lines = [
        {"id": row["id"], "title": row["title"], "paras": row["paragraphs"],
         "site": row["publisher"]}
        for row in read_lines(shared / "captured_web/index.jsonl")
    ]  # fmt: skip
    for name in GOLD:
        lines += [
            {"id": f"{name} {row['id']}", "title": row.get("title"),
             "paras": row["text"].split("\n"), "site": ""}
            for row in read_lines(shared / "evals/extraction" / name / "gold.jsonl")
        ]  # fmt: skip
    found = place(lines)
    return {
        "articles": len(lines),
        "found": [
            {"ids": [lines[at]["id"], lines[one.original]["id"]],
             "score": round(one.verdict.score, 3), "containment": round(one.verdict.containment, 3)}
            for at, one in enumerate(found) if one.verdict
        ],
    }  # fmt: skip


def main() -> None:
    """Measure and write the results file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    shared = parser.parse_args().shared
    bases = read_bases(shared)
    result = {
        "command": "python -m evals.dedup.compare ../shared",
        "dev": compare(read_lines(shared / "evals/dedup/dev.jsonl.gz")),
        **{f"generated {seed}": compare(list(generate(bases, Random(seed)))) for seed in SEEDS},
        "natural": find_among_others(shared),
    }
    print(json.dumps(result, indent=1))
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
