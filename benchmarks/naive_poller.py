"""The polling loop people write themselves: feedparser, httpx, 20 threads, conditional GET.

    python -m benchmarks.naive_poller STATE.json

Its memory is one JSON file of validators. No guard, no manners, no schedule, no history, no
warehouse.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import feedparser
import httpx

THREADS = 20

Validators = dict[str, str]


def main(path: Path) -> None:
    """Poll every feed of the state file, write it back, and print what happened."""
    state: dict[str, Validators] = json.loads(path.read_text())
    client = httpx.Client(timeout=30, follow_redirects=True)

    def poll(url: str) -> tuple[Validators, int | None]:
        """Return a feed's validators and its count of entries, None when it has not changed."""
        response = client.get(url, headers=state[url])
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return state[url], None
        feed = cast("Any", feedparser).parse(response.raise_for_status().content)
        known = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}
        sent = {ask: response.headers[say] for ask, say in known.items() if say in response.headers}
        return sent, len(feed.entries)

    with ThreadPoolExecutor(THREADS) as pool:
        polled = list(pool.map(poll, state))
    fresh = {url: validators for url, (validators, _) in zip(state, polled, strict=True)}
    path.write_text(json.dumps(fresh))
    unchanged = sum(entries is None for _, entries in polled)
    print(json.dumps({"feeds_polled": len(polled), "feeds_unchanged": unchanged}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
