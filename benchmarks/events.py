"""What grouping by event costs a load: CPU seconds of `group_events`, a batch at a time.

    python -m benchmarks.events [--articles 200000] [--batch 25000]

The articles are made up: words of a vocabulary as skewed as that of news; half of them are of
events that are told up to 60 times within three days; 3,000 articles a day. They come in order of
time, in large batches, then three of 500, then one of 500 that are loaded a second time. Times are
CPU seconds of this process and wall seconds, with two threads of DuckDB.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from etl.events.rules import LEAD_WORDS, OFTEN
from etl.store.events import group_events
from etl.store.migrate import migrate
from etl.store.sql import Connection

RESULTS = Path(__file__).parent / "results" / "events.json"
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
VOCABULARY, SKEW = 400_000, 0.75
TITLE_WORDS, TEXT_WORDS, EVENT_WORDS = 9, 350, 25
A_DAY, LARGEST_EVENT, EVENT_DAYS = 3_000, 60, 3
SMALL = 500

TELL = """
    CREATE OR REPLACE TEMP TABLE told AS
    SELECT 'a' || lpad(article::VARCHAR, 9, '0') AS article_id,
        list(key) AS event_keys, list(weight) AS event_weights
    FROM (
        SELECT article, (hash(word) >> 32)::UINTEGER AS key,
            round((CASE WHEN min(place) < $title_words THEN 64 ELSE 32 END)
                * (1 + 0.3 * ln(greatest(1, count(*) FILTER (place >= $title_words)))))::USMALLINT
                AS weight
        FROM written GROUP BY article, word
        HAVING min(place) < $title_words + $lead_words OR count(*) >= $often
    )
    GROUP BY article
"""
ARTICLES = """
    INSERT INTO core.articles (article_id, url, canonical_url, source, feed_url, first_seen_at,
        last_seen_at, version, story_id)
    SELECT article_id, '', '', 's', '', $now, $now, 1, article_id
    FROM told ANTI JOIN core.articles USING (article_id)
"""
VERSIONS = """
    INSERT INTO core.versions (article_id, version, seen_from, run_id, title, authors, text,
        text_sha256, content_hash, word_count, keywords, is_paywalled, is_truncated,
        repeated_paragraphs, page_id, extractor, tagger, change, published_at)
    SELECT article_id, 1, $now, '', '', [], '', '', '', 0, [], false, false, 0, '', '', '', 'first',
        published_at
    FROM told JOIN dated USING (article_id) ANTI JOIN core.versions USING (article_id)
"""


class Press:
    """Writes articles in order of time."""

    def __init__(self, seed: int) -> None:
        self._rnd = np.random.default_rng(seed)
        self._events: list[tuple[float, int, np.ndarray]] = []
        self._written = 0

    def _draw(self, shape: int | tuple[int, int]) -> np.ndarray:
        """Return words, few of them common."""
        return (VOCABULARY * self._rnd.random(shape) ** (1 / (1 - SKEW))).astype(np.int64)

    def write(self, count: int) -> tuple[pa.Table, pa.Table]:
        """Return the words of the next articles with their places, and when each was published."""
        words = self._draw((count, TITLE_WORDS + TEXT_WORDS))
        numbers = np.arange(self._written, self._written + count)
        for row, number in enumerate(numbers):
            day = number / A_DAY
            if self._rnd.random() < 0.5:
                own = self._event(day)
                spots = self._rnd.choice(words.shape[1], 60)
                words[row, spots] = self._rnd.choice(own, 60)
                words[row, :4] = self._rnd.choice(own, 4)
        self._written += count
        places = np.arange(words.shape[1])
        written = pa.table({
            "article": np.repeat(numbers, words.shape[1]), "place": np.tile(places, count),
            "word": words.ravel(),
        })  # fmt: skip
        dated = pa.table({
            "article_id": [f"a{number:09}" for number in numbers],
            "published_at": [SINCE + timedelta(days=float(number) / A_DAY) for number in numbers],
        })  # fmt: skip
        return written, dated

    def _event(self, day: float) -> np.ndarray:
        """Return the words of an event of these days, often of a new one."""
        self._events = [one for one in self._events if one[0] > day - EVENT_DAYS and one[1] > 0]
        if not self._events or self._rnd.random() < 0.2:
            size = int(min(LARGEST_EVENT, 1 + self._rnd.pareto(1.0)))
            self._events.append((day, size, self._draw(EVENT_WORDS)))
        place = int(self._rnd.integers(len(self._events)))
        since, left, own = self._events[place]
        self._events[place] = since, left - 1, own
        return own


def load(con: Connection, *, is_known: bool = False) -> dict[str, float]:
    """Load what `told` and `dated` have; return what grouping it took."""
    con.execute("BEGIN")
    if not is_known:
        con.execute(ARTICLES, {"now": SINCE})
        con.execute(VERSIONS, {"now": SINCE})
    con.execute("CREATE OR REPLACE TEMP TABLE kept AS SELECT article_id FROM told")
    cpu, wall = time.process_time(), time.perf_counter()
    group_events(con, is_loading=True)
    took = {
        "cpu_s": round(time.process_time() - cpu, 2),
        "wall_s": round(time.perf_counter() - wall, 2),
    }
    con.execute("COMMIT")
    return took


def measure(*, articles: int, batch: int) -> Iterator[dict[str, Any]]:
    """Yield what each batch took."""
    con = duckdb.connect(config={"threads": 2})
    con.execute("SET TimeZone = 'UTC'")
    migrate(con, now=SINCE)
    press = Press(1)
    for size in [*[batch] * (articles // batch), SMALL, SMALL, SMALL]:
        written, dated = press.write(size)
        con.register("written", written)
        con.register("dated", dated)
        con.execute(TELL, {"title_words": TITLE_WORDS, "lead_words": LEAD_WORDS, "often": OFTEN})
        yield {"new": size, "known": _count(con, "articles"), **load(con)}
    yield {"again": SMALL, "known": _count(con, "articles"), **load(con, is_known=True)}
    yield {
        "words": _count(con, "event_words"), "pairs": _count(con, "event_pairs"),
        "stories_of_events": _count(con, "event_stories"),
    }  # fmt: skip


def _count(con: Connection, table: str) -> int:
    row = con.execute(f"SELECT count(*) FROM core.{table}").fetchone()
    return int(row[0]) if row else 0


def main() -> None:
    """Measure, print and write it down."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=200_000)
    options.add_argument("--batch", type=int, default=25_000)
    options.add_argument("--out", type=Path, default=RESULTS)
    chosen = options.parse_args()
    rows = []
    for row in measure(articles=chosen.articles, batch=chosen.batch):
        rows.append(row)
        print(json.dumps(row), flush=True)
    result = {
        "command": f"python -m benchmarks.events --articles {chosen.articles} "
        f"--batch {chosen.batch}",
        "python": platform.python_version(), "duckdb": duckdb.__version__,
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "batches": rows,
    }  # fmt: skip
    chosen.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
