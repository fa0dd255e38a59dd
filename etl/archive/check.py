"""Looks into archive files whole: hashes them, walks their records."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.archive.page import page_of
from etl.archive.record import decode_record
from etl.errors import IntegrityError
from etl.records import Page

_CHUNK_BYTES = 65_536
_GZIP_WBITS = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One gzip member of a file and what it unpacks to."""

    offset: int
    length: int
    raw: bytes


def file_digest(path: Path) -> tuple[str, int]:
    """Return the SHA-256 (hex) and the size in bytes of a file, whatever its size."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return digest, file.tell()


def iter_members(path: Path) -> Iterator[Member]:
    """Yield every gzip member of a file, in order.

    Walked here because warcio's iterator ends quietly where a file is damaged or cut off.

    Raises:
        IntegrityError: what follows the last member yielded is not a whole one.
    """
    with path.open("rb") as file:
        offset, ahead = 0, b""
        while ahead := ahead or file.read(_CHUNK_BYTES):
            machine, made, read = zlib.decompressobj(_GZIP_WBITS), bytearray(), 0
            while not machine.eof:
                if not ahead:
                    raise IntegrityError(f"{path.name}: cut off in the record at byte {offset:,}")
                try:
                    made += machine.decompress(ahead)
                except zlib.error as error:
                    detail = f"damaged in the record at byte {offset:,}: {error}"
                    raise IntegrityError(f"{path.name}: {detail}") from error
                read += len(ahead)
                ahead = machine.unused_data or file.read(_CHUNK_BYTES)
            length = read - len(machine.unused_data)
            yield Member(offset=offset, length=length, raw=bytes(made))
            offset += length


def iter_records(path: Path) -> Iterator[Page]:
    """Yield every page of a file, in order, with the ref it was archived under; `hints` None.

    Raises:
        IntegrityError: a record is damaged, cut off, not ours, or its body does not hash to what
            the record says.
    """
    for member in iter_members(path):
        try:
            record = decode_record(member.raw)
        except ValueError as error:
            raise IntegrityError(f"{path.name} at byte {member.offset:,}: {error}") from error
        page = page_of(record, warc_file=path.name, offset=member.offset, length=member.length)
        if page is not None:
            yield page
