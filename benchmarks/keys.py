"""A history of articles that have only what they are found by: keys, a source, a day.

Keys are as those of real news are. Of 4,000 articles of ../shared/evals/dedup/dev.jsonl.gz one has
28.7 on the average, of some 19 5-grams and nine or ten paragraphs; one article in fifteen has 16 or
fewer.
"""

from __future__ import annotations

from random import Random

import duckdb

from etl.dedup.shingles import LARGEST_KEY

SHORT_KEYS, LONG_KEYS = 16, 29
SHORT_OF = 15
AT_ONCE = 1_000_000

NUMBERS = f"""
    CREATE OR REPLACE TEMP TABLE made AS
    SELECT n::INTEGER AS article_no, 'h' || n AS article_id,
        CASE WHEN n % {SHORT_OF} = 0 THEN {SHORT_KEYS} ELSE {LONG_KEYS} END AS key_count
    FROM range($1, $2) AS r(n)
"""
SKETCHES = """
    INSERT INTO core.sketches
    SELECT article_no, article_id, 's' || hash(article_no) % 2000,
        DATE '2026-03-01' - (hash(-article_no) % 1100)::INTEGER, {sketch}, key_count
    FROM made {source}
"""
KEYS = f"""
    INSERT INTO core.shingles
    SELECT ((h & {LARGEST_KEY}) + CASE WHEN k % 3 = 2 THEN {LARGEST_KEY + 1} ELSE 0 END)::UINTEGER,
        article_no
    FROM (
        SELECT hash(article_no::BIGINT * 32 + k) AS h, k, article_no
        FROM (SELECT article_no, unnest(range(least(key_count, $1))) AS k FROM made))
"""


def write_history(
    con: duckdb.DuckDBPyConnection,
    first: int,
    last: int,
    *,
    pool: str = "",
    keys: int = LONG_KEYS,
) -> None:
    """Write rows of articles from `first` to `last`, into core.sketches and core.shingles.

    Args:
        con: a warehouse; `made` names the articles afterwards.
        first: number of the first.
        last: of the last.
        keys: how many of an article's keys are written, at most.
        pool: table of sketches (place, sketch), places 0 to 499; none = theirs are empty.
    """
    con.execute(NUMBERS, [first, last + 1])
    source = f"JOIN {pool} ON place = article_no % 500" if pool else ""
    con.execute(SKETCHES.format(sketch="sketch" if pool else "''::BLOB", source=source))
    con.execute(KEYS, [keys])


def draw_keys(rnd: Random) -> list[int]:
    """Return the keys of an article of no history, drawn as those of the history are."""
    count = SHORT_KEYS if rnd.randrange(SHORT_OF) == 0 else LONG_KEYS
    return sorted(
        {
            rnd.randrange(LARGEST_KEY + 1) + (LARGEST_KEY + 1 if k % 3 == 2 else 0)
            for k in range(count)
        }
    )
