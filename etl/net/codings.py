"""Undoes Content-Encoding without ever making more bytes than asked for.

A gzip bomb of 200 KB holds 200 MB, and one 64 KB read of it 64 MB: decoding what was read and
then counting is too late, and httpx can do no better. Every decoder here is told beforehand how
much it may make.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]  # it ships no types
import zstandard

from etl.outcomes import Reason

# RFC 9659: a zstd window in HTTP is at most 8 MB; a frame may ask for gigabytes.
_MAX_ZSTD_WINDOW = 1 << 23
_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_WBITS, _ZLIB_WBITS, _RAW_WBITS = 31, 15, -15
_ZLIB_METHOD = 8
_MAX_CODINGS = 3


class CodingError(Exception):
    """A body could not be decoded: `reason` is TOO_LARGE, TRUNCATED or PROTOCOL.

    `made` is what was decoded before, None where nothing of it can be trusted.
    """

    def __init__(self, reason: Reason, detail: str, made: bytearray | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.made = made


def decode_body(
    content: bytes, content_encoding: str, *, max_bytes: int, is_start_enough: bool = False
) -> bytes:
    """Return `content` with every coding of its Content-Encoding header undone.

    Args:
        content: as it came over the wire.
        content_encoding: the header's value: "gzip", "br, gzip"; unknown names are passed over,
            because servers write "utf-8" or "none" there and mean nothing by it.
        max_bytes: most bytes made.
        is_start_enough: over `max_bytes`, or cut off, is no error: what was made is returned.

    Raises:
        CodingError: over `max_bytes`, cut off, or not what the header says.
    """
    names = [name.strip().lower() for name in content_encoding.split(",")]
    decoders = [_DECODERS[name] for name in reversed(names) if name in _DECODERS]
    if len(decoders) > _MAX_CODINGS:
        raise CodingError(Reason.PROTOCOL, f"{len(decoders)} content codings on one body")
    for decode in decoders:
        try:
            content = decode(content, max_bytes) if content else content
        except CodingError as error:
            if error.made is None or not is_start_enough:
                raise
            content = bytes(error.made[:max_bytes])
    return content


def _gunzip(content: bytes, max_bytes: int) -> bytes:
    # Seen in the wild: "Content-Encoding: gzip" on a plain body.
    if not content.startswith(_GZIP_MAGIC):
        return content
    made = bytearray()
    while content.startswith(_GZIP_MAGIC):  # members follow each other; a padded tail is dropped
        content = _inflate_member(content, made, max_bytes, _GZIP_WBITS)
    return bytes(made)


def _inflate(content: bytes, max_bytes: int) -> bytes:
    # "deflate" should be zlib's format; some servers send the bare stream inside it.
    is_zlib = content[0] & 0x0F == _ZLIB_METHOD and int.from_bytes(content[:2], "big") % 31 == 0
    made = bytearray()
    _inflate_member(content, made, max_bytes, _ZLIB_WBITS if is_zlib else _RAW_WBITS)
    return bytes(made)


def _inflate_member(content: bytes, made: bytearray, max_bytes: int, wbits: int) -> bytes:
    """Append one member's bytes to `made`; return what follows the member."""
    machine = zlib.decompressobj(wbits)
    try:
        made += machine.decompress(content, max_bytes - len(made) + 1)
    except zlib.error as error:
        raise CodingError(Reason.PROTOCOL, f"the body is not valid gzip: {error}") from error
    _check_size(made, max_bytes)
    if not machine.eof:
        detail = f"the gzip body stops short after {len(made):,} bytes"
        raise CodingError(Reason.TRUNCATED, detail, made)
    return machine.unused_data


def _unbrotli(content: bytes, max_bytes: int) -> bytes:
    machine = brotli.Decompressor()
    made = bytearray()
    pending = content
    try:
        while not machine.is_finished():
            piece = machine.process(pending, output_buffer_limit=max_bytes - len(made) + 1)
            made += piece
            pending = b""
            _check_size(made, max_bytes)
            if not piece and not machine.is_finished():
                detail = f"the brotli body stops short after {len(made):,} bytes"
                raise CodingError(Reason.TRUNCATED, detail, made)
    except brotli.error as error:
        raise CodingError(Reason.PROTOCOL, f"the body is not valid brotli: {error}") from error
    return bytes(made)


def _unzstd(content: bytes, max_bytes: int) -> bytes:
    machine = zstandard.ZstdDecompressor(max_window_size=_MAX_ZSTD_WINDOW)
    try:
        with machine.stream_reader(content, read_across_frames=True) as reader:
            made = bytearray(reader.read(max_bytes + 1))
    except zstandard.ZstdError as error:
        raise CodingError(Reason.PROTOCOL, f"the body is not valid zstd: {error}") from error
    _check_size(made, max_bytes)
    return bytes(made)


def _check_size(made: bytearray, max_bytes: int) -> None:
    if len(made) > max_bytes:
        detail = f"stopped after {len(made):,} bytes; fetch.max_body_bytes is {max_bytes:,}"
        raise CodingError(Reason.TOO_LARGE, detail, made)


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
