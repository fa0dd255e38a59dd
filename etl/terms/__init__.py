"""What an article is found by: its words, in the one form that all their spellings share.

Pure. The same rules stand in SQL, in `warehouse/macros/searching.sql`, for what people type: a test
holds the two equal over every letter.
"""

from etl.terms.index import BODY_AT, index_words
from etl.terms.stems import find_stems
from etl.terms.words import fold, split_words

__all__ = ["BODY_AT", "find_stems", "fold", "index_words", "split_words"]
