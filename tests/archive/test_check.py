"""Archive files are walked and hashed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from etl.archive import WarcArchive
from etl.archive.check import (
    file_digest,
    iter_members,
    iter_records,
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


def test_a_file_is_its_records_end_to_end(
    tmp_path: Path, written: tuple[bytes, list[PageRef]]
) -> None:
    """Members lie where their refs say, and read back as what they were."""
    whole, refs = written
    path = tmp_path / refs[0].warc_file
    path.write_bytes(whole)
    members = list(iter_members(path))
    assert [(m.offset, m.length) for m in members[1:]] == [
        (ref.warc_offset, ref.warc_length) for ref in refs
    ]
    assert [page.ref for page in iter_records(path)] == refs


def test_a_walk_ends_at_damage_with_an_error(
    tmp_path: Path, written: tuple[bytes, list[PageRef]]
) -> None:
    """What stands before it is yielded."""
    whole, refs = written
    at = refs[1].warc_offset + 300
    path = tmp_path / refs[0].warc_file
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :])
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


def test_an_empty_file_has_no_records(tmp_path: Path) -> None:
    """A crash before the first byte."""
    path = tmp_path / "empty.warc.gz"
    path.touch()
    assert list(iter_records(path)) == []
