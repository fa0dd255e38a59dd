"""Content codings, undone within a limit."""

from __future__ import annotations

import gzip
import zlib

import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from etl.net.codings import CodingError, decode_body
from etl.outcomes import Reason

PACK = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


@given(st.binary(max_size=3000), st.sampled_from(sorted(PACK)))
def test_unpacking_undoes_packing(content: bytes, coding: str) -> None:
    """To the very limit."""
    packed = PACK[coding](content)
    assert decode_body(packed, coding, max_bytes=len(content)) == content


@pytest.mark.parametrize("coding", sorted(PACK))
def test_a_bomb_of_any_coding_is_stopped(coding: str) -> None:
    """5 MB in a few bytes."""
    with pytest.raises(CodingError) as caught:
        decode_body(PACK[coding](bytes(5_000_000)), coding, max_bytes=1000)
    assert caught.value.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_a_stream_that_stops_short_is_cut_off(coding: str) -> None:
    """Its framing may not know."""
    packed = PACK[coding](bytes(range(256)) * 40)
    with pytest.raises(CodingError) as caught:
        decode_body(packed[:-20], coding, max_bytes=100_000)
    assert caught.value.reason is Reason.TRUNCATED


@given(st.binary(min_size=1, max_size=200), st.sampled_from(sorted(PACK)))
def test_any_bytes_end_as_a_body_or_an_error_of_ours(content: bytes, coding: str) -> None:
    """Nothing else is raised, nothing hangs, nothing grows."""
    try:
        made = decode_body(content, coding, max_bytes=500)
    except CodingError:
        return
    assert len(made) <= 500


def test_codings_are_undone_last_first_and_unknown_names_passed_over() -> None:
    """Servers write "utf-8" there."""
    packed = gzip.compress(brotli.compress(b"news"))
    assert decode_body(packed, "br, GZIP", max_bytes=1000) == b"news"
    assert decode_body(b"news", "utf-8", max_bytes=1000) == b"news"


def test_a_plain_body_said_to_be_gzip_is_taken_as_it_is() -> None:
    """Misconfigured servers send it, and every browser shows it."""
    assert decode_body(b"<html>", "gzip", max_bytes=1000) == b"<html>"


def test_gzip_members_follow_each_other_and_padding_does_not_count() -> None:
    """As gzip itself reads them."""
    packed = gzip.compress(b"a") + gzip.compress(b"b") + bytes(8)
    assert decode_body(packed, "gzip", max_bytes=1000) == b"ab"


def test_a_raw_deflate_stream_is_read_too() -> None:
    """What some servers mean by deflate."""
    machine = zlib.compressobj(wbits=-15)
    packed = machine.compress(b"news" * 50) + machine.flush()
    assert decode_body(packed, "deflate", max_bytes=1000) == b"news" * 50
