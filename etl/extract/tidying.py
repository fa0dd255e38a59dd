"""Lines to paragraphs: what is never part of an article is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.extract.metadata import clean
from etl.extract.phrases import FURNITURE, RELATED, key_of

_PARAGRAPH_CHARS = 60
_TEASER_LINE_CHARS = 140
_BULLET = re.compile(r"^[-*•]\s+")
_RULE_ROW = re.compile(r"^\|?[\s|:-]*-{3}[\s|:-]*$")


def tidy_lines(lines: Iterable[str], title: str) -> tuple[str, ...]:
    """Return `lines` as paragraphs: table rows joined, bullets, title and furniture left out."""
    heading = key_of(title)
    paragraphs: list[str] = []
    was_row = False
    for line in lines:
        is_row = line.lstrip().startswith("|")
        text = _read_row(line) if is_row else clean(_BULLET.sub("", line.strip()))
        if not text:
            continue
        if is_row and was_row:
            paragraphs[-1] += f"\n{text}"
        elif not _is_furniture(text, heading):
            paragraphs.append(text)
        else:
            continue
        was_row = is_row
    return _cut_related(paragraphs)


def _read_row(line: str) -> str | None:
    """Return a table row's cells, separated by bars; None for an empty or a ruling row."""
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    return None if _RULE_ROW.match(line.strip()) else " | ".join(filter(None, cells)) or None


def _is_furniture(text: str, heading: str) -> bool:
    if len(text) > 2 * len(heading) + _PARAGRAPH_CHARS:
        return False
    key = key_of(text)
    return not key or key == heading or key in FURNITURE


def _cut_related(paragraphs: list[str]) -> tuple[str, ...]:
    """Return `paragraphs` up to a heading over links to other articles that closes the text.

    Only if no prose follows: the same heading stands over boxes in the middle of articles.
    """
    end = len(paragraphs)
    for place in range(len(paragraphs) - 1, 0, -1):
        text = paragraphs[place]
        if len(text) > _TEASER_LINE_CHARS:
            break
        if len(text) < _PARAGRAPH_CHARS and key_of(text) in RELATED:
            end = place
    return tuple(paragraphs[:end])
