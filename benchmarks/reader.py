"""One reader of `benchmarks.readers`: a process that knows DuckDB and the file, and no newshouse.

    python -m benchmarks.reader FILE SEED THINK_S

Prints a line when it is ready. Opens, asks, closes and thinks, until its standard input is closed;
then prints what it met.
"""

from __future__ import annotations

import json
import random
import select
import sys
import time

import duckdb

QUESTIONS = (
    "SELECT source, count(*) FROM articles GROUP BY ALL ORDER BY 2 DESC LIMIT 10",
    "SELECT title, published_at FROM articles ORDER BY published_at DESC LIMIT 20",
    "SELECT surface, count(*) FROM mentions GROUP BY ALL ORDER BY 2 DESC LIMIT 10",
    "SELECT count(*) FROM articles WHERE text ILIKE '%government%'",
    "SELECT state, count(*) FROM runs GROUP BY ALL",
    "SELECT date_trunc('day', published_at), count(*), avg(word_count) FROM articles GROUP BY ALL",
)


def main(path: str, seed: int, think_s: float) -> None:
    """Print, for each question, when it was asked, how many seconds it took, and its error."""
    print("ready", flush=True)
    chance, asked = random.Random(seed), []
    is_over = wait(chance.uniform(0, think_s))
    while not is_over:
        began, error = time.monotonic(), None
        try:
            con = duckdb.connect(path, read_only=True)
            con.execute(chance.choice(QUESTIONS)).fetchall()
            con.close()
        except duckdb.Error as problem:
            error = str(problem)
        asked.append((began, time.monotonic() - began, error))
        is_over = wait(chance.uniform(0.5, 1.5) * think_s)
    print(json.dumps(asked))


def wait(seconds: float) -> bool:
    """Return whether standard input was closed within some seconds."""
    ready, _, _ = select.select([sys.stdin], [], [], seconds)
    return bool(ready)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
