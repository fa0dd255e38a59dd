"""Whether two articles are one: what was measured of them, a score, and guards it cannot pass by.

The weights are a logistic regression's, fitted by `evals/dedup/fit.py`; one rule for all languages.
The guards are for texts the fit has not seen: whatever the score, two texts that disagree on their
facts are two reports made alike, and a sentence in common is a quote.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, log1p
from typing import Literal

from etl.dedup.alignment import Alignment
from etl.records import Sketch

Kind = Literal["exact", "near", "contained"]

RULE = "aligned-3"
"""Edition of weights and guards, kept with each pair."""

LEAST_FRESH = 25
"""Words that are on few articles; where either text has fewer, all its words are compared."""

LEAST_COMMON = 25
LEAST_SHARE = 0.35
LEAST_AGREED = 0.65
SHORT_WORDS = 120
LEAST_AGREED_SHORT = 0.85
LEAST_SCORE = 0.8

DENSE = 0.3
"""Of the common words, the share that counts as facts from which agreement says little: German
nouns have capitals, and of scripts without them most words may be names. Two Chinese reports of one
frame agreed on 90% of such facts with every figure and name another's."""

LEAST_FIGURES_DENSE = 0.6
MOST_DISAGREED_DENSE = 0.06
"""Of such texts: figures that agree, and facts that disagree for each common word; copies of
labelled sets have fewer in 997 of 1,000 cases, reports of one frame .06 to .26."""

_NEAR_JACCARD = 0.7
_TITLE_WORDS = 2
# As if two facts had been seen of which 1.8 agree: a text without figures says nothing of them.
_PRIOR, _PRIOR_AGREED = 2.0, 1.8
_BIAS = -22.261
_WEIGHTS = (
    4.679, 9.239, 9.462, 8.658, 2.141, -2.64, 1.678, 5.236, 2.392, 1.135, -7.643, -1.138, -0.567,
    0.109,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What two articles have in common, and whether they are duplicates.

    `jaccard` is common words over all, `containment` over those of the shorter text; of
    `facts_aligned` names and figures that stand beside each other, `facts_agreed` are the same.
    """

    is_duplicate: bool
    kind: Kind
    score: float
    jaccard: float
    containment: float
    title_overlap: float
    common_words: int
    facts_aligned: int
    facts_agreed: int


def judge(one: Sketch, other: Sketch, alignment: Alignment) -> Verdict:
    """Return whether two articles, aligned, are duplicates; their order makes no difference."""
    shorter, longer = sorted(alignment.words)
    common = min(alignment.common, shorter)
    overlap = _overlap_titles(one.title, other.title)
    score = _score(alignment, overlap)
    is_same = alignment.common == shorter == longer == alignment.longest
    jaccard = common / max(1, shorter + longer - common)
    containment = common / max(1, shorter)
    return Verdict(
        is_duplicate=_is_told_alike(alignment, overlap) if is_same
        else score >= LEAST_SCORE and _passes(alignment),
        kind="exact" if is_same else "near" if jaccard >= _NEAR_JACCARD else "contained",
        score=1.0 if is_same else score,
        jaccard=jaccard,
        containment=containment,
        title_overlap=overlap,
        common_words=common,
        facts_aligned=alignment.facts_aligned,
        facts_agreed=alignment.facts_agreed,
    )  # fmt: skip


def measure(alignment: Alignment, title_overlap: float) -> tuple[float, ...]:
    """Return what is weighed, in the order of the weights."""
    shorter, longer = sorted(alignment.words)
    fresh, fresher = sorted(alignment.fresh_words)
    is_fresh = fresh >= LEAST_FRESH
    few, many = (fresh, fresher) if is_fresh else (shorter, longer)
    common = alignment.fresh_common if is_fresh else alignment.common
    names = alignment.facts_aligned - alignment.figures_aligned
    return (
        min(1.0, common / max(1, few)),
        min(1.0, alignment.common / max(1, shorter)),
        _agree(alignment.facts_agreed - alignment.figures_agreed, names),
        _agree(alignment.figures_agreed, alignment.figures_aligned),
        log1p(common),
        log1p(alignment.longest),
        log(max(1, few) / max(1, many)),
        title_overlap,
        alignment.swapped / max(1, alignment.common),
        common / max(1, many),
        0.0 if is_fresh else 1.0,
        1 - fresh / max(1, shorter),
        log1p(names),
        log1p(alignment.figures_aligned),
    )


def _score(alignment: Alignment, title_overlap: float) -> float:
    measured = measure(alignment, title_overlap)
    total = _BIAS + sum(a * b for a, b in zip(_WEIGHTS, measured, strict=True))
    return 1 / (1 + exp(-max(-60.0, min(60.0, total))))


def _agree(agreed: int, aligned: int) -> float:
    return (agreed + _PRIOR_AGREED) / (aligned + _PRIOR)


def _passes(alignment: Alignment) -> bool:
    """Say if enough is shared, and if the facts agree: of short texts nearly all of them."""
    share, whole, *_ = measure(alignment, 0.0)
    is_fresh = min(alignment.fresh_words) >= LEAST_FRESH
    common = alignment.fresh_common if is_fresh else alignment.common
    least = LEAST_AGREED if common >= SHORT_WORDS else LEAST_AGREED_SHORT
    agreed = _agree(alignment.facts_agreed, alignment.facts_aligned)
    return (
        common >= LEAST_COMMON
        and max(share, whole) >= LEAST_SHARE
        and agreed >= least
        and not _is_of_one_frame(alignment)
    )


def _is_of_one_frame(alignment: Alignment) -> bool:
    """Say of texts most of whose words count as facts if those disagree that are ones."""
    if alignment.facts_aligned < DENSE * alignment.common:
        return False
    figures = _agree(alignment.figures_agreed, alignment.figures_aligned)
    disagreed = alignment.facts_aligned - alignment.facts_agreed
    return figures < LEAST_FIGURES_DENSE or disagreed > MOST_DISAGREED_DENSE * alignment.common


def _is_told_alike(alignment: Alignment, title_overlap: float) -> bool:
    """Say of equal texts if they are an article: a site's notice stands under many headlines."""
    return min(alignment.fresh_words) >= LEAST_FRESH or title_overlap >= LEAST_SCORE


def _overlap_titles(one: str, other: str) -> float:
    """Return the share of the shorter title's words in the other; 0 for titles of one word."""
    words, others = set(one), set(other)
    fewer = min(len(words), len(others))
    return len(words & others) / fewer if fewer >= _TITLE_WORDS else 0.0
