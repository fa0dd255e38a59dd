"""Articles to be compared with one another, as JSON lines name them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from etl.alone.fields import read_name, read_text_of, read_time
from etl.alone.rows import read_rows
from etl.records import BadInput, LooseArticle
from etl.urls import is_http_url, source_of


def read_articles(path: Path) -> Iterator[LooseArticle | BadInput]:
    """Yield the articles of a file of JSON lines.

    A line has `text`, paragraphs parted by line ends, or `paras`, a list of them; it may have
    `id`, `title`, `url`, `site` and `published_at` (ISO 8601).

    Raises:
        ConfigError: the file cannot be read.
    """
    for number, row in read_rows(path):
        yield row if isinstance(row, BadInput) else _read_article(row, number)


def _read_article(row: dict[str, Any], number: int) -> LooseArticle | BadInput:
    name: str | int = number
    try:
        name = read_name(row, number)
        return LooseArticle(
            name=name,
            title=read_text_of(row, "title") or "",
            site=read_text_of(row, "site") or _site_of(read_text_of(row, "url")),
            published_at=read_time(row, "published_at"),
            paragraphs=_paragraphs_of(row),
        )
    except ValueError as error:
        return BadInput(name=name, detail=f"line {number}: {error}")


def _paragraphs_of(row: dict[str, Any]) -> tuple[str, ...]:
    paras, text = row.get("paras"), read_text_of(row, "text")
    if (paras is None) == (text is None):
        raise ValueError("it wants either text or paras")
    if text is not None:
        return tuple(part for part in text.split("\n") if part.strip())
    if not isinstance(paras, list) or not all(isinstance(part, str) for part in paras):
        raise ValueError("paras is no list of texts")
    return tuple(paras)


def _site_of(url: str | None) -> str:
    return source_of(url) if url and is_http_url(url) else ""
