"""A web site on loopback whose every answer is scripted by the test."""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Self

Play = Callable[["Asked", asyncio.StreamWriter], Awaitable[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as the site saw it: header names in lower case, `at` monotonic seconds."""

    path: str
    headers: dict[str, str]
    at: float


def answer(status: int = 200, body: bytes = b"", *, pause_s: float = 0.0, **headers: str) -> Play:
    """Return a play that answers; `content_type=...` becomes Content-Type."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if status != 304:
        named.setdefault("content-length", str(len(body)))
    head = f"HTTP/1.1 {status} X\r\n" + "".join(f"{k}: {v}\r\n" for k, v in named.items())

    async def play(_asked: Asked, writer: asyncio.StreamWriter) -> bool:
        await asyncio.sleep(pause_s)
        writer.write(head.encode("latin-1") + b"\r\n" + body)
        await writer.drain()
        return True

    return play


def raw(text: bytes) -> Play:
    """Return a play that writes `text` and hangs up."""

    async def play(_asked: Asked, writer: asyncio.StreamWriter) -> bool:
        writer.write(text)
        await writer.drain()
        return False

    return play


def drip(*pieces: bytes, every_s: float, times: int = 1000, last: bytes = b"") -> Play:
    """Return a play that sends the first piece, then the rest over and over, then the last."""

    async def play(_asked: Asked, writer: asyncio.StreamWriter) -> bool:
        writer.write(pieces[0])
        for _ in range(times):
            await writer.drain()
            await asyncio.sleep(every_s)
            writer.write(b"".join(pieces[1:]))
        writer.write(last)
        return False

    return play


def reset() -> Play:
    """Return a play that breaks the connection without a word."""

    async def play(_asked: Asked, writer: asyncio.StreamWriter) -> bool:
        writer.transport.abort()
        return False

    return play


def first_then(*plays: Play) -> Play:
    """Return a play that acts the first, then the next, and stays with the last."""
    left = list(plays)

    async def play(asked: Asked, writer: asyncio.StreamWriter) -> bool:
        return await (left.pop(0) if len(left) > 1 else left[0])(asked, writer)

    return play


class Site:
    """Serves `plays` by path on a port of 127.0.0.1, with TLS if given; anything else is 404."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.plays: dict[str, Play] = {}
        self.asked: list[Asked] = []
        self.most_at_once: Counter[str] = Counter()
        self.most_together = 0
        self.port = 0
        self.greeting = b""
        self._at_once: Counter[str] = Counter()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        start = asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=self._tls)
        self._server = asyncio.run_coroutine_threadsafe(start, self._loop).result()
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._shut(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def paths(self) -> list[str]:
        """Return the paths asked for, in order."""
        return [asked.path for asked in self.asked]

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(self.greeting)
            while await self._reply(await reader.readuntil(b"\r\n\r\n"), writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _reply(self, head: bytes, writer: asyncio.StreamWriter) -> bool:
        first, *lines = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
        headers = {k.lower(): v.strip(" ") for k, _, v in (line.partition(":") for line in lines)}
        asked = Asked(path=first.split(" ")[1], headers=headers, at=time.monotonic())
        self.asked.append(asked)
        host = headers["host"]
        self._at_once[host] += 1
        self.most_together = max(self.most_together, self._at_once.total())
        self.most_at_once[host] = max(self.most_at_once[host], self._at_once[host])
        try:
            return await self.plays.get(asked.path, answer(404, b"no"))(asked, writer)
        finally:
            self._at_once[host] -= 1

    async def _shut(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
