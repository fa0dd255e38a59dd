"""Texts of captured pages, in a form that does not move when our extractor changes."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html


class PageText(NamedTuple):
    """The text a page's labels count their offsets in, and the day it was published."""

    text: str
    published_on: str


def read_page(shared: Path, name: str) -> PageText:
    """Return the text of a page: paragraphs, joined by blank lines.

    Args:
        shared: the folder of captured data.
        name: an id of captured_web, or a set of evals/extraction and an id in it
            ("dates_dev/0061"); pages of dates_dev have no gold text: it is that of their `p`.

    Raises:
        KeyError: there is no such page.
    """
    folder, _, page_id = name.rpartition("/")
    if not folder:
        page = _pages(shared / "captured_web" / "index.jsonl")[name]
        return PageText("\n\n".join(page["paragraphs"]), page["published_at"][:10])
    page = _pages(shared / "evals" / "extraction" / folder / "gold.jsonl")[page_id]
    if page["text"]:
        return PageText(page["text"], page["date"])
    raw = shared / "evals" / "extraction" / folder / "pages" / f"{page_id}.html.gz"
    tree = html.fromstring(gzip.decompress(raw.read_bytes()))
    told = (" ".join(element.text_content().split()) for element in tree.iter("p"))
    return PageText("\n\n".join(filter(None, told)), page["date"])


@cache
def _pages(index: Path) -> dict[str, dict[str, Any]]:
    pages = map(json.loads, index.read_text("utf-8").splitlines())
    return {page["id"]: page for page in pages}
