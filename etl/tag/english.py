"""The recogniser of an English text: the shipped model, in the kinds of the warehouse."""

from __future__ import annotations

from collections.abc import Iterator

from etl.ports import Recognizer
from etl.records import EntityKind, Span
from etl.tag.kinds import kind_of_other, kind_of_place
from etl.tag.model.agreement import Marked
from etl.tag.model.reader import read_marks

MOST_CHARS = 300_000
"""What the model reads of a text: 50,000 words, some five seconds. No article is longer; what is
behind it is left to the rules, so that a text of any length is read within a page's time."""

_SAMPLE_CHARS = 2_000
_KINDS: dict[str, EntityKind] = {
    "PERSON": "PERSON", "ORG": "ORG", "NORP": "NORP", "FAC": "FAC", "PRODUCT": "PRODUCT",
}  # fmt: skip


class ModelRecognizer:
    """Marks names in English by the shipped model, and in other languages by `others`."""

    name = "model"

    def __init__(self, others: Recognizer) -> None:
        self._others = others

    def recognize(self, text: str, *, language: str | None) -> tuple[Span, ...]:
        """Return non-overlapping spans in order; of a text in no known language if it is in Latin.

        Sums and dates, which the model marks as well, are no names of anything.
        """
        if language != "en" and (language is not None or not _is_latin(text)):
            return self._others.recognize(text, language=language)
        stop = _readable_end(text)
        spans = list(_read(text[:stop]))
        if stop < len(text):
            rest = self._others.recognize(text[stop:], language="en")
            spans += (_shift(span, stop) for span in rest)
        return tuple(spans)


def _is_latin(text: str) -> bool:
    """Return whether most letters of the beginning of `text` are of our alphabet."""
    letters = [char for char in text[:_SAMPLE_CHARS] if char.isalpha()]
    return 2 * sum(map(str.isascii, letters)) > len(letters)


def _readable_end(text: str) -> int:
    if len(text) <= MOST_CHARS:
        return len(text)
    blank = max(text.rfind(" ", 0, MOST_CHARS), text.rfind("\n", 0, MOST_CHARS))
    return blank + 1 or MOST_CHARS


def _shift(span: Span, by: int) -> Span:
    return Span(
        start_char=span.start_char + by, end_char=span.end_char + by, kind=span.kind,
        score=span.score,
    )  # fmt: skip


def _read(text: str) -> Iterator[Span]:
    for mark in read_marks(text):
        if kind := _kind_of(text, mark):
            yield Span(
                start_char=mark.start_char, end_char=mark.end_char, kind=kind, score=mark.score
            )


def _kind_of(text: str, mark: Marked) -> EntityKind | None:
    name = text[mark.start_char : mark.end_char]
    if mark.kind == "LOC":
        return kind_of_place(" ".join(name.split()))
    if mark.kind == "MISC":
        before = text[max(mark.start_char - 1, 0) : mark.start_char]
        return kind_of_other(name, before, text[mark.end_char : mark.end_char + 1])
    return _KINDS.get(mark.kind)
