"""One name is one kind of thing throughout an article: its mentions vote.

A sentence alone may not tell whether Bouteflika is a person or a place; another one says
"Abdelaziz Bouteflika". And what no mention of it makes likely is no name. On articles that were not
trained on, either is worth half a point of F1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from etl.tag.names import bare_name

_VOTERS = frozenset({"PERSON", "ORG", "LOC", "NORP", "FAC", "PRODUCT", "MISC"})
_MOST_NAME_WORDS = 4
_LIKELY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """`text[start_char:end_char]` is of `kind`, one of `labels.TYPES`."""

    start_char: int
    end_char: int
    kind: str
    score: float


def agree(text: str, marks: Sequence[Marked]) -> tuple[Marked, ...]:
    """Return `marks`, each of the kind that most mentions of its name are, weighed by score.

    Names of which no mention is likelier than not are left out. Dates and sums have no vote, and
    no other kind.
    """
    keys = [bare_name(text[mark.start_char : mark.end_char]) for mark in marks]
    votes: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for key, mark in zip(keys, marks, strict=True):
        if mark.kind in _VOTERS:
            votes[key][mark.kind] += mark.score
            for part in _surnames(key) if mark.kind == "PERSON" else ():
                votes[part]["PERSON"] += mark.score
    likeliest: defaultdict[str, float] = defaultdict(float)
    for key, mark in zip(keys, marks, strict=True):
        likeliest[key] = max(likeliest[key], mark.score)
    return tuple(
        _settle(mark, votes[key])
        for key, mark in zip(keys, marks, strict=True)
        if likeliest[key] >= _LIKELY
    )


def _surnames(key: str) -> set[str]:
    """Return what the person called `key` may be called for short: "al assad" and "assad"."""
    words = key.split()
    is_full = 1 < len(words) <= _MOST_NAME_WORDS
    return {words[-1], " ".join(words[1:])} if is_full else set()


def _settle(mark: Marked, votes: Mapping[str, float]) -> Marked:
    if mark.kind not in _VOTERS:
        return mark
    # Of equal votes its own counts most; the order of others must not depend on chance.
    kind = max(votes, key=lambda kind: (votes[kind], kind == mark.kind, kind))
    return mark if kind == mark.kind else replace(mark, kind=kind)
