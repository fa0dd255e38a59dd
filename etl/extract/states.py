"""Text that stands only in the state a page's scripts are handed (`__NEXT_DATA__` and kin)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from etl.extract.jsonld import as_list
from etl.extract.markup import split_markup

_SCRIPT_CHARS = 3_000_000
_SCRIPT_CHARS_LEAST = 500
_STATED = re.compile(
    r"__\w{2,40}__|window\.\w|self\.__next_f|Fusion\.|root\.App|(?:initial|preloaded)_?state",
    re.IGNORECASE,
)
_OPENS = re.compile(r"[{\[]")
_PUSHED = re.compile(r"^\s*(?:\(\s*)?self\.__next_f")
_PROSE_CHARS = 60
_BODY_CHARS = 400
_FIELDS = ("text", "content", "html", "value", "data", "body", "paragraph", "children")
# What has a headline or a link of its own is a teaser of another article.
_TEASERS = frozenset({"headline", "title", "url", "href", "slug", "permalink", "canonical_url"})
_NESTS_MAX = 40
_DECODER = json.JSONDecoder(strict=False)


def find_states(tree: HtmlElement) -> tuple[str, ...]:
    """Return the texts of the scripts that may hold a page's state, not decoded."""
    found = []
    for script in tree.iter("script"):
        kind = (script.get("type") or "").lower()
        text = script.text or ""
        if not _SCRIPT_CHARS_LEAST <= len(text) <= _SCRIPT_CHARS or "ld+json" in kind:
            continue
        if kind == "application/json" or _STATED.search(text[:_SCRIPT_CHARS_LEAST]):
            found.append(text)
    return tuple(found)


def read_states(states: tuple[str, ...]) -> list[str]:
    """Return the lines of the longest run of prose in `states`; none where there is none.

    That is one text with paragraphs in it, or a list whose items are prose and not teasers.
    """
    runs = [run for state in _decode(states) for run in _find_runs(state)]
    return max(runs, key=lambda lines: sum(map(len, lines)), default=[])


def _decode(states: tuple[str, ...]) -> Iterator[Any]:
    pushed = ""
    for text in states:
        opening = _OPENS.search(text)
        if opening is None:
            continue
        try:
            state, _ = _DECODER.raw_decode(text, opening.start())
        except (ValueError, RecursionError):
            continue
        if _PUSHED.match(text) and isinstance(state, list):
            pushed += "".join(item for item in state if isinstance(item, str))
        else:
            yield state
    for line in pushed.split("\n"):  # Next.js sends its state in pieces, a JSON value a line
        if opening := _OPENS.search(line):
            try:
                yield _DECODER.raw_decode(line, opening.start())[0]
            except (ValueError, RecursionError):
                continue


def _find_runs(state: Any, depth: int = 0) -> Iterator[list[str]]:
    if depth > _NESTS_MAX:
        return
    if isinstance(state, str):
        yield from _read_string(state, depth)
        return
    if isinstance(state, list):
        texts = [text for item in state if (text := _text_of(item))]
        if any(map(_is_prose, texts)):
            yield [line for text in texts for line in split_markup(text)]
    for value in state.values() if isinstance(state, dict) else as_list(state):
        if isinstance(value, str | dict | list):
            yield from _find_runs(value, depth + 1)


def _read_string(text: str, depth: int) -> Iterator[list[str]]:
    """Yield the paragraphs of a string, or of the JSON in it; a teaser is one paragraph."""
    if len(text) < _BODY_CHARS:
        return
    lines = split_markup(text)
    if sum(map(_is_prose, lines)) > 1:
        yield lines
    elif text.startswith(("{", "[")):
        try:
            yield from _find_runs(_DECODER.decode(text), depth + 1)
        except (ValueError, RecursionError):
            return


def _text_of(item: Any, depth: int = 0) -> str:
    """Return the text of one item of a list of paragraphs; "" where it is something else."""
    if isinstance(item, str):
        return item
    if isinstance(item, list) and depth < len(_FIELDS):
        return "".join(_text_of(part, depth + 1) for part in item)
    if not isinstance(item, dict) or not _TEASERS.isdisjoint(item) or depth >= len(_FIELDS):
        return ""
    texts = (_text_of(item[field], depth + 1) for field in _FIELDS if field in item)
    return next(filter(None, texts), "")


def _is_prose(text: str) -> bool:
    return len(text) >= _PROSE_CHARS and (" " in text or not text.isascii())
