"""Copies are found, and other reports of one frame are not, in six languages and their scripts."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from etl.dedup import sketch_loose
from etl.dedup.alignment import align
from etl.dedup.corpus import Document, find_clusters
from etl.dedup.sketch import FIGURE, list_keys, sketch_text
from etl.dedup.verdict import Verdict, judge
from etl.words import tokenize
from tests.dedup.newswires import LANGUAGES, WIRES, draw_facts, write_report

HEAD = {
    "de": "Mehrere Verletzte nach nächtlichem Brand",
    "fr": "Plusieurs blessés dans un incendie nocturne",
    "es": "Varios heridos en un incendio nocturno",
    "zh": "夜间起火多人受伤",
    "ja": "夜の火事で複数のけが人",
    "ar": "جرحى في حريق ليلي كبير",
}


def find_first(texts: Sequence[Sequence[str]], *, title: str) -> list[int]:
    """Return for each text, of sites of their own, the place of the first of its cluster."""
    documents = []
    for place, paragraphs in enumerate(texts):
        sketch = sketch_loose(title, list(paragraphs), min_repeat_words=8)
        documents.append(
            Document(
                keys=list_keys(sketch), sketch=sketch, site=f"site{place}", day=None,
                order=(True, "", f"{place:03}"),
            )
        )  # fmt: skip
    return [place.original for place in find_clusters(documents)]


def compare(one: Sequence[str], other: Sequence[str]) -> Verdict:
    """Return what is said of two texts under headlines of their own."""
    a, b = sketch_text("", list(one)), sketch_text("", list(other))
    return judge(a, b, align(a, b))


def count_facts(text: str) -> int:
    """Return how many words of a phrase within a sentence are facts."""
    return sum(map(bool, sketch_text("", [f"x {text} x"]).kinds))


@pytest.mark.parametrize("report", [0, 1])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["injured", "crew", "cost", "chief", "site", "street"])
def test_a_copy_with_a_fact_changed_is_a_copy_all_of_whose_other_facts_agree(
    language: str, report: int, name: str
):
    """A figure, a person, a place: as many disagree as words were changed, and all are counted."""
    rnd = Random(5)
    facts, others = draw_facts(language, rnd), draw_facts(language, rnd)
    assert not set(tokenize(facts[name])) & set(tokenize(others[name]))
    told = write_report(language, report, facts)
    edited = write_report(language, report, facts | {name: others[name]})
    verdict = compare(told, edited)
    assert verdict.is_duplicate
    assert verdict.facts_aligned - verdict.facts_agreed == max(
        count_facts(facts[name]), count_facts(others[name])
    )
    facts_of_text = sum(map(bool, sketch_text("", told).kinds))
    assert facts_of_text - 2 <= verdict.facts_aligned <= facts_of_text + 2


@pytest.mark.parametrize("report", [0, 1])
@pytest.mark.parametrize("language", LANGUAGES)
def test_copies_cut_moved_and_framed_by_other_sites_are_of_the_first(language: str, report: int):
    """And every figure that still stands beside its own agrees."""
    told = write_report(language, report, draw_facts(language, Random(7)))
    wire = WIRES[language]
    copies = [
        told[:2], told[1:], [told[2], told[0], told[3], told[1]],
        [wire.credit, *told, wire.foot], [wire.credit, told[0], wire.foot, *told[2:], wire.foot],
    ]  # fmt: skip
    assert find_first([told, *copies], title="") == [0] * 6
    for copy in copies:
        verdict = compare(told, copy)
        assert verdict.facts_agreed == verdict.facts_aligned > 0
    figures = sum(kind == FIGURE for kind in sketch_text("", told).kinds)
    assert figures >= 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_reports_of_one_frame_with_other_facts_are_articles_of_their_own(language: str):
    """Also under one headline, and where both reports stand in one text."""
    rnd = Random(3)
    drawn = [draw_facts(language, rnd) for _ in range(12)]
    for reports in ((0,), (1,), (0, 1)):
        texts = [
            [part for report in reports for part in write_report(language, report, facts)]
            for facts in drawn
        ]
        assert find_first(texts, title=HEAD[language]) == list(range(len(texts)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_correction_of_some_facts_leaves_it_the_same_article(language: str):
    """Two figures put right; what else happened in that town is another."""
    rnd = Random(11)
    facts, others = draw_facts(language, rnd), draw_facts(language, rnd)
    corrected = facts | {name: others[name] for name in ("injured", "crew")}
    texts = [
        write_report(language, 0, facts), write_report(language, 0, corrected),
        write_report(language, 1, facts),
    ]  # fmt: skip
    assert find_first(texts, title=HEAD[language]) == [0, 0, 2]
