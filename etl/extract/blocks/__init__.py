"""A page's blocks, what can be said of each, and which of them a forest takes for the article.

    tree ──walk──▶ blocks ──traits──▶ columns ──forest──▶ chances ──cut──▶ lines

The forest was grown by `evals/extraction/train.py`; docs/forest.md says on what.
"""

from etl.extract.blocks.text import Measured, find_text, join_blocks, measure_page

__all__ = ["Measured", "find_text", "join_blocks", "measure_page"]
