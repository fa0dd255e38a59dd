"""What is asked of the web, what it answers, and where the answer is archived."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from etl.outcomes import Reason

FetchKind = Literal["feed", "page", "robots"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave us to ask "has it changed?" with; sent back verbatim."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One HTTP question and its answer, as the `fetches` view shows it.

    `status` is None when no answer came; `received_bytes` counts the body as it came over the
    wire, before decompression; `outcome` is "ok", "not_modified" or a `Reason`.
    """

    fetch_id: str
    kind: FetchKind
    url: str
    final_url: str
    status: int | None
    outcome: str
    error: str | None
    started_at: datetime
    elapsed_ms: int
    received_bytes: int
    from_cache: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A 200 answer: bytes after decompression, headers with lower-case names."""

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes
    fetched_at: datetime

    def header(self, name: str) -> str | None:
        """Return the first value of the header `name` (lower case), or None."""
        return next((value for key, value in self.headers if key == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """A 304 answer."""

    url: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """No usable answer. `retry_after_s` is what the server asked for, None if it did not."""

    url: str
    reason: Reason
    detail: str
    status: int | None = None
    is_permanent: bool = False
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A URL to ask for; `key` is the caller's own name for it (feed URL or entry id)."""

    key: str
    url: str
    kind: FetchKind
    validators: Validators = field(default_factory=Validators)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a request: the result, and every exchange it took (robots.txt too)."""

    request: Request
    result: Body | NotModified | Failed
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRef:
    """Where an archived answer lies: `warc_offset`/`warc_length` bytes of `warc_file`.

    `url` is what the entry said, `final_url` where redirects led; `sha256` and `body_bytes` are
    of the decompressed body, which is what the WARC record holds.
    """

    page_id: str
    kind: Literal["feed", "page"]
    url: str
    final_url: str
    fetched_at: datetime
    status: int
    sha256: str
    body_bytes: int
    content_type: str | None
    charset: str | None
    validators: Validators
    warc_file: str
    warc_offset: int
    warc_length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What the entry said of its page; evidence for extraction, never truth."""

    entry_id: str
    feed_url: str
    title: str | None = None
    published_raw: str | None = None
    published_at: datetime | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The undecoded bytes and headers of one fetch, read back from the archive."""

    ref: PageRef
    headers: tuple[tuple[str, str], ...]
    body: bytes
    hints: Hints | None = None

    def header(self, name: str) -> str | None:
        """Return the first value of the header `name` (lower case), or None."""
        return next((value for key, value in self.headers if key == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class KilledRun:
    """A run that never finished: of each of its WARC files, how many bytes are accounted for."""

    run_id: str
    kept_bytes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """A WARC file that will not change again."""

    warc_file: str
    run_id: str
    file_bytes: int
    sha256: str
