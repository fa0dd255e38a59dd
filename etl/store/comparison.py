"""What a replay would change, as figures and samples."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from etl.store.content import ContentHash, hash_content
from etl.store.sql import Connection, fetch_rows

SAMPLES = 5
SAMPLE_LINES = 12
LINE_CHARS = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """An article that differs: its headline then and now, and lines marked "- " and "+ "."""

    article_id: str
    was_title: str
    now_title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A candidate beside the warehouse it was made from.

    `articles` counts them by what differs; `was` and `now` are the same figures of quality before
    and after; `content` is the candidate's hash.
    """

    articles: dict[str, int]
    was: dict[str, float | None]
    now: dict[str, float | None]
    samples: tuple[Sample, ...]
    content: ContentHash


def compare(con: Connection) -> Comparison:
    """Return how the open candidate differs from `was`."""
    (articles,) = fetch_rows(con, "compare_articles")
    quality = {row.pop("is_now"): row for row in fetch_rows(con, "measure_quality")}
    samples = fetch_rows(con, "sample_differences", count=SAMPLES)
    return Comparison(
        articles=articles,
        was=quality.get(False, {}),
        now=quality.get(True, {}),
        samples=tuple(
            Sample(
                article_id=row["article_id"],
                was_title=row["was_title"],
                now_title=row["now_title"],
                lines=_differing_lines(row["was_text"], row["now_text"]),
            )
            for row in samples
        ),
        content=hash_content(con),
    )


def _differing_lines(was: str, now: str) -> tuple[str, ...]:
    """Return the first lines that went or came, each cut to what fits a screen."""
    compared = difflib.unified_diff(was.split("\n\n"), now.split("\n\n"), n=0, lineterm="")
    marked = [line for line in compared if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    lines = [f"{line[0]} {line[1:LINE_CHARS]}" for line in marked[:SAMPLE_LINES]]
    more = len(marked) - len(lines)
    return (*lines, f"… {more} more") if more else tuple(lines)
