"""Grow the forest by which `etl.extract.blocks` tells article text from the rest of a page.

    uv run --group evals python -m evals.extraction.train ../shared

It reads the sets that have gold text (see `compare`), measures every page as extraction does, and

- tells how well forests do on sites they have not seen: folds by site, no text of a site in both;
- grows one of all pages and writes it to etl/extract/blocks/forest.npz, figures to
  evals/extraction/forest.json. The same pages give the same forest.

Each set weighs the same, each page of a set, and a block as the root of its words. Pages whose
gold text was cut short (forests that know the site's likes find a multiple of it) teach nothing.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm
import numpy as np
from numpy.typing import NDArray

from etl.extract.blocks import Measured, join_blocks, measure_page
from etl.extract.blocks.columns import Column
from etl.extract.decode import decode_page
from etl.extract.metadata import read_declared
from etl.extract.options import ExtractOptions
from etl.extract.tidying import tidy_lines
from etl.extract.titles import choose_title
from etl.extract.tree import check_limits, drop_textless, parse_html
from etl.urls import source_of
from evals.extraction.export import store_forest
from evals.extraction.labels import label_blocks
from evals.extraction.sets import SETS, Labelled, load_scorer, read_set

FOLDS = 5
TRAITS = 130
ROUNDS = 130
GROWTH: dict[str, Any] = {
    "objective": "binary", "learning_rate": 0.08, "num_leaves": 31, "max_depth": 8,
    "min_data_in_leaf": 40, "feature_fraction": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1,
    "lambda_l2": 5.0, "deterministic": True, "force_row_wise": True, "num_threads": 1,
    "seed": 1,
    "verbose": -1,
}  # fmt: skip
SURE = 0.9
CUT_SHORT = 1.5


class Sample(NamedTuple):
    """A page with its blocks measured, and which of them its gold text has."""

    set_name: str
    gold: dict[str, Any]
    title: str
    measured: Measured
    is_in: NDArray[np.bool_]

    @property
    def words(self) -> Column:
        """How long each block is."""
        return self.measured.columns["words"]

    @property
    def site(self) -> str:
        """The site the page is of."""
        return source_of(self.gold["url"])

    def table(self, traits: list[str]) -> NDArray[np.float64]:
        """Return the columns called `traits`, a row a block."""
        return np.stack([self.measured.columns[name] for name in traits], axis=1)


def measure(set_name: str, page: Labelled) -> Sample | None:
    """Return a page as extraction sees it, None where it would not look at it."""
    tree = parse_html(decode_page(gzip.decompress(page.path.read_bytes()), None).text)
    if check_limits(tree, ExtractOptions()):
        return None
    declared = read_declared(tree, page.gold["url"])
    title = choose_title(tree, declared, None).text
    drop_textless(tree)
    measured = measure_page(tree, declared, title=title)
    if not measured.blocks:
        return None
    labels = label_blocks([block.text for block in measured.blocks], page.gold["text"])
    return Sample(set_name, page.gold, title, measured, np.array(labels))


def grow(samples: list[Sample], traits: list[str], skipped: Iterable[str] = ()) -> lightgbm.Booster:
    """Return a forest grown of `samples`, by those columns of theirs, without pages `skipped`."""
    samples = [one for one in samples if one.gold["id"] not in skipped]
    pages = Counter(one.set_name for one in samples)
    weights = []
    for one in samples:
        root = np.sqrt(np.maximum(1.0, one.words))
        weights.append(root / root.sum() / pages[one.set_name])
    weight = np.concatenate(weights)
    table = np.concatenate([one.table(traits) for one in samples])
    labels = np.concatenate([one.is_in for one in samples]).astype(np.float64)
    known = lightgbm.Dataset(table, labels, weight=weight * len(weight) / weight.sum())
    return lightgbm.train(GROWTH, known, ROUNDS)


def judge_unseen(
    samples: list[Sample], traits: list[str], skipped: Iterable[str] = ()
) -> dict[str, NDArray[np.float64]]:
    """Return the chances of each page's blocks by forests that saw no page of its site."""
    chances = {}
    for fold in range(FOLDS):
        forest = grow([one for one in samples if _fold_of(one.site) != fold], traits, skipped)
        for one in samples:
            if _fold_of(one.site) == fold:
                chances[one.gold["id"]] = np.asarray(forest.predict(one.table(traits)))
    return chances


def _fold_of(site: str) -> int:
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % FOLDS


def rank_traits(samples: list[Sample]) -> list[str]:
    """Return the columns that a first forest splits by to most gain."""
    every = list(samples[0].measured.columns)
    gains = grow(samples, every).feature_importance("gain")
    best = {every[place] for place in np.argsort(-gains, kind="stable")[:TRAITS]}
    return [name for name in every if name in best]


def find_cut_short(samples: list[Sample], chances: dict[str, NDArray[np.float64]]) -> set[str]:
    """Return the pages of which more sure text is missing from the gold than is in it."""
    found = set()
    for one in samples:
        is_sure = chances[one.gold["id"]] > SURE
        missing = one.words[is_sure & ~one.is_in].sum()
        if missing > CUT_SHORT * one.words[is_sure & one.is_in].sum():
            found.add(one.gold["id"])
    return found


def score(
    shared: Path, samples: list[Sample], chances: dict[str, NDArray[np.float64]]
) -> dict[str, Any]:
    """Return each set's scores; no other reading of a page stands in where blocks give none."""
    scorer = load_scorer(shared)
    found = {}
    for name in dict.fromkeys(one.set_name for one in samples):
        pages = [one for one in samples if one.set_name == name]
        made = {one.gold["id"]: {"text": _join(one, chances[one.gold["id"]])} for one in pages}
        summary, _ = scorer.score([one.gold for one in pages], made)
        found[name] = {key: round(summary[key], 4) for key in ("shF1", "shP", "shR")}
    return found


def _join(one: Sample, chances: NDArray[np.float64]) -> str:
    lines = tidy_lines(join_blocks(one.measured, chances), one.title)
    return "\n".join(dict.fromkeys(lines))  # repeats are the fingerprinter's to leave out


def main() -> None:
    """Measure, grow, score and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--forest", type=Path, default=Path("etl/extract/blocks/forest.npz"))
    parser.add_argument("--out", type=Path, default=Path("evals/extraction/forest.json"))
    parser.add_argument("--unscored", action="store_true", help="grow only, without the folds")
    options = parser.parse_args()
    names = [name for name in SETS if name != "dates_dev"]
    with ProcessPoolExecutor() as pool:
        samples = [
            one
            for name in names
            for one in pool.map(partial(measure, name), read_set(options.shared, name), chunksize=4)
            if one is not None
        ]
    traits = rank_traits(samples)
    skipped = find_cut_short(samples, judge_unseen(samples, traits))
    store_forest(options.forest, grow(samples, traits, skipped), traits)
    if options.unscored:
        return
    unseen = score(options.shared, samples, judge_unseen(samples, traits, skipped))
    results = {
        "command": "python -m evals.extraction.train ../shared",
        "pages": Counter(one.set_name for one in samples),
        "blocks": sum(len(one.is_in) for one in samples),
        "cut_short": len(skipped),
        "growth": GROWTH | {"rounds": ROUNDS, "traits": TRAITS},
        "on_unseen_sites": unseen,
    }
    print(json.dumps(unseen))
    options.out.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
