"""spaCy's pipelines as recognisers: `tag.recognizer = "spacy:de_core_news_sm"`."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any, Protocol

from etl.records import EntityKind, Span
from etl.tag.kinds import kind_of_place

_KINDS: dict[str, EntityKind] = {
    "PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "GPE": "GPE", "NORP": "NORP", "FAC": "FAC",
    "EVENT": "EVENT", "PRODUCT": "PRODUCT", "WORK_OF_ART": "WORK", "MISC": "MISC", "LAW": "MISC",
}  # fmt: skip
_MOST_CHARS = 1_000_000
"""What spaCy reads of a text, and its own limit; the rest has no names."""


class _Entity(Protocol):
    start_char: int
    end_char: int
    label_: str


class _Read(Protocol):
    ents: Iterable[_Entity]


class _Pipeline(Protocol):
    def __call__(self, text: str, /) -> _Read: ...


class SpacyRecognizer:
    """Marks what a spaCy pipeline finds; labels that name nothing (dates, sums) are left out."""

    def __init__(self, name: str, pipeline: _Pipeline) -> None:
        self.name = name
        self._pipeline = pipeline

    def recognize(self, text: str, *, language: str | None) -> tuple[Span, ...]:
        """Return non-overlapping spans in order; `language` is the pipeline's own affair."""
        del language
        found = self._pipeline(text[:_MOST_CHARS]).ents
        return tuple(
            Span(start_char=entity.start_char, end_char=entity.end_char, kind=kind, score=1.0)
            for entity in found
            if (kind := _kind_of(entity, text))
        )


def _kind_of(entity: _Entity, text: str) -> EntityKind | None:
    if entity.label_ in {"LOC", "LOCATION"}:
        return kind_of_place(" ".join(text[entity.start_char : entity.end_char].split()) or "-")
    return _KINDS.get(entity.label_)


def load(model: str) -> SpacyRecognizer:
    """Return the recogniser of an installed pipeline, or of one in a folder."""
    spacy: Any = import_module("spacy")
    skipped = ["tagger", "parser", "lemmatizer", "attribute_ruler", "morphologizer"]
    return SpacyRecognizer(f"spacy:{model}", spacy.load(model, exclude=skipped))
