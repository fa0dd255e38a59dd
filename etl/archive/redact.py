"""Overwrites archived records whose payload is to go, in place and to the byte as long as before.

So every other record stays where its address says. A redacted record is a gzip member like any
other, whose comment field (RFC 1952, 2.3.1) takes up the room that is left. It is of WARC type
metadata (WARC 1.1, 6.7): what it holds describes the record that lay there; a revisit (6.8) would
say that the payload is kept elsewhere. Overwritten and not written anew beside: so the bytes go
from the disk too, no reader that has the file open keeps them, and a large file costs no more than
its redacted records. Killed in between, the record is torn, and redacting it again mends it.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from etl.archive.check import file_digest
from etl.archive.record import Record, decode_record, encode_record, unpack, warc_date
from etl.errors import IntegrityError
from etl.records import RedactedFile, Redaction

REDACTED = "X-Newshouse-Redacted-At"
_HEAD = b"\x1f\x8b\x08"
_HAS_COMMENT = 16
_UNKNOWN_SYSTEM = b"\0\0\0\0\x02\xff"  # no time of writing, best compression


def redact_records(folder: Path, redactions: Sequence[Redaction]) -> tuple[RedactedFile, ...]:
    """Overwrite records and return the files they lie in, on disk, with their new digests.

    Doing it again changes nothing, and mends what was half done.

    Raises:
        IntegrityError: a file is missing or too short, or a record has no room for its stub.
    """
    by_file = groupby(sorted(redactions, key=attrgetter("warc_file")), attrgetter("warc_file"))
    return tuple(_redact_file(folder / name, list(found)) for name, found in by_file)


def encode_redacted(redaction: Redaction) -> bytes:
    """Return the gzip member that takes a record's place, of the same length."""
    return _pack_to(_describe(redaction), redaction.warc_length)


def _describe(redaction: Redaction) -> bytes:
    return encode_record(
        {
            "WARC-Type": "metadata",
            "WARC-Record-ID": f"<{uuid5(NAMESPACE_URL, name_target(redaction.page_id)).urn}>",
            "WARC-Date": warc_date(redaction.fetched_at),
            "WARC-Target-URI": name_target(redaction.page_id),
            "X-Newshouse-Kind": redaction.kind,
            "X-Newshouse-Page-Id": redaction.page_id,
            REDACTED: warc_date(redaction.queued_at),
            "Content-Type": "application/warc-fields",
        },
        b"",
    )


def name_target(page_id: str) -> str:
    """Return what a redacted record has in place of its page's address."""
    return f"urn:newshouse:forgotten:{page_id}"


def is_redacted(record: Record) -> bool:
    """Return whether a record is one that was overwritten."""
    return record.headers.get("warc-type") == "metadata" and REDACTED.lower() in record.headers


def find_fault(folder: Path, redaction: Redaction) -> str | None:
    """Return what is wrong with a record that should be redacted; None when it is.

    It must say what `encode_redacted` makes it say and no more: no payload can hide in it.
    """
    try:
        with (folder / redaction.warc_file).open("rb") as file:
            member = os.pread(file.fileno(), redaction.warc_length, redaction.warc_offset)
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    try:
        record = decode_record(unpack(member))
    except ValueError as error:
        return f"the redacted record is damaged: {error}"
    if not is_redacted(record):
        return "it was forgotten, and its record still has a payload"
    # What it unpacks to and not its bytes: another zlib packs the same record in other bytes.
    if record != decode_record(_describe(redaction)) or not _is_blank(member):
        return "its record says more than a redacted one may"
    return None


def _is_blank(member: bytes) -> bool:
    """Return whether nothing is written where gzip lets anything be written."""
    start = len(_HEAD) + 1 + len(_UNKNOWN_SYSTEM)
    flags = member[len(_HEAD)]
    comment = member[start:].partition(b"\0")[0] if flags == _HAS_COMMENT else b""
    return flags in {0, _HAS_COMMENT} and not comment.strip(b" ")


def _pack_to(record: bytes, length: int) -> bytes:
    machine = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    packed = machine.compress(record) + machine.flush()
    tail = struct.pack("<II", zlib.crc32(record), len(record))
    gap = length - len(_HEAD) - 1 - len(_UNKNOWN_SYSTEM) - len(packed) - len(tail)
    if gap < 0:
        raise IntegrityError(f"a record of {length} bytes has no room for its stub")
    flags = bytes([_HAS_COMMENT if gap else 0])
    comment = b" " * (gap - 1) + b"\0" if gap else b""
    return _HEAD + flags + _UNKNOWN_SYSTEM + comment + packed + tail


def _redact_file(path: Path, redactions: Sequence[Redaction]) -> RedactedFile:
    try:
        handle = os.open(path, os.O_WRONLY)
    except FileNotFoundError as error:
        raise IntegrityError(f"{path.name} is missing; it holds records to redact") from error
    try:
        size = os.fstat(handle).st_size
        for one in redactions:
            if one.warc_offset + one.warc_length > size:
                detail = f"page {one.page_id} should end at {one.warc_offset + one.warc_length:,}"
                raise IntegrityError(f"{path.name} has {size:,} bytes: {detail}")
            _overwrite(handle, encode_redacted(one), one.warc_offset)
        os.fsync(handle)
    finally:
        os.close(handle)
    sha256, _ = file_digest(path)
    return RedactedFile(warc_file=path.name, sha256=sha256)


def _overwrite(handle: int, member: bytes, offset: int) -> None:
    left = memoryview(member)
    while left:
        done = os.pwrite(handle, left, offset)
        left, offset = left[done:], offset + done
