"""Looks after archive files: hashes them, walks them, mends a tail torn by a crash."""

from __future__ import annotations

import hashlib
import mmap
import os
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
_GZIP_START = b"\x1f\x8b\x08"
_WARC_START = b"WARC/"


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


def complete_bytes(path: Path) -> int:
    """Return the offset up to which a file consists of whole, unpackable gzip members."""
    end = 0
    try:
        for member in iter_members(path):
            end = member.offset + member.length
    except IntegrityError:
        return end
    return end


def repair_tail(path: Path) -> int:
    """Cut off what a crash left of an unfinished record; return the bytes cut off (0: none).

    Raises:
        IntegrityError: whole records follow the damage, so it is not a torn tail and cutting
            would lose them; the file is left as it is.
    """
    end, size = complete_bytes(path), path.stat().st_size
    if end == size:
        return 0
    later = _find_record(path, after=end)
    if later is not None:
        detail = f"damaged at byte {end:,}, with a record after it at {later:,}"
        raise IntegrityError(f"{path.name}: {detail}: not a torn tail, nothing was cut off")
    with path.open("r+b") as file:
        file.truncate(end)
        os.fsync(file.fileno())
    return size - end


def _find_record(path: Path, *, after: int) -> int | None:
    """Return where the next gzip member that holds a WARC record starts, past `after`."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        at = after
        while (at := view.find(_GZIP_START, at + 1)) >= 0:
            try:
                start = zlib.decompressobj(_GZIP_WBITS).decompress(view[at : at + _CHUNK_BYTES], 5)
            except zlib.error:
                continue
            if start == _WARC_START:
                return at
    return None
