"""Redacted records: as long as before, readable by anyone, and empty."""

from __future__ import annotations

import gzip
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.archive import ArchiveReader, WarcArchive
from etl.archive.check import iter_members, iter_records
from etl.archive.page import as_kept, encode_page, name_page
from etl.archive.record import pack
from etl.archive.redact import encode_redacted, find_fault, redact_records
from etl.errors import IntegrityError, RedactedError
from etl.records import PageKind, PageRef, Redaction
from tests.archive.conftest import NOW, make_body

KINDS: tuple[PageKind, ...] = ("page", "feed", "entry")


def queue(ref: PageRef) -> Redaction:
    """Return the order to redact a page's record."""
    return Redaction(
        page_id=ref.page_id, kind=ref.kind, fetched_at=ref.fetched_at, warc_file=ref.warc_file,
        warc_offset=ref.warc_offset, warc_length=ref.warc_length, queued_at=NOW,
    )  # fmt: skip


@pytest.fixture
def refs(archive: WarcArchive) -> tuple[PageRef, ...]:
    """Return three pages of one sealed file."""
    bodies = [make_body(f"<p>secret {n}</p>".encode() * 300) for n in range(3)]
    made = tuple(archive.append(body, kind=kind) for body, kind in zip(bodies, KINDS, strict=True))
    archive.seal()
    return made


def test_a_redacted_record_says_so_and_the_others_are_read_as_before(
    folder: Path, reader: ArchiveReader, refs: tuple[PageRef, ...]
):
    """By us, by gzip, and by whoever walks the file."""
    before = [member.length for member in iter_members(folder / refs[0].warc_file)]
    (file,) = redact_records(folder, [queue(refs[1])])
    path = folder / file.warc_file
    assert [member.length for member in iter_members(path)] == before
    assert b"secret 1" not in gzip.decompress(path.read_bytes())
    with pytest.raises(RedactedError, match="was forgotten"):
        reader.read(refs[1])
    assert [reader.read(ref).ref for ref in (refs[0], refs[2])] == [refs[0], refs[2]]
    assert [page.ref for page in iter_records(path)] == [refs[0], refs[2]]
    assert find_fault(folder, queue(refs[1])) is None


def test_redacting_again_mends_a_record_torn_half_way(folder: Path, refs: tuple[PageRef, ...]):
    """Killed while it was overwritten: the order to do it is still there."""
    (once,) = redact_records(folder, [queue(refs[0])])
    path = folder / once.warc_file
    with path.open("r+b") as file:
        file.seek(refs[0].warc_offset + 20)
        file.write(b"\xff" * 40)
    assert find_fault(folder, queue(refs[0])) is not None
    assert redact_records(folder, [queue(refs[0])]) == (once,)


def test_only_a_redacted_record_is_accepted_as_one(folder: Path, refs: tuple[PageRef, ...]):
    """The payload, a stub of another page, a stub with something in its margin, a missing file."""
    order = queue(refs[0])
    assert "payload" in str(find_fault(folder, order))
    redact_records(folder, [order])
    path = folder / refs[0].warc_file
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b" " * 12, b"hidden words", 1))
    assert "more than" in str(find_fault(folder, order))
    path.write_bytes(whole)
    with path.open("r+b") as file:
        file.seek(refs[0].warc_offset)
        other = queue(refs[1])
        file.write(
            encode_redacted(
                Redaction(
                    page_id=other.page_id, kind="page", fetched_at=NOW, queued_at=NOW,
                    warc_file="", warc_offset=0, warc_length=refs[0].warc_length,
                )
            )
        )  # fmt: skip
    assert "more than" in str(find_fault(folder, order))
    path.unlink()
    assert "cannot be read" in str(find_fault(folder, order))
    with pytest.raises(IntegrityError, match="is missing"):
        redact_records(folder, [order])


@given(content=st.binary(max_size=400), kind=st.sampled_from(KINDS), path=st.text(max_size=3))
def test_the_stub_fits_into_every_record_we_write(content: bytes, kind: PageKind, path: str):
    """However little it held."""
    body = as_kept(
        make_body(content, url=f"http://a.b/{path}", final_url="http://a.b/", headers=()), kind
    )
    ref = name_page(body, kind)
    member = pack(encode_page(body, ref, record_id=UUID(int=1), info_id=UUID(int=1)))
    order = Redaction(
        page_id=ref.page_id, kind=kind, fetched_at=ref.fetched_at, queued_at=NOW, warc_file="",
        warc_offset=0, warc_length=len(member),
    )  # fmt: skip
    assert len(encode_redacted(order)) == len(member)
