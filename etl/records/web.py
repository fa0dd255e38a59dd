"""What is asked of the web, what it answers, and where the answer is archived."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from etl.outcomes import Reason

FetchKind = Literal["feed", "page", "robots"]
PageKind = Literal["feed", "page", "entry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave us to ask "has it changed?" with; sent back verbatim.

    `url` is the address that gave them: they are sent to no other, because an ETag tells apart
    states of one resource only (RFC 9110, 8.8.3). None: not known, sent to whatever is asked.
    """

    etag: str | None = None
    last_modified: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One redirect: `url` answered `status` and sent us to `location`, made absolute."""

    url: str
    status: int
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageSignal:
    """What a publisher says of machine use of a page; recorded, not judged.

    `name` and `value` as they stand: ("robots", "GPTBot", "disallow"), ("header",
    "tdm-reservation", "1"), ("meta", "robots", "noai").
    """

    source: Literal["robots", "header", "meta"]
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One HTTP question and its answer, as the `fetches` view shows it.

    `status` is None when no answer came; `received_bytes` counts the body as it came over the
    wire, before decompression; `outcome` is "ok", "not_modified" or a `Reason`; `hops` are the
    redirects on the way to `final_url`.
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
    hops: tuple[Hop, ...] = ()


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
class SamePage:
    """Redirects led to `final_url`, which another request of this fetcher was answered with.

    It is not asked for again.
    """

    url: str
    final_url: str


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
    """A URL to ask for; `key` is the caller's own name for it (feed URL or entry id).

    `is_audited`: a 304 is not taken at its word: the whole document is asked for at once.
    """

    key: str
    url: str
    kind: FetchKind
    validators: Validators = field(default_factory=Validators)
    is_audited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a request: the result, and every exchange it took (robots.txt too).

    `is_audit`: the result is what stood behind a 304. `signals` are those of the robots.txt that
    speaks for a page; those of its headers and markup are still to be read.
    """

    request: Request
    result: Body | NotModified | SamePage | Failed
    exchanges: tuple[Exchange, ...]
    is_audit: bool = False
    signals: tuple[UsageSignal, ...] = ()

    @property
    def hops(self) -> tuple[Hop, ...]:
        """The redirects of the last exchange."""
        return self.exchanges[-1].hops if self.exchanges else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HostPace:
    """What one host taught us by 429 and 503: remembered from run to run.

    Nothing is asked before `closed_until`; until `slow_until`, starts are `delay_s` apart.
    """

    host: str
    closed_until: datetime | None
    delay_s: float
    slow_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsFile:
    """A robots.txt as last read, kept as long as its headers allow, a day at most (RFC 9309).

    `text` is None where there is no file, or none was ever read. `unreachable_since` is since when
    it cannot be read: `text` is then the last good copy, and `detail` says what is wrong.
    """

    origin: str
    text: str | None
    validators: Validators
    fetched_at: datetime
    expires_at: datetime
    unreachable_since: datetime | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostMemory:
    """What a fetcher knows of hosts, to be handed to the next run's."""

    paces: tuple[HostPace, ...] = ()
    robots: tuple[RobotsFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRef:
    """Where an archived answer lies: `warc_offset`/`warc_length` bytes of `warc_file`.

    `url` is what the entry said, `final_url` where redirects led; `sha256` and `body_bytes` are
    of the decompressed body, which is what the WARC record holds. Of kind "entry" is the text a
    feed carried for an entry, taken where its page could not be had.
    """

    page_id: str
    kind: PageKind
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """A record whose payload is to go because what it held was forgotten.

    Attributes:
        page_id: the page it held.
        kind: as of the page.
        fetched_at: when that was fetched.
        warc_file: where it lies, as in `PageRef`, with offset and length of the gzip member.
        queued_at: when its redaction was decided.
    """

    page_id: str
    kind: PageKind
    fetched_at: datetime
    warc_file: str
    warc_offset: int
    warc_length: int
    queued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactedFile:
    """A WARC file of which records were redacted, and the SHA-256 it has since."""

    warc_file: str
    sha256: str
