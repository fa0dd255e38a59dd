"""Scores what names are taken to mean, on mentions that people labelled.

    python -m evals.ner.link ../shared/captured_web

reads the labels beside this file (linking.jsonl; linking.md says how they were made) and the texts
they are of from that folder, and writes `evals/ner/linking_results.json`. Mentions are given, so
that
only their meaning is judged: the country of places and peoples, and which mentions are one entity.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from etl.records import Mention, Span
from etl.tag.entities import resolve

_HERE = Path(__file__).parent
LABELS = _HERE / "linking.jsonl"
RESULTS = _HERE / "linking_results.json"
_PLACED = frozenset({"GPE", "LOC", "NORP"})


class Gold(NamedTuple):
    """A labelled mention: `entity` is a name of its own in its article."""

    start_char: int
    end_char: int
    surface: str
    kind: str
    entity: str
    country_code: str | None


def read_labels(folder: Path) -> Iterator[tuple[str, str, list[Gold]]]:
    """Yield article, text and mentions, in order.

    Raises:
        ValueError: a label is not where its text has it.
    """
    with (folder / "index.jsonl").open(encoding="utf-8") as lines:
        pages = {page["id"]: page for page in map(json.loads, lines)}
    for line in LABELS.read_text("utf-8").splitlines():
        row = json.loads(line)
        text = "\n\n".join(pages[row["article"]]["paragraphs"])
        golds = [Gold(*mention) for mention in row["mentions"]]
        for gold in golds:
            if text[gold.start_char : gold.end_char] != gold.surface:
                raise ValueError(f"{row['article']} has no {gold.surface} at {gold.start_char}")
        yield row["article"], text, golds


def link(text: str, golds: list[Gold]) -> tuple[Mention, ...]:
    """Return what we make of the mentions, one each."""
    spans = [
        Span(start_char=gold.start_char, end_char=gold.end_char, kind=gold.kind, score=1.0)  # type: ignore[arg-type] # kinds of the file
        for gold in golds
    ]
    return resolve(text, spans, language="en")


def b_cubed(gold: list[str], ours: list[str]) -> tuple[float, float]:
    """Return the sums of precision and recall over mentions (Bagga and Baldwin, 1998)."""
    precision = recall = 0.0
    for own_gold, own in zip(gold, ours, strict=True):
        both = sum(g == own_gold and o == own for g, o in zip(gold, ours, strict=True))
        precision += both / ours.count(own)
        recall += both / gold.count(own_gold)
    return precision, recall


def main() -> None:
    """Write the results, and print what is wrong."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    count = placed = right = 0
    precision = recall = 0.0
    for article, text, golds in read_labels(folder):
        ours = link(text, golds)
        p, r = b_cubed([gold.entity for gold in golds], [mention.entity_id for mention in ours])
        count, precision, recall = count + len(golds), precision + p, recall + r
        for gold, mention in zip(golds, ours, strict=True):
            if gold.kind in _PLACED and gold.country_code:
                placed += 1
                right += mention.country_code == gold.country_code
                if mention.country_code != gold.country_code:
                    print(article, gold.surface, gold.country_code, mention.country_code)
    precision, recall = precision / count, recall / count
    results: dict[str, Any] = {
        "command": "python -m evals.ner.link ../shared/captured_web",
        "mentions": count,
        "mentions_with_country": placed,
        "country_accuracy": round(100 * right / placed, 2),
        "b_cubed_p": round(100 * precision, 2),
        "b_cubed_r": round(100 * recall, 2),
        "b_cubed_f1": round(200 * precision * recall / (precision + recall), 2),
    }
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(results))


if __name__ == "__main__":
    main()
