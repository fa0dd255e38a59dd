"""Whether copies are found, and what is none is not, in each language by itself.

    python -m evals.dedup.languages ../shared

Real articles: the pages captured from the web, read by their labels, in the languages they are in.
Of each there are copies, one for every edit of `evals.dedup.edits` and some of three edits at once,
and a twin under the same headline that says the same of others: each name and figure is replaced
by one of another article. (Of scripts without capitals only the figures are: nothing tells names.)
Own ones, for there are no captured pages in Chinese and Arabic: those of `tests.dedup.newswires`,
two frames a language, each with ten sets of facts under one headline, and copies of each.
All lie in one heap. Recall is the share of copies that are paired with their original, precision
the share of pairs, copies with copies among them, that are of one article.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from etl.dedup.corpus import find_duplicates
from etl.dedup.sketch import FIGURE, NAME, sketch_text
from etl.dedup.wear import find_hot
from etl.extract import detect_language
from etl.words import normalize, tokenize
from evals.dedup.compare import make_documents, read_lines
from evals.dedup.edits import EDITS, Edit
from evals.dedup.generate import SITES
from tests.dedup.newswires import LANGUAGES, draw_facts, write_report

RESULTS = Path(__file__).parent / "results_languages.json"
AT_ONCE, SEED, FACTS = 4, 23, 10
LEAST_CHARS = 500
REPRINTED = {"de_Taz_2023_04_28"}
"""Captured pages that have the text of another one: their label is not that they are others."""
Line = dict[str, Any]


class Heap:
    """Lines as `make_documents` takes them, with the language and cluster each is of."""

    def __init__(self) -> None:
        self.rnd = Random(SEED)
        self.lines: list[Line] = []

    def add(self, cluster: str, language: str, title: str, paras: Sequence[str], kind: str) -> None:
        """Add a document of a kind: original, twin, or the name of its edits."""
        self.lines.append({
            "id": f"d{len(self.lines):05}", "cluster": cluster, "language": language,
            "title": title, "paras": list(paras), "kind": kind, "site": self.rnd.choice(SITES),
        })  # fmt: skip

    def add_with_copies(self, cluster: str, language: str, title: str, paras: list[str]) -> None:
        """Add an original and its copies."""
        self.add(cluster, language, title, paras, "original")
        ways: list[tuple[Edit, ...]] = [(edit,) for edit in EDITS]
        ways += [tuple(self.rnd.sample(EDITS, 3)) for _ in range(AT_ONCE)]
        for way in ways:
            copy = paras
            for edit in way:
                copy = edit(copy, self.rnd)
            self.add(cluster, language, title, copy, "+".join(edit.__name__ for edit in way))


def read_articles(shared: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Yield language, title and paragraphs of each captured page of some length."""
    for row in read_lines(shared / "captured_web/index.jsonl"):
        paras = [part for part in row["paragraphs"] if part]
        text = "\n\n".join(paras)
        if len(text) > LEAST_CHARS and row["id"] not in REPRINTED:
            yield next(iter(detect_language(text)), "other"), row["title"], paras


def mark_words(paras: Sequence[str]) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Yield each paragraph with its words and what they are held for."""
    kinds = iter(sketch_text("", paras).kinds)
    for part in paras:
        own = [next(kinds) for _ in tokenize(normalize(part))]
        words = tokenize(part)
        yield part, list(zip(words, own, strict=True)) if len(words) == len(own) else []


def tell_of_others(paras: Sequence[str], others: Sequence[str], rnd: Random) -> list[str]:
    """Return the paragraphs with the names and figures of others."""
    theirs: defaultdict[int, list[str]] = defaultdict(list)
    for _, words in mark_words(others):
        for word, kind in words:
            theirs[kind].append(word)
    told = []
    for part, words in mark_words(paras):
        made, at = "", 0
        for word, kind in words:
            start = part.index(word, at)
            fresh = kind in {NAME, FIGURE} and theirs[kind]
            made += part[at:start] + (rnd.choice(theirs[kind]) if fresh else word)
            at = start + len(word)
        told.append(made + part[at:])
    return told


def fill(shared: Path) -> list[Line]:
    """Return every document."""
    heap = Heap()
    by_language: defaultdict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for language, title, paras in read_articles(shared):
        by_language[language].append((title, paras))
    every = [article for articles in by_language.values() for article in articles]
    for language, articles in sorted(by_language.items()):
        for number, (title, paras) in enumerate(articles):
            heap.add_with_copies(f"{language}{number}", language, title, paras)
            kin = [one for one in articles if one[1] is not paras] or every
            others = [part for _, some in heap.rnd.sample(kin, min(3, len(kin))) for part in some]
            twin = tell_of_others(paras, others, heap.rnd)
            heap.add(f"{language}{number} twin", language, title, twin, "twin")
    for language in LANGUAGES:
        for report in (0, 1):
            for number in range(FACTS):
                paras = write_report(language, report, draw_facts(language, heap.rnd))
                name = f"{language} reports"
                heap.add_with_copies(f"{name} {report} {number}", name, f"report {report}", paras)
    return heap.lines


def judge_language(
    name: str, lines: Sequence[Line], pairs: Sequence[tuple[Line, Line]]
) -> dict[str, Any]:
    """Return how the documents of a language did; `pairs` are those called duplicates."""
    own = [line for line in lines if line["language"] == name]
    found = [pair for pair in pairs if name in {pair[0]["language"], pair[1]["language"]}]
    wrong = [pair for pair in found if pair[0]["cluster"] != pair[1]["cluster"]]
    originals = {one["id"] for one in own if one["kind"] == "original"}
    met = {other["id"] for one, other in found if one["id"] in originals
           and one["cluster"] == other["cluster"]}  # fmt: skip
    copies = [line for line in own if line["kind"] not in {"original", "twin"}]
    lost = Counter(line["kind"] for line in copies if line["id"] not in met)
    return {
        "articles": len(originals), "copies": len(copies),
        "recall": round(1 - lost.total() / len(copies), 4),
        "pairs": len(found),
        "precision": round(1 - len(wrong) / len(found), 5),
        "twins": sum(line["kind"] == "twin" for line in own),
        "twins_called_copies": len({
            line["id"] for pair in wrong for line in pair if line["kind"] == "twin"
        }),
        "lost": dict(lost.most_common()),
    }  # fmt: skip


def main() -> None:
    """Measure and write the results file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    lines = fill(parser.parse_args().shared)
    documents = make_documents(lines)
    hot = find_hot((one.keys, one.site, one.day) for one in documents)
    pairs = [(lines[one], lines[other]) for (one, other), _ in find_duplicates(documents, hot)]
    names = sorted({line["language"] for line in lines})
    result = {
        "command": "python -m evals.dedup.languages ../shared",
        "languages": {name: judge_language(name, lines, pairs) for name in names},
    }
    print(json.dumps(result, indent=1))
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
