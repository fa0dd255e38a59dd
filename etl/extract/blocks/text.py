"""The lines of a page that are its article."""

from __future__ import annotations

from typing import NamedTuple

from lxml.html import HtmlElement

from etl.extract.blocks.columns import Column, Columns
from etl.extract.blocks.cut import choose_blocks, settle_blocks
from etl.extract.blocks.evidence import make_evidence
from etl.extract.blocks.forest import judge, load_forest
from etl.extract.blocks.traits import Said, measure_blocks
from etl.extract.blocks.walk import Block, read_blocks
from etl.extract.metadata import Declared
from etl.extract.readings import read_extractor, read_stated, read_summary


class Measured(NamedTuple):
    """The blocks of a page and their traits; no columns where there is no block."""

    blocks: list[Block]
    columns: Columns


def measure_page(tree: HtmlElement, declared: Declared, *, title: str) -> Measured:
    """Return the blocks of a page, and what can be said of each.

    Args:
        tree: of the page, what never holds text taken out (`tree.drop_textless`).
        declared: what the page says of itself.
        title: of the article.
    """
    blocks = read_blocks(tree)
    if not blocks:
        return Measured([], {})
    said = Said(
        title=title,
        extractor=make_evidence(read_extractor(tree)),
        stated=make_evidence("\n".join(read_stated(declared))),
        summary=make_evidence(read_summary(declared)),
    )
    return Measured(blocks, measure_blocks(blocks, said))


def find_text(tree: HtmlElement, declared: Declared, *, title: str) -> list[str]:
    """Return the lines of the article in `tree`, a table's rows with a bar before them."""
    measured = measure_page(tree, declared, title=title)
    if not measured.blocks:
        return []
    return join_blocks(measured, judge(measured.columns, load_forest()))


def join_blocks(measured: Measured, chances: Column) -> list[str]:
    """Return the lines of the blocks that are kept, given the chance of each."""
    blocks, columns = measured
    chosen = choose_blocks(chances, columns["words"])
    settled = settle_blocks(chosen.is_kept, columns)
    return [
        f"| {block.text}" if block.cells > 1 else block.text
        for block, is_kept in zip(blocks, settled, strict=True)
        if is_kept
    ]
