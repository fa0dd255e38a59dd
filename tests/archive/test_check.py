"""Archive files are walked, hashed, and mended where a crash tore them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.archive import WarcArchive
from etl.archive.check import (
    complete_bytes,
    file_digest,
    iter_members,
    iter_records,
    repair_tail,
)
from etl.archive.record import encode_record, pack
from etl.errors import IntegrityError
from etl.records import PageRef

from .conftest import NOW, make_body


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[PageRef]]:
    """Return the bytes of a file of four pages (one over a read's length), and their refs."""
    folder = tmp_path_factory.mktemp("archive")
    archive = WarcArchive(folder, run_id="r", now=NOW)
    sizes = (10, 90_000, 0, 400)
    refs = [archive.append(make_body(os.urandom(size)), kind="page") for size in sizes]
    archive.seal()
    return (folder / refs[0].warc_file).read_bytes(), refs


def test_a_digest_is_of_the_whole_file(tmp_path: Path) -> None:
    """With its size."""
    path = tmp_path / "x"
    path.write_bytes(b"x" * 300_000)
    assert file_digest(path) == (hashlib.sha256(b"x" * 300_000).hexdigest(), 300_000)


def test_a_whole_file_is_complete(tmp_path: Path, written: tuple[bytes, list[PageRef]]) -> None:
    """Its members lie end to end, and nothing is repaired."""
    whole, refs = written
    path = tmp_path / refs[0].warc_file
    path.write_bytes(whole)
    members = list(iter_members(path))
    assert [(m.offset, m.length) for m in members[1:]] == [
        (ref.warc_offset, ref.warc_length) for ref in refs
    ]
    assert [page.ref for page in iter_records(path)] == refs
    assert complete_bytes(path) == len(whole)
    assert repair_tail(path) == 0
    assert path.read_bytes() == whole


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(share=st.floats(0, 1), junk=st.sampled_from([b"", bytes(100), b"\x1f\x8b\x08\x00"]))
def test_a_torn_tail_is_cut_back_to_the_last_whole_record(
    tmp_path: Path, written: tuple[bytes, list[PageRef]], share: float, junk: bytes
) -> None:
    """Wherever the crash came, and whatever the disk put after it."""
    whole, refs = written
    cut = int(len(whole) * share)
    ends = [0, refs[0].warc_offset, *(ref.warc_offset + ref.warc_length for ref in refs)]
    torn = whole[:cut] + junk
    # Not `end <= cut`: the last byte of a member is mostly zero, and junk of zeros completes it.
    kept = max(end for end in ends if torn[:end] == whole[:end])
    path = tmp_path / refs[0].warc_file
    path.write_bytes(torn)
    assert complete_bytes(path) == kept
    assert repair_tail(path) == len(torn) - kept
    assert path.read_bytes() == whole[:kept]
    assert repair_tail(path) == 0


def test_damage_with_records_after_it_is_never_cut_off(
    tmp_path: Path, written: tuple[bytes, list[PageRef]]
) -> None:
    """A flipped bit in the second record must not cost the third."""
    whole, refs = written
    at = refs[1].warc_offset + 300
    path = tmp_path / refs[0].warc_file
    damaged = whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :]
    path.write_bytes(damaged)
    assert complete_bytes(path) == refs[1].warc_offset
    with pytest.raises(IntegrityError, match=f"{refs[2].warc_offset:,}"):
        repair_tail(path)
    assert path.read_bytes() == damaged
    walked = iter_records(path)
    assert next(walked).ref == refs[0]
    with pytest.raises(IntegrityError, match="damaged"):
        next(walked)


def test_a_strangers_record_is_an_integrity_error(tmp_path: Path) -> None:
    """A WARC file that newshouse did not write cannot be rebuilt from."""
    path = tmp_path / "other.warc.gz"
    path.write_bytes(pack(encode_record({"WARC-Type": "response"}, b"HTTP/1.1 200 OK\r\n\r\nx")))
    with pytest.raises(IntegrityError, match="not a record of newshouse"):
        list(iter_records(path))
    path.write_bytes(pack(b"hello"))
    with pytest.raises(IntegrityError, match="WARC"):
        list(iter_records(path))


def test_an_empty_file_is_complete(tmp_path: Path) -> None:
    """A crash before the first byte."""
    path = tmp_path / "empty.warc.gz"
    path.touch()
    assert complete_bytes(path) == 0
    assert repair_tail(path) == 0
    assert list(iter_records(path)) == []
