"""GLiNER's models as recognisers: `tag.recognizer = "gliner:/models/gliner_multi-v2.1"`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any, Protocol

from etl.records import EntityKind, Span

_ASKED: dict[str, EntityKind] = {
    "person": "PERSON", "organization": "ORG", "country": "GPE", "city": "GPE",
    "location": "LOC", "nationality": "NORP", "facility": "FAC", "event": "EVENT",
    "product": "PRODUCT", "work of art": "WORK",
}  # fmt: skip
_PART_CHARS = 1_200
"""Most characters asked about at once: the models read some 380 words and pass over the rest."""


class _Model(Protocol):
    def predict_entities(self, text: str, labels: list[str], /) -> list[dict[str, Any]]: ...


class GlinerRecognizer:
    """Marks what a GLiNER model finds, paragraph by paragraph."""

    def __init__(self, name: str, model: _Model) -> None:
        self.name = name
        self._model = model

    def recognize(self, text: str, *, language: str | None) -> tuple[Span, ...]:
        """Return non-overlapping spans in order; `language` is the model's own affair."""
        del language
        spans: list[Span] = []
        for start, stop in _parts(text):
            end = start
            found = self._model.predict_entities(text[start:stop], list(_ASKED))
            for entity in sorted(found, key=lambda entity: (entity["start"], -entity["end"])):
                if start + entity["start"] >= end:
                    end = start + entity["end"]
                    spans.append(_span(entity, start))
        return tuple(spans)


def _span(entity: dict[str, Any], offset: int) -> Span:
    return Span(
        start_char=offset + entity["start"],
        end_char=offset + entity["end"],
        kind=_ASKED[entity["label"]],
        score=round(float(entity["score"]), 3),
    )


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Yield where parts of `text` start and end: at lines or sentences, else at blanks."""
    start = 0
    while start < len(text):
        stop = len(text)
        if stop - start > _PART_CHARS:
            stop = start + _PART_CHARS
            ends = (text.rfind(sign, start + 1, stop) + 1 for sign in ("\n", ". ", " "))
            stop = next((end for end in ends if end), stop)
        yield start, stop
        start = stop


def load(model: str) -> GlinerRecognizer:
    """Return the recogniser of a model that lies in a folder or in the cache of its hub."""
    gliner: Any = import_module("gliner")
    loaded = gliner.GLiNER.from_pretrained(model, local_files_only=True)
    return GlinerRecognizer(f"gliner:{model}", loaded)
