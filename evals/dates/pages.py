"""Texts of captured pages, in a form that does not move when our extractor changes."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html

_AROUND = "#around"
_BLOCKS = ("h1", "h2", "h3", "h4", "p", "li", "time", "figcaption", "td", "span")


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
            With "#around" it is what the page shows around its article: stamps, teasers, captions.

    Raises:
        KeyError: there is no such page.
    """
    if name.endswith(_AROUND):
        article = read_page(shared, name.removesuffix(_AROUND))
        return article._replace(text=_around(shared, name.removesuffix(_AROUND), article.text))
    folder, _, page_id = name.rpartition("/")
    if not folder:
        page = _pages(shared / "captured_web" / "index.jsonl")[name]
        return PageText("\n\n".join(page["paragraphs"]), page["published_at"][:10])
    page = _pages(shared / "evals" / "extraction" / folder / "gold.jsonl")[page_id]
    if page["text"]:
        return PageText(page["text"], page["date"])
    told = (" ".join(element.text_content().split()) for element in _tree(shared, name).iter("p"))
    return PageText("\n\n".join(filter(None, told)), page["date"])


def _tree(shared: Path, name: str) -> html.HtmlElement:
    folder, _, page_id = name.rpartition("/")
    home = shared / "evals" / "extraction" / folder if folder else shared / "captured_web"
    raw = home / "pages" / f"{page_id}.html.gz"
    return html.fromstring(gzip.decompress(raw.read_bytes()))


def _around(shared: Path, name: str, article: str) -> str:
    """Return the texts of blocks and stamps that the article does not have, each once."""
    tree = _tree(shared, name)
    for unseen in tree.xpath("//script|//style|//noscript|//template"):
        unseen.drop_tree()
    read, around = article, []
    for element in tree.iter(*_BLOCKS):
        text = " ".join(element.text_content().split())
        if text and text not in read:
            around.append(text)
            read += f"\n{text}"
    return "\n\n".join(around)


@cache
def _pages(index: Path) -> dict[str, dict[str, Any]]:
    pages = map(json.loads, index.read_text("utf-8").splitlines())
    return {page["id"]: page for page in pages}
