"""HTTP answers as the block of a response record, and back. Pure.

The block holds the decoded body. Headers that described the bytes on the wire would lie about it,
so they are kept under the prefix `X-Archive-Orig-`, and a Content-Length that is right is added.
Reading undoes both: the headers come back as the server sent them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from io import BytesIO

from warcio.statusandheaders import (
    StatusAndHeaders,
    StatusAndHeadersParser,
    StatusAndHeadersParserException,
)

from etl.archive.record import one_line
from etl.records import Body

Headers = tuple[tuple[str, str], ...]

_ORIG = "x-archive-orig-"
_OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_SET_ASIDE = frozenset(_ORIG + name for name in _OF_THE_WIRE)
_NOT_IN_A_NAME = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]")
_PARSER = StatusAndHeadersParser(["HTTP/1.1"])


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpAnswer:
    """An HTTP answer read back; header names in lower case."""

    status: int
    headers: Headers
    body: bytes


def encode_answer(body: Body) -> bytes:
    """Return status line, headers (in UTF-8, so that all come back) and decoded body."""
    headers = []
    for name, value in body.headers:
        kept = f"X-Archive-Orig-{name}" if name.lower() in _OF_THE_WIRE else name
        headers.append((_NOT_IN_A_NAME.sub("_", kept) or "_", one_line(value)))
    headers.append(("Content-Length", str(len(body.content))))
    status = f"{body.status} {_phrase(body.status)}"
    head: bytes = StatusAndHeaders(status, headers, protocol="HTTP/1.1").to_bytes()
    return head + body.content


def decode_answer(block: bytes) -> HttpAnswer:
    """Return the answer in a response record's block.

    Raises:
        ValueError: it does not start with a status line.
    """
    stream = BytesIO(block)
    try:
        head = _PARSER.parse(stream)
    except (StatusAndHeadersParserException, EOFError) as error:
        raise ValueError("it holds no HTTP answer") from error
    status = int(head.get_statuscode())
    return HttpAnswer(status=status, headers=_received(head.headers), body=stream.read())


def read_content_type(value: str | None) -> tuple[str | None, str | None]:
    """Return media type and charset of a Content-Type header, lower case; None if not said."""
    if not value or not value.strip():
        return None, None
    value = one_line(value)
    media_type = value.partition(";")[0].strip().lower() or None
    message = Message()
    message["content-type"] = value
    charset = message.get_param("charset")
    if not isinstance(charset, str):  # absent, or in the RFC 2231 form nobody serves
        return media_type, None
    return media_type, charset.strip(" \"'").lower() or None


def _received(stored: Iterable[tuple[str, str]]) -> Headers:
    kept = []
    for name, value in stored:
        key = name.lower()
        if key in _SET_ASIDE:
            kept.append((key.removeprefix(_ORIG), value))
        elif key not in _OF_THE_WIRE:
            kept.append((key, value))
    return tuple(kept)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
