"""A spaCy pipeline of the size people use, for its speed alone."""

from __future__ import annotations

import time
from importlib.metadata import version
from typing import Any

from evals.ner.bio import Labelled

_TYPES = ("PERSON", "ORG", "LOC", "NORP", "FAC", "PRODUCT", "MISC", "DATE", "MONEY")


def time_spacy_cnn(articles: list[Labelled]) -> dict[str, Any]:
    """Return words read in a CPU second by spaCy's CNN for names, as its small models have it.

    It is not trained: how fast it is does not depend on what its weights are, and a trained one is
    no package on the index. Its own sentences and tokens; texts are piped as spaCy advises.
    """
    try:
        import spacy  # noqa: PLC0415 - of the group evals, which may not be installed
    except ImportError:
        return {"missing": "uv sync --group evals"}
    pipeline = spacy.blank("en")
    recognizer: Any = pipeline.add_pipe("ner", config={"model": {"tok2vec": _TOK2VEC}})
    for kind in _TYPES:
        recognizer.add_label(kind)
    pipeline.initialize()
    start = time.process_time()
    for _ in pipeline.pipe([article.text for article in articles], batch_size=16):
        pass
    took = time.process_time() - start
    words = sum(len(article.starts) for article in articles)
    return {"version": version("spacy"), "words_per_cpu_s": round(words / took)}


_TOK2VEC = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "pretrained_vectors": None,
    "width": 96,
    "depth": 4,
    "embed_size": 2000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": True,
}
"""What `en_core_web_sm` has for names."""
