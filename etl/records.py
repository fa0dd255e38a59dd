"""What flows between the stages, one immutable type a stage.

    Subscription → Entry → Page → Article → Fingerprinted → Tagged

Later stages make a new record around the earlier one and never change it. Times are aware UTC
datetimes. What we received stands beside what we read into it (`published_raw` beside
`published_at`). Offsets count code points, half-open, into `Fingerprinted.text`.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from etl.outcomes import Outcome, Reason

FeedKind = Literal["rss", "atom", "rdf", "json", "sitemap", "unknown"]
FetchKind = Literal["feed", "page", "robots"]
EntityKind = Literal[
    "PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT", "PRODUCT", "WORK", "FAC", "MISC"
]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


def make_id(*parts: str) -> str:
    """Return a 12-character id (60 bits of SHA-256, lower-case base32) of `parts`.

    Twelve bytes is the longest string DuckDB keeps inline, so joins on ids cost what joins on
    integers cost. Parts are length-prefixed: ("ab", "c") and ("a", "bc") differ.
    """
    digest = hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass"))
    return b32encode(digest.digest())[:12].decode("ascii").lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave us to ask "has it changed?" with; sent back verbatim."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed the user asked for. `title` is None when the user gave none."""

    url: str
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What we know of a feed between polls; `feeds.decide` makes the next from the last."""

    feed_url: str
    title: str | None = None
    format: FeedKind | None = None
    state: Literal["active", "failing", "gone", "paused"] = "active"
    validators: Validators = field(default_factory=Validators)
    body_sha256: str | None = None
    last_polled_at: datetime | None = None
    last_new_at: datetime | None = None
    next_poll_at: datetime | None = None
    interval_s: int | None = None
    consecutive_failures: int = 0
    last_status: int | None = None
    last_error: str | None = None


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
class Entry:
    """One item of a feed, as received and as read.

    `url` is absolute, None when the item has none; `fingerprint` changes when the publisher
    changes what the entry says (link, title, updated time).
    """

    entry_id: str
    feed_url: str
    guid: str | None
    url: str | None
    title: str | None
    published_raw: str | None
    published_at: datetime | None
    updated_raw: str | None
    updated_at: datetime | None
    authors: tuple[str, ...] = ()
    summary: str | None = None
    content_html: str | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A parsed feed document. `ttl_s` is the poll interval the feed itself asks for."""

    url: str
    format: FeedKind
    title: str | None
    home_url: str | None
    entries: tuple[Entry, ...]
    ttl_s: int | None = None


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
class Rejected:
    """There is no article here, and why."""

    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A candidate for a field: who says it (`source`), by which rule it won or lost."""

    field: Literal["title", "published_at", "modified_at", "authors", "language", "canonical_url"]
    value: str
    source: str
    rule: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Text and metadata of one page. `text` is `paragraphs` joined by a blank line.

    `canonical_url` is our normal form of the page's identity; `language` is ISO 639-1.
    """

    url: str
    canonical_url: str
    declared_canonical_url: str | None
    source: str
    title: str
    authors: tuple[str, ...]
    published_at: datetime | None
    published_raw: str | None
    modified_at: datetime | None
    language: str | None
    paragraphs: tuple[str, ...]
    section: str | None
    keywords: tuple[str, ...]
    image_url: str | None
    is_paywalled: bool
    is_truncated: bool
    extractor: str
    charset: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A paragraph left out because it stood before: indexes into `Article.paragraphs`."""

    paragraph: int
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprinted:
    """An article with repeated paragraphs taken once, and what it is compared by.

    `text` is the kept paragraphs joined by a blank line; `content_hash` is 128 bits, hex, of its
    normalised tokens; `shingles` are sampled 32-bit keys of word 5-grams, ascending.
    """

    article: Article
    text: str
    text_sha256: str
    content_hash: str
    word_count: int
    repeats: tuple[Repeat, ...]
    shingles: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What a recogniser marks: `text[start_char:end_char]` names something of `kind`."""

    start_char: int
    end_char: int
    kind: EntityKind
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span and the entity it denotes. `country_code` is ISO 3166-1 alpha-2."""

    start_char: int
    end_char: int
    surface: str
    kind: EntityKind
    score: float
    entity_id: str
    entity_name: str
    country_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """A date or time expression: TIMEX3 type and value, and the days it covers (inclusive).

    `date_from` and `date_to` are None when no interval can be known.
    """

    start_char: int
    end_char: int
    surface: str
    timex_type: TimexType
    timex_value: str
    date_from: date | None
    date_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """An article ready to load."""

    fingerprinted: Fingerprinted
    mentions: tuple[Mention, ...]
    timexes: tuple[Timex, ...]
    tagger: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bug:
    """newshouse failed on this input; `where` is its archive address, `trace` the traceback."""

    where: str
    detail: str
    trace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """How an entry left the run."""

    entry_id: str
    outcome: Outcome
    reason: Reason | None = None
    detail: str | None = None
