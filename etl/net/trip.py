"""One exchange under way: what it came to, what is sent, how it is told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from etl.net.client import HeaderList, HeaderPairs, Meter
from etl.net.target import Target
from etl.records import (
    Body,
    Exchange,
    Failed,
    Hop,
    NotModified,
    Request,
    SamePage,
    Validators,
    make_id,
)

Result = Body | NotModified | SamePage | Failed

_ACCEPT = {
    "feed": b"application/atom+xml, application/rss+xml, application/feed+json,"
    b" application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5",
    "page": b"text/html, application/xhtml+xml, */*;q=0.5",
    "robots": b"text/plain, */*;q=0.5",
}
# RFC 9110, 5.5: a field value is visible characters and any byte over 127, blanks between.
_FIELD_VALUE = re.compile(r"[\x21-\x7e\x80-\xff]([\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?")


@dataclass(slots=True)
class Trip:
    """What has come of one exchange so far.

    `validators` are those to send; `is_audit`: every cache on the way is to be passed by.
    `is_conditional` tells whether validators went out with the latest hop, whose reply's headers
    are `headers`.
    """

    request: Request
    final_url: str
    validators: Validators
    is_audit: bool = False
    is_conditional: bool = False
    started_at: datetime | None = None
    spent_s: float = 0.0
    meter: Meter = field(default_factory=Meter)
    hops: list[Hop] = field(default_factory=list)
    headers: HeaderPairs = ()

    def headers_for(self, target: Target, agent: bytes) -> HeaderList:
        """Return the headers to send to `target`, and note whether they are conditional."""
        headers = [
            (b"User-Agent", agent),
            (b"Accept", _ACCEPT[self.request.kind]),
            (b"Accept-Encoding", b"gzip, br, zstd"),
        ]
        if self.is_audit:
            headers.append((b"Cache-Control", b"no-cache"))
        conditions = self._conditions(target)
        self.is_conditional = bool(conditions)
        return headers + conditions

    def record(self, result: Result, *, at: datetime, number: int) -> Exchange:
        """Return the exchange as it is told.

        Args:
            result: what came of it.
            at: now, in case nothing was ever sent.
            number: no other exchange of the run has it.
        """
        started_at = self.started_at or at
        failed = result if isinstance(result, Failed) else None
        ok = "not_modified" if isinstance(result, NotModified) else "ok"
        return Exchange(
            fetch_id=make_id(self.request.url, started_at.isoformat(), str(number)),
            kind=self.request.kind,
            url=self.request.url,
            final_url=self.final_url,
            status=self.meter.status,
            outcome=failed.reason.value if failed else ok,
            error=failed.detail if failed else None,
            started_at=started_at,
            elapsed_ms=round(self.spent_s * 1000),
            received_bytes=self.meter.received_bytes,
            hops=tuple(self.hops),
        )

    def _conditions(self, target: Target) -> HeaderList:
        # An ETag tells apart states of one resource (RFC 9110, 8.8.3); of another it would say
        # "unchanged" by chance.
        given_by = self.validators.url
        is_first_spelling = given_by == self.request.url and not self.hops
        if given_by is not None and given_by != target.url and not is_first_spelling:
            return []
        stored = (
            (b"If-None-Match", self.validators.etag),
            (b"If-Modified-Since", self.validators.last_modified),
        )
        return [(name, value) for name, text in stored if (value := _header_bytes(text))]


def _header_bytes(value: str | None) -> bytes | None:
    """Return a stored validator as sent, or None if it cannot be a header's value."""
    if value is None or not _FIELD_VALUE.fullmatch(value):
        return None
    return value.encode("latin-1")
