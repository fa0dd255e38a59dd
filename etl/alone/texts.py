"""Texts to be tagged, named by JSON lines, and what is found in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from etl.alone.fields import read_name, read_text_of, read_time
from etl.alone.results import describe_failure
from etl.alone.rows import read_rows
from etl.records import BadInput, Bug, LooseText, Mention, Read, Rejected, Timex


def read_texts(path: Path) -> Iterator[LooseText | BadInput]:
    """Yield the texts of a file of JSON lines, gzipped or not.

    A line has `text`, and may have `id`, `title`, `language` ("en", "en-GB") and `published_at`
    (ISO 8601).

    Raises:
        ConfigError: the file cannot be read.
    """
    for number, row in read_rows(path):
        yield row if isinstance(row, BadInput) else _read_text(row, number)


def _read_text(row: dict[str, Any], number: int) -> LooseText | BadInput:
    name: str | int = number
    try:
        name = read_name(row, number)
        return LooseText(
            name=name,
            text=_need_text(row),
            title=read_text_of(row, "title"),
            language=read_text_of(row, "language"),
            published_at=read_time(row, "published_at"),
        )
    except ValueError as error:
        return BadInput(name=name, detail=f"line {number}: {error}")


def _need_text(row: dict[str, Any]) -> str:
    text = read_text_of(row, "text")
    if text is None:
        raise ValueError("it wants text")
    return text


def describe_tags(
    text: LooseText | BadInput, found: Read | Rejected | Bug | BadInput
) -> dict[str, Any]:
    """Return the mentions and dates of a text, or {id, rejected, detail}."""
    if not isinstance(found, Read):
        return {"id": text.name, **describe_failure(found)}
    return {
        "id": text.name,
        "language": found.language,
        "mentions": [_describe_mention(mention) for mention in found.mentions],
        "dates": [_describe_date(timex) for timex in found.timexes],
    }


def _describe_mention(mention: Mention) -> dict[str, Any]:
    return {
        "start_char": mention.start_char,
        "end_char": mention.end_char,
        "surface": mention.surface,
        "kind": mention.kind,
        "score": mention.score,
        "entity": mention.entity_id,
        "entity_name": mention.entity_name,
        "country_code": mention.country_code,
    }


def _describe_date(timex: Timex) -> dict[str, Any]:
    return {
        "start_char": timex.start_char,
        "end_char": timex.end_char,
        "surface": timex.surface,
        "timex_type": timex.timex_type,
        "timex_value": timex.timex_value,
        "date_from": timex.date_from,
        "date_to": timex.date_to,
        "timex_mod": timex.timex_mod,
    }
