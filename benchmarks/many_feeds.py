"""Many hosts with feeds that never change, on loopback: what polling is measured against.

    python -m benchmarks.many_feeds --port 8878 [--entries 20]

One socket on all addresses makes every 127.a.b.c a host of its own; others are hung up on. Any
`/….xml` is an RSS feed with an ETag and a Last-Modified, answered by 304 when either comes back.
Its entries are dated and have a guid, but no link: they are read, stored and counted, and no page
falls due. `/counts` says what was answered so far. HTTP/1.1 by hand, kept alive: the server is to
cost little beside what it measures.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256

LAST_MODIFIED = "Mon, 02 Nov 2026 06:00:00 GMT"
_NEWEST = datetime(2026, 11, 2, 6, tzinfo=UTC)
_HOST = re.compile(rb"\r\nhost:[ \t]*([^\r]+)", re.IGNORECASE)
_ETAG = re.compile(rb"\r\nif-none-match:[ \t]*([^\r]+)", re.IGNORECASE)
_SINCE = re.compile(rb"\r\nif-modified-since:[ \t]*([^\r]+)", re.IGNORECASE)
_WORDS = (
    "council", "harbour", "vote", "budget", "railway", "storm", "harvest", "museum", "strike",
    "verdict", "bridge", "vaccine", "election", "drought", "tariff", "ferry", "school", "reactor",
    "island", "summit",
)  # fmt: skip


def etag_of(host: str, path: str) -> str:
    """Return the ETag of the feed at `path` of `host` ("127.77.0.1:8878"), quotes included."""
    return f'"{sha256(f"{host}{path}".encode()).hexdigest()[:16]}"'


def feed_of(host: str, path: str, *, entries: int) -> bytes:
    """Return the RSS document at `path` of `host`; the same bytes every time."""
    items = "".join(_item(f"{host}{path}", number) for number in range(entries))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>The {host} Gazette</title><link>http://{host}/</link>"
        f"<description>News of {host}</description>{items}</channel></rss>\n"
    ).encode()


def _item(feed: str, number: int) -> str:
    word, other = _WORDS[number % 20], _WORDS[(number * 7 + 3) % 20]
    at = format_datetime(_NEWEST - timedelta(hours=number), usegmt=True)
    return (
        f"<item><title>{word.title()} and {other}: report {number}</title>"
        f'<guid isPermaLink="false">{feed}#{number}</guid><pubDate>{at}</pubDate>'
        f"<description>{f'The {word} was discussed beside the {other} again. ' * 4}</description>"
        "</item>"
    )


@dataclass(slots=True)
class Site:
    """What every connection shares: answers by status, connections, and how many stand."""

    entries: int
    answers: Counter[int]
    connections: int = 0
    standing: int = 0
    most_standing: int = 0

    def counts(self) -> bytes:
        """Return the counts, and the CPU seconds this process has used, as JSON."""
        counts = {
            "answers": self.answers,
            "connections": self.connections,
            "most_standing": self.most_standing,
            "cpu_s": time.process_time(),
        }
        return json.dumps(counts).encode()


class Connection(asyncio.Protocol):
    """One connection: GET after GET, each answered as soon as its head is whole."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._head = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection, or hang up on a caller from elsewhere."""
        assert isinstance(transport, asyncio.Transport)
        if not transport.get_extra_info("sockname")[0].startswith("127."):
            transport.abort()
            return
        site, self._transport = self._site, transport
        site.connections += 1
        site.standing += 1
        site.most_standing = max(site.most_standing, site.standing)

    def connection_lost(self, exc: Exception | None) -> None:
        """Count it out."""
        del exc
        self._site.standing -= self._transport is not None

    def data_received(self, data: bytes) -> None:
        """Answer every whole head."""
        if self._transport is None:
            return
        self._head += data
        while (end := self._head.find(b"\r\n\r\n")) >= 0:
            head, self._head = self._head[: end + 2], self._head[end + 4 :]
            self._transport.write(answer(self._site, head))


def answer(site: Site, head: bytes) -> bytes:
    """Return the whole answer to a request's head."""
    path = head.split(b" ", 2)[1].decode("latin-1")
    if path == "/counts":
        return _reply("200 OK", site.counts(), "application/json")
    if not path.endswith(".xml"):
        site.answers[404] += 1
        return _reply("404 Not Found", b"nothing here\n", "text/plain")
    found = _HOST.search(head)
    host = found[1].decode("latin-1") if found else ""
    etag = etag_of(host, path)
    validators = f"ETag: {etag}\r\nLast-Modified: {LAST_MODIFIED}\r\n"
    if _is_known(head, etag):
        site.answers[304] += 1
        return f"HTTP/1.1 304 Not Modified\r\n{validators}\r\n".encode()
    site.answers[200] += 1
    content = feed_of(host, path, entries=site.entries)
    return _reply("200 OK", content, "application/rss+xml", validators)


def _is_known(head: bytes, etag: str) -> bool:
    # RFC 9110, 13.1.3: with an If-None-Match, an If-Modified-Since is not looked at.
    sent = _ETAG.search(head)
    if sent is not None:
        return sent[1].decode("latin-1") == etag
    since = _SINCE.search(head)
    return since is not None and since[1].decode("latin-1") == LAST_MODIFIED


def _reply(status: str, content: bytes, content_type: str, more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{more}"
    return f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content


async def serve(port: int, *, entries: int) -> None:
    """Serve until cancelled; say so on stdout when ready."""
    site = Site(entries=entries, answers=Counter())
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(site), "0.0.0.0", port, backlog=4096)
    print(f"serving on port {port}", flush=True)
    await server.serve_forever()


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8878)
    parser.add_argument("--entries", type=int, default=20)
    options = parser.parse_args()
    asyncio.run(serve(options.port, entries=options.entries))


if __name__ == "__main__":
    main()
