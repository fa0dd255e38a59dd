"""Other extractors, each as a function of a page's file and address that returns its text."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import newspaper
import readability
import trafilatura
from lxml import html

_NEWSPAPER_URL = "http://page.invalid/"
_LINES = ("p", "h2", "h3", "h4", "li", "blockquote", "pre", "td")


def run_trafilatura(path: Path, url: str, **options: Any) -> str:
    """Return trafilatura's text, comments of readers left out: they are no article's."""
    found = trafilatura.extract(_read(path), url=url, include_comments=False, **options)
    return found or ""


def run_newspaper(path: Path, url: str) -> str:
    """Return newspaper4k's text."""
    article = newspaper.Article(url or _NEWSPAPER_URL, fetch_images=False)  # no network
    article.download(input_html=_decode(path))
    article.parse()
    return str(article.text)


def run_readability(path: Path, url: str) -> str:
    """Return the text of what readability-lxml keeps, a line a block."""
    kept: html.HtmlElement = html.fromstring(readability.Document(_decode(path), url=url).summary())
    lines = []
    for element in kept.iter(*_LINES, "div"):
        own = element.text if element.tag == "div" else element.text_content()
        lines.append(" ".join((own or "").split()))
    return "\n".join(filter(None, lines))


def _read(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


def _decode(path: Path) -> str:
    return str(trafilatura.utils.decode_file(_read(path)))


PEERS: dict[str, Callable[[Path, str], str]] = {
    "trafilatura": run_trafilatura,
    "trafilatura precision": partial(run_trafilatura, favor_precision=True),
    "newspaper4k": run_newspaper,
    "readability-lxml": run_readability,
}
