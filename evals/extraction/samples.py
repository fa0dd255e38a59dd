"""Labelled pages, measured as extraction measures them."""

from __future__ import annotations

import gzip
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.extract.blocks import Measured, measure_page
from etl.extract.blocks.columns import Column
from etl.extract.decode import decode_page
from etl.extract.metadata import read_declared
from etl.extract.options import ExtractOptions
from etl.extract.titles import choose_title
from etl.extract.tree import check_limits, drop_textless, parse_html
from etl.urls import source_of
from evals.extraction.labels import label_blocks
from evals.extraction.sets import SETS, Labelled, read_set


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


def read_samples(shared: Path) -> list[Sample]:
    """Return the pages of all sets that have gold text."""
    names = [name for name in SETS if name != "dates_dev"]
    with ProcessPoolExecutor() as pool:
        return [
            one
            for name in names
            for one in pool.map(partial(measure, name), read_set(shared, name), chunksize=4)
            if one is not None
        ]
