"""What an engine is given when it works alone, without a home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class LoosePage:
    """A page that no archive holds: its bytes lie in the file `path`, or are `html`.

    `name` is what its result is told apart by: a JSON value, as it was given. `fetched_at` is when
    it was fetched, or now: dates after it are refused. `content_type` is the header's, where known.
    """

    name: str | int
    url: str
    html: str | None
    path: Path | None
    fetched_at: datetime
    content_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LooseArticle:
    """An article to be compared with others, as it was given; `site` empty = it is not known."""

    name: str | int
    title: str
    site: str
    published_at: datetime | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LooseText:
    """A text that no warehouse holds; `name` is what its result is told apart by.

    `language` is as it was given ("en-GB"), None where it is to be told from the text.
    `published_at` is what "yesterday" in it is counted from.
    """

    name: str | int
    text: str
    title: str | None
    language: str | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BadInput:
    """An input nothing can be made of, and why; `name` as far as it can be told."""

    name: str | int
    detail: str
