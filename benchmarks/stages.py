"""CPU milliseconds a page by stage, measured in this process on archived pages.

python -m benchmarks.stages HOME [--every 1]
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from etl.archive import ArchiveReader, WarcArchive
from etl.dedup import fingerprint
from etl.extract import ExtractOptions, extract_article
from etl.records import Body, Hints, PageRef, Rejected, Validators
from etl.tag import RulesRecognizer, tag
from etl.tag.dates import find_timexes

T = TypeVar("T")


def time_stages(home: Path, *, every: int = 4) -> dict[str, float]:
    """Return mean CPU milliseconds a page spends in each stage, over one page in `every`."""
    spent: dict[str, float] = defaultdict(float)

    def timed(stage: str, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        started = time.process_time()
        result = function(*args, **kwargs)
        spent[stage] += time.process_time() - started
        return result

    reader, recognizer, options = ArchiveReader(home / "data/archive"), RulesRecognizer(), None
    options = ExtractOptions()
    pages = _refs(home)[::every]
    recognizer.recognize("Warm up in Paris.", language="en")
    archive = WarcArchive(
        home / "data" / "benchmark", run_id="benchmark", now=pages[0][0].fetched_at
    )
    for ref, hints in pages:
        page = replace(timed("read archive", reader.read, ref), hints=hints)
        body = Body(
            url=ref.url, final_url=ref.final_url, status=200, headers=page.headers,
            content=page.body, fetched_at=ref.fetched_at,
        )  # fmt: skip
        timed("write archive", archive.append, body, kind="page")
        article = timed("extract", extract_article, page, options=options)
        if isinstance(article, Rejected):
            continue
        found = timed("fingerprint", fingerprint, article)
        timed("tag", tag, found, recognizer=recognizer, anchor=article.published_at)
        timed(
            "of which dates", find_timexes, found.text,
            anchor=article.published_at, language=article.language,
        )  # fmt: skip
    archive.seal()
    return {stage: round(1000 * seconds / len(pages), 2) for stage, seconds in spent.items()}


def _refs(home: Path) -> list[tuple[PageRef, Hints]]:
    con = duckdb.connect(str(home / "data/news.duckdb"), read_only=True)
    rows = con.execute(
        "SELECT p.*, e.entry_id, e.feed_url, e.title FROM raw.pages AS p "
        "JOIN core.entries AS e USING (page_id) WHERE p.kind = 'page' ORDER BY p.page_id"
    )
    names = [column[0] for column in rows.description or ()]
    found = []
    for values in rows.fetchall():
        row = dict(zip(names, values, strict=True))
        hints = Hints(
            entry_id=row.pop("entry_id"), feed_url=row.pop("feed_url"), title=row.pop("title")
        )
        row.pop("run_id")
        validators = Validators(etag=row.pop("etag"), last_modified=row.pop("last_modified"))
        found.append((PageRef(validators=validators, **row), hints))
    con.close()
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--every", type=int, default=1)
    options_ = parser.parse_args()
    print(json.dumps(time_stages(options_.home, every=options_.every), indent=2))
