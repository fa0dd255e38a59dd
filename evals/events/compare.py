"""How well events are found: B-cubed over articles labelled by hand, beside what is simpler.

    python -m evals.events.compare ../shared [--kept] [--out FILE]

Everything is loaded into one warehouse. The rule was fitted to the development half; `--kept`
scores the other half too. `all`: every article, most of them events of their own. `several`:
those of events that several articles tell of. GUIDE.md says how they were labelled.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path

from etl.words import normalize
from evals.events.documents import read_documents
from evals.events.warehouse import load, open_warehouse, read_originals, read_stories

HERE = Path(__file__).parent
Gold = Mapping[str, str]
Found = Mapping[str, Hashable]


def read_labels() -> dict[str, str | None]:
    """Return the event of each labelled article; None where the labellers could not tell."""
    rows = map(json.loads, (HERE / "labels.jsonl").read_text("utf-8").splitlines())
    return {f"{row['set']}:{row['id']}": row["event"] for row in rows}


def is_kept_back(event: str) -> bool:
    """Return whether an event is of the half nothing was fitted to."""
    return int(hashlib.sha256(event.encode()).hexdigest(), 16) % 2 == 1


def score(gold: Gold, found: Found, items: Sequence[str]) -> dict[str, float]:
    """Return B-cubed precision, recall and F1 of some articles.

    Each is averaged over articles: which share of its group is of its event, and which share of
    its event is in its group (Bagga and Baldwin, 1998). Groups and events have all articles.
    """
    events: dict[str, set[str]] = defaultdict(set)
    groups: dict[Hashable, set[str]] = defaultdict(set)
    for name, event in gold.items():
        events[event].add(name)
        groups[found[name]].add(name)
    common = {name: len(events[gold[name]] & groups[found[name]]) for name in items}
    precision = sum(common[name] / len(groups[found[name]]) for name in items) / len(items)
    recall = sum(common[name] / len(events[gold[name]]) for name in items) / len(items)
    return {
        "articles": len(items), "precision": round(precision, 3), "recall": round(recall, 3),
        "f1": round(2 * precision * recall / (precision + recall), 3),
    }  # fmt: skip


def score_halves(gold: Gold, found: Found, *, kept: bool) -> dict[str, dict[str, dict[str, float]]]:
    """Return the scores of the development half, and of the one kept back if asked for."""
    sizes = Counter(gold.values())
    halves = {"development": [name for name in gold if not is_kept_back(gold[name])]}
    if kept:
        halves["kept_back"] = [name for name in gold if is_kept_back(gold[name])]
    return {
        half: {
            "all": score(gold, found, names),
            "several": score(gold, found, [name for name in names if sizes[gold[name]] > 1]),
        }
        for half, names in halves.items()
    }


def main() -> None:
    """Load everything, score it and write the scores down."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("--kept", action="store_true")
    options.add_argument("--out", type=Path)
    chosen = options.parse_args()
    documents, labels = read_documents(chosen.shared), read_labels()
    gold = {
        one.document_id: labels.get(one.document_id, f"={one.document_id}") for one in documents
    }  # fmt: skip
    known = {name: event for name, event in gold.items() if event is not None}
    con = open_warehouse()
    load(con, documents)
    ways: dict[str, Found] = {
        "stories": read_stories(con),
        "duplicates alone": read_originals(con),
        "same headline": {
            one.document_id: normalize(one.title) or one.document_id for one in documents
        },
    }
    told = {way: score_halves(known, found, kept=chosen.kept) for way, found in ways.items()}
    result = {
        "command": "python -m evals.events.compare ../shared" + " --kept" * chosen.kept,
        "articles": len(known), "unsure": len(gold) - len(known),
        "events_of_several": len({event for event in labels.values() if event}),
        **told,
    }  # fmt: skip
    print(json.dumps(result, indent=1))
    if chosen.out:
        chosen.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
