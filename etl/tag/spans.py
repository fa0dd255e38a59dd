"""Spans of names, cut to the name itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from etl.records import Span
from etl.tag.gazetteer import find_known
from etl.tag.lexicon import cue_words, lookup_key

_MAX_TITLES = 6


def settle_spans(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return `spans` in order, without those that overlap an earlier one or leave the text.

    Recognisers promise this; a model's decoder is one bug away from breaking it, and one bad
    offset would break the law that a mention's offsets slice back to its surface.
    """
    settled: list[Span] = []
    end = 0
    for span in sorted(spans, key=lambda span: (span.start_char, -span.end_char)):
        if end <= span.start_char < span.end_char <= len(text):
            settled.append(span)
            end = span.end_char
    return tuple(settled)


def trim_span(text: str, span: Span) -> Span | None:
    """Return `span` without blanks, a possessive ending and a person's titles; None if empty."""
    start, end = span.start_char, span.end_char
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    surface = lookup_key(text[start:end])
    if surface[-2:].lower() == "'s" and not find_known(surface, language=None):
        end -= 2
    if span.kind == "PERSON":
        start = _after_titles(text, start, end)
    if (start, end) == (span.start_char, span.end_char):
        return span if start < end else None
    return replace(span, start_char=start, end_char=end) if start < end else None


def _after_titles(text: str, start: int, end: int) -> int:
    """Return where the name after the titles starts; a title that is all there is stays."""
    for _ in range(_MAX_TITLES):
        blank = text.find(" ", start, end)
        if blank < 0 or text[start:blank].rstrip(".") not in cue_words("titles"):
            break
        start = blank + 1
        while start < end - 1 and text[start] == " ":
            start += 1
    return start
