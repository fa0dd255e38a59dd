"""The script people write themselves: feedparser, 20 threads, trafilatura, DuckDB.

    python -m benchmarks.naive_script URLS.txt OUT.duckdb

No archive, no tags, no politeness, no de-duplication but by URL; and feedparser reads no JSON Feed,
so a third of the captured sites bring it nothing.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import duckdb
import feedparser
import httpx
import trafilatura

THREADS = 20


def main(urls: Path, out: Path) -> None:
    """Ingest every feed of `urls` into a table of `out`."""
    client = httpx.Client(
        timeout=30, follow_redirects=True, limits=httpx.Limits(max_connections=40)
    )

    def links(url: str) -> list[str]:
        feed = cast("Any", feedparser).parse(client.get(url).content)
        return [entry.link for entry in feed.entries if "link" in entry]

    def article(url: str) -> tuple[str, str | None, str | None, str | None, str | None] | None:
        page = client.get(url)
        found: Any = trafilatura.bare_extraction(page.content, url=url, with_metadata=True)
        if found is None:
            return None
        return url, found.title, found.author, found.date, found.text

    with ThreadPoolExecutor(THREADS) as pool:
        feeds = [line for line in urls.read_text().splitlines() if line]
        pages = list(dict.fromkeys(link for found in pool.map(links, feeds) for link in found))
        rows = [row for row in pool.map(article, pages) if row is not None]
    con = duckdb.connect(str(out))
    con.execute(
        "CREATE TABLE articles (url VARCHAR PRIMARY KEY, title VARCHAR, author VARCHAR, "
        "date VARCHAR, text VARCHAR)"
    )
    con.executemany("INSERT INTO articles VALUES (?, ?, ?, ?, ?)", rows)
    con.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
