"""The weights, loaded once a process, and one call of them."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from etl.tag.model.letters import SIGN

_OPENS, _CLOSES = 101, 102
_UNKNOWN = "[UNK]"
_ERRORS_ONLY = 3


class Network:
    """The shipped network; scores depend on nothing but what one call is given."""

    def __init__(self, weights: bytes) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # Fusing adds and norms makes them three times as slow (onnxruntime 1.32): the graph is as
        # it should be.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.log_severity_level = _ERRORS_ONLY
        self._session = onnxruntime.InferenceSession(
            weights, options, providers=["CPUExecutionProvider"]
        )

    def score(
        self,
        ids: NDArray[np.int64],
        cases: NDArray[np.int64],
        lists: NDArray[np.int64],
        near: NDArray[np.bool_],
    ) -> NDArray[np.float32]:
        """Return log-probabilities of the labels, by piece that is `near`, of one window."""
        fed = {
            "ids": np.concatenate(([_OPENS], ids, [_CLOSES]))[None],
            "cases": np.pad(cases, 1, constant_values=SIGN)[None],
            "lists": np.pad(lists, 1)[None],
            "kept": np.flatnonzero(near) + 1,
        }
        scores: NDArray[np.float32] = self._session.run(None, fed)[0]
        return scores


@cache
def load_network() -> Network:
    """Return this process's network; a tenth of a second and some 60 MB, once."""
    return Network(files(__package__).joinpath("english.onnx").read_bytes())


@cache
def load_tokenizer() -> Tokenizer:
    """Return what cuts words into the pieces of the vocabulary; it knows no letter case."""
    with as_file(files(__package__).joinpath("vocabulary.txt")) as path:
        tokenizer = Tokenizer(WordPiece.from_file(str(path), unk_token=_UNKNOWN))
    tokenizer.normalizer = BertNormalizer()
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer
