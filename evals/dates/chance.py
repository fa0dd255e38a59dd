"""How far scores are chance: what other documents of the kind might have given."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from random import Random
from types import ModuleType
from typing import Any

from etl.tag.dates.grammar import read_grammar
from etl.tag.dates.scan import find_all, read_scene

Triple = tuple[str, list[dict[str, Any]], list[dict[str, Any]]]
_DRAWS, _SEED = 2000, 20
_MEASURES = {"relaxed": "rel", "strict": "strict", "value": "val"}
_RARELY, _AT_TIMES = 2, 8


def intervals(triples: Sequence[Triple], scorer: ModuleType) -> dict[str, list[float]]:
    """Return the middle 95% of the F1 of 2000 draws, with replacement, of as many documents.

    A triple is a document's name, what people marked in it and what we found.
    """
    counts = [scorer.score_pairs([triple])[0]["counts"] for triple in triples]
    random = Random(_SEED)
    draws = [random.choices(counts, k=len(counts)) for _ in range(_DRAWS)]
    return {f"{name}_f1_95": _middle(_f1(draw, key) for draw in draws)
            for name, key in _MEASURES.items()}  # fmt: skip


def _f1(counts: Sequence[dict[str, int]], key: str) -> float:
    total = sum(one["gold"] + one["sys"] for one in counts)
    return 200 * sum(one[key] for one in counts) / total if total else 0.0


def _middle(figures: Iterable[float]) -> list[float]:
    ranked = sorted(figures)
    edge = len(ranked) // 40
    return [round(ranked[edge], 1), round(ranked[-edge - 1], 1)]


def by_use(texts: Sequence[str], triples: Sequence[Triple], scorer: ModuleType) -> dict[str, Any]:
    """Return how right rules are by how often they were of use in these documents, in per cent.

    A rule that found one or two things may have been written for them, and still the share of it
    that people marked too tells what a rule does that was written for none.
    """
    seen: dict[int, Counter[str]] = defaultdict(Counter)
    for text, (_, gold, items) in zip(texts, triples, strict=True):
        rules = _rules_of(text)
        pairs, _, spurious = scorer.match(gold, items)
        for marked, item in pairs:
            is_whole = (marked["start"], marked["end"]) == (item["start"], item["end"])
            seen[rules.get(item["start"], 0)].update(
                found=1, marked=1, strict=is_whole, value=marked["value"] == item["value"]
            )
        for item in spurious:
            seen[rules.get(item["start"], 0)]["found"] += 1
    shares: dict[str, Counter[str]] = defaultdict(Counter)
    for counts in seen.values():
        uses = counts["found"]
        often = "rarely" if uses <= _RARELY else "at_times" if uses <= _AT_TIMES else "often"
        shares[often].update(counts, rules=1)
    return {name: _shared(counts) for name, counts in sorted(shares.items())}


def _shared(counts: Counter[str]) -> dict[str, float]:
    shares = {name: round(100 * counts[name] / counts["found"], 1)
              for name in ("marked", "strict", "value")}  # fmt: skip
    return {"rules": counts["rules"], "found": counts["found"], **shares}


def _rules_of(text: str) -> dict[int, int]:
    """Return the rule of what is found, by the place it begins at, blanks not counted."""
    grammar = read_grammar("en")
    if grammar is None:
        return {}
    scene = read_scene(text, grammar)
    black = [0]
    for piece in scene.pieces:
        black.append(black[-1] + len("".join(piece.split())))
    return {black[one.first]: one.rule.order for one in find_all(scene)}
