"""Pages as records: what a record must say so that its page's ref can be made from it alone.

That is what lets a warehouse be rebuilt from the archive: `page_of` returns the very ref that
`append` gave out. What a server answered is a response record; what a feed carried for an entry
came without an HTTP answer of its own and is a resource record (WARC 1.1, 6.4).
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

from etl.archive.answer import HttpAnswer, decode_answer, encode_answer, read_content_type
from etl.archive.record import Record, encode_record, one_line, warc_date
from etl.errors import IntegrityError
from etl.records import Body, Page, PageKind, PageRef, Validators, make_id

CARRIED_TYPE = "text/html; charset=utf-8"
"""What a feed carries for an entry is kept as, whatever the feed itself was written in."""

_TYPES = {"feed": "response", "page": "response", "entry": "resource"}
_OK = 200


def as_kept(body: Body, kind: PageKind) -> Body:
    """Return `body` as its record can say it: a carried text has no status and no headers."""
    if kind != "entry":
        return body
    return replace(body, status=_OK, headers=(("content-type", CARRIED_TYPE),))


def name_page(body: Body, kind: PageKind) -> PageRef:
    """Return the ref of `body` without its address (no file, offset and length 0)."""
    sha256 = hashlib.sha256(body.content).hexdigest()
    fetched_at = body.fetched_at.astimezone(UTC)
    media_type, charset = read_content_type(body.header("content-type"))
    return PageRef(
        page_id=make_id(body.url, body.final_url, fetched_at.isoformat(), sha256),
        kind=kind,
        url=body.url,
        final_url=body.final_url,
        fetched_at=fetched_at,
        status=body.status,
        sha256=sha256,
        body_bytes=len(body.content),
        content_type=media_type,
        charset=charset,
        validators=_read_validators(body),
        warc_file="",
        warc_offset=0,
        warc_length=0,
    )


def encode_page(body: Body, ref: PageRef, *, record_id: UUID, info_id: UUID) -> bytes:
    """Return the record of `body`, which `ref` names."""
    is_answer = _TYPES[ref.kind] == "response"
    return encode_record(
        {
            "WARC-Type": _TYPES[ref.kind],
            "WARC-Record-ID": f"<{record_id.urn}>",
            "WARC-Warcinfo-ID": f"<{info_id.urn}>",
            "WARC-Date": warc_date(body.fetched_at),
            "WARC-Target-URI": body.final_url,
            "WARC-Payload-Digest": f"sha256:{ref.sha256}",
            "X-Newshouse-Kind": ref.kind,
            "X-Newshouse-Url": body.url,
            "X-Newshouse-Page-Id": ref.page_id,
            **({} if is_answer else {"Content-Type": CARRIED_TYPE}),
        },
        encode_answer(body) if is_answer else body.content,
    )


def encode_info(*, file_name: str, record_id: UUID, run_id: str, now: datetime) -> bytes:
    """Return the warcinfo record a file starts with."""
    fields = (
        ("software", "newshouse"),
        ("format", "WARC File Format 1.1"),
        ("isPartOf", run_id),
        ("description", "bodies are stored after content and transfer decoding"),
    )
    return encode_record(
        {
            "WARC-Type": "warcinfo",
            "WARC-Record-ID": f"<{record_id.urn}>",
            "WARC-Date": warc_date(now),
            "WARC-Filename": file_name,
        },
        b"".join(f"{name}: {one_line(value)}\r\n".encode() for name, value in fields),
    )


def answer_of(record: Record) -> HttpAnswer:
    """Return what a record holds; of a carried text as if it had been answered.

    Raises:
        ValueError: it does not hold what its type says.
    """
    if record.headers.get("warc-type") == _TYPES["entry"]:
        headers = (("content-type", record.headers.get("content-type", "")),)
        return HttpAnswer(status=_OK, headers=headers, body=record.block)
    return decode_answer(record.block)


def page_of(record: Record, *, warc_file: str, offset: int, length: int) -> Page | None:
    """Return the page in `record`, its ref made from the record alone; None if it holds none.

    Raises:
        IntegrityError: the record is not one of ours, or its body is not what was archived.
    """
    said = record.headers
    if said.get("warc-type") not in _TYPES.values():
        return None
    where = f"{warc_file} at byte {offset:,}"
    try:
        answer = answer_of(record)
        body = Body(
            url=said["x-newshouse-url"],
            final_url=said["warc-target-uri"],
            status=answer.status,
            headers=answer.headers,
            content=answer.body,
            fetched_at=datetime.fromisoformat(said["warc-date"]),
        )
        kind = cast("PageKind", said["x-newshouse-kind"])
        page_id, digest = said["x-newshouse-page-id"], said["warc-payload-digest"]
    except (KeyError, ValueError) as error:
        raise IntegrityError(f"{where}: not a record of newshouse: {error}") from error
    ref = replace(
        name_page(body, kind),
        page_id=page_id,
        warc_file=warc_file,
        warc_offset=offset,
        warc_length=length,
    )
    if digest != f"sha256:{ref.sha256}":
        raise IntegrityError(f"{where}: the body hashes to {ref.sha256}, the record says {digest}")
    return Page(ref=ref, headers=answer.headers, body=answer.body)


def _read_validators(body: Body) -> Validators:
    etag, last_modified = body.header("etag"), body.header("last-modified")
    if etag is None and last_modified is None:
        return Validators()
    return Validators(etag=etag, last_modified=last_modified, url=body.final_url)
