"""Pages to be extracted, named by JSON lines or given as files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from etl.alone.fields import read_name, read_text_of, read_time
from etl.alone.rows import STDIN, count_rows, read_rows
from etl.errors import ConfigError
from etl.records import BadInput, LoosePage
from etl.urls import is_http_url

_PAGE_ENDS = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz", ".xhtml.gz")
NO_URL = "http://page.invalid/article"
"""Stands for the address of a page that was given without one; no site has it (RFC 2606)."""


def read_pages(inputs: list[Path], *, now: datetime) -> Iterator[LoosePage | BadInput]:
    """Yield the pages of files: HTML files stand for themselves, others are JSON lines.

    A JSON line has `id`, `html` or `html_path` (relative to the file's folder, else to the working
    one; .gz or not), and may have `url`, `fetched_at` (ISO 8601) and `content_type`.

    Raises:
        ConfigError: a file cannot be read.
    """
    for path in inputs:
        if _is_page(path):
            yield _page_of(path, now=now)
            continue
        folder = Path() if path == STDIN else path.parent
        for number, row in read_rows(path):
            yield row if isinstance(row, BadInput) else _read_page(row, number, folder, now)


def count_pages(inputs: list[Path]) -> int | None:
    """Return how many pages `read_pages` will yield, None where that cannot be told before."""
    counts = [1 if _is_page(path) else count_rows(path) for path in inputs]
    return None if None in counts else sum(filter(None, counts))


def _is_page(path: Path) -> bool:
    return path.name.lower().endswith(_PAGE_ENDS)


def _page_of(path: Path, *, now: datetime) -> LoosePage:
    if not path.is_file():
        raise ConfigError(f"{path}: there is no such file")
    return LoosePage(name=str(path), url=NO_URL, html=None, path=path, fetched_at=now)


def _read_page(
    row: dict[str, Any], number: int, folder: Path, now: datetime
) -> LoosePage | BadInput:
    name: str | int = number
    try:
        name = read_name(row, number)
        html, path = _find_html(row, folder)
        return LoosePage(
            name=name, url=_read_url(row), html=html, path=path,
            fetched_at=read_time(row, "fetched_at") or now,
            content_type=read_text_of(row, "content_type"),
        )  # fmt: skip
    except ValueError as error:
        return BadInput(name=name, detail=f"line {number}: {error}")


def _find_html(row: dict[str, Any], folder: Path) -> tuple[str | None, Path | None]:
    html, said = read_text_of(row, "html"), read_text_of(row, "html_path")
    if (html is None) == (said is None):
        raise ValueError("it wants either html or html_path")
    if said is None:
        return html, None
    for path in (folder / said, Path(said)):
        if path.is_file():
            return None, path
    raise ValueError(f"html_path: there is no file {said}, seen from {folder.absolute()}")


def _read_url(row: dict[str, Any]) -> str:
    url = read_text_of(row, "url") or NO_URL
    if not is_http_url(url):
        raise ValueError(f"url is no http address: {url[:200]}")
    return url
