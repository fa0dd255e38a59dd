"""Tags an article: names with the entities they denote, dates with the days they cover."""

from __future__ import annotations

from datetime import datetime

from etl.ports import Recognizer
from etl.records import Fingerprinted, Mention, Tagged, Timex
from etl.tag.dates import find_timexes
from etl.tag.entities import resolve
from etl.tag.spans import settle_spans, trim_span


def tag(fingerprinted: Fingerprinted, *, recognizer: Recognizer, anchor: datetime | None) -> Tagged:
    """Return the article with its mentions and dates; offsets are into `fingerprinted.text`.

    Args:
        fingerprinted: the article.
        recognizer: marks the names.
        anchor: when the article was published, which "yesterday" is counted from; None: unknown.
    """
    mentions, timexes = tag_text(
        fingerprinted.text,
        title=fingerprinted.article.title,
        language=fingerprinted.article.language,
        anchor=anchor,
        recognizer=recognizer,
    )
    return Tagged(
        fingerprinted=fingerprinted, mentions=mentions, timexes=timexes, tagger=recognizer.name
    )


def tag_text(
    text: str,
    *,
    title: str | None,
    language: str | None,
    anchor: datetime | None,
    recognizer: Recognizer,
) -> tuple[tuple[Mention, ...], tuple[Timex, ...]]:
    """Return the mentions and the dates of `text`, each in order and without overlaps.

    The title tells who a surname in the text is; names in it are no mentions themselves.
    """
    named: list[str] = []
    if title:
        marked = settle_spans(title, recognizer.recognize(title, language=language))
        people = (trim_span(title, span) for span in marked if span.kind == "PERSON")
        named = [title[span.start_char : span.end_char] for span in people if span]
    spans = settle_spans(text, recognizer.recognize(text, language=language))
    mentions = resolve(text, spans, language=language, named=named)
    return mentions, find_timexes(text, anchor=anchor, language=language)
