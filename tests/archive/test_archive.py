"""What goes into the archive comes out of it, for us and for any WARC tool."""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from etl import ports
from etl.archive import ArchiveReader, WarcArchive
from etl.archive.answer import read_content_type
from etl.archive.check import iter_records
from etl.errors import IntegrityError
from etl.records import PageKind, PageRef, Validators

from .conftest import NOW, make_body

names = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=12)
values = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=30
).map(str.strip)
headers = st.lists(st.tuples(names, values), max_size=8).map(tuple)


def ports_of(
    archive: WarcArchive, reader: ArchiveReader
) -> tuple[ports.Archive, ports.ArchiveReader]:
    """Return the archive as the pipeline sees it."""
    return archive, reader


def warcio_records(folder: Path, ref: PageRef) -> list[Any]:
    """Return (record, body) pairs of a file as warcio reads it."""
    with (folder / ref.warc_file).open("rb") as file:
        return [(each, each.content_stream().read()) for each in ArchiveIterator(file)]


def test_a_page_comes_back_as_it_was_answered(archive: WarcArchive, reader: ArchiveReader) -> None:
    """Before any sync, through the ports."""
    body = make_body()
    kept, back = ports_of(archive, reader)
    ref = kept.append(body, kind="page")
    page = back.read(ref)
    assert (page.body, page.headers, page.ref, page.hints) == (
        body.content,
        body.headers,
        ref,
        None,
    )


def test_a_ref_says_what_is_known_of_the_page(archive: WarcArchive) -> None:
    """Times in UTC, media type and charset apart."""
    at = NOW.astimezone(timezone(timedelta(hours=5)))
    headers = (("content-type", "Text/HTML; Charset='KOI8-R'"), ("last-modified", "then"))
    ref = archive.append(make_body(b"abc", headers=headers, fetched_at=at), kind="feed")
    assert (ref.kind, ref.status, ref.body_bytes) == ("feed", 200, 3)
    assert (ref.content_type, ref.charset) == ("text/html", "koi8-r")
    assert ref.sha256 == hashlib.sha256(b"abc").hexdigest()
    assert ref.validators == Validators(last_modified="then", url="http://harbour.test/b")
    assert ref.fetched_at == NOW
    assert ref.fetched_at.tzinfo is UTC
    assert (ref.url, ref.final_url) == ("http://harbour.test/a", "http://harbour.test/b")


def test_page_ids_depend_on_what_was_fetched_and_when(archive: WarcArchive) -> None:
    """The same answer has the same id in any run."""
    first = archive.append(make_body(), kind="page")
    assert archive.append(make_body(), kind="page").page_id == first.page_id
    later = make_body(fetched_at=NOW + timedelta(microseconds=1))
    assert archive.append(later, kind="page").page_id != first.page_id


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, (None, None)),
        ("", (None, None)),
        ("text/html", ("text/html", None)),
        ('TEXT/XML ; CHARSET="UTF-8"; x=y', ("text/xml", "utf-8")),
        ("; charset=latin1", (None, "latin1")),
        ("text/html; charset=", ("text/html", None)),
        ("text/html\r\nX: y; charset=a", ("text/html%0d%0ax: y", "a")),
    ],
)
def test_content_type_is_media_type_and_charset(
    value: str | None, read: tuple[str | None, str | None]
) -> None:
    """Only what the header says."""
    assert read_content_type(value) == read


@settings(max_examples=30)
@given(headers=headers, content=st.binary(max_size=200), status=st.integers(200, 299))
def test_any_answer_survives_the_archive(
    tmp_path_factory: pytest.TempPathFactory,
    headers: tuple[tuple[str, str], ...],
    content: bytes,
    status: int,
) -> None:
    """For us, for a rebuild from the file alone, and for warcio."""
    folder = tmp_path_factory.mktemp("archive")
    body = make_body(content, headers=headers, status=status)
    archive = WarcArchive(folder, run_id="r", now=NOW)
    ref = archive.append(body, kind="page")
    archive.seal()
    with ArchiveReader(folder) as reader:
        page = reader.read(ref)
    assert (page.body, page.headers) == (content, headers)
    assert list(iter_records(folder / ref.warc_file)) == [page]
    (_, (record, payload)) = warcio_records(folder, ref)
    assert hashlib.sha256(payload).hexdigest() == ref.sha256
    assert record.http_headers.get_statuscode() == str(status)


@pytest.mark.parametrize(
    "content", [b"", b"\r\n\r\n", bytes(range(256)) * 300, b"WARC/1.1\r\n\r\n" * 9]
)
def test_any_warc_tool_reads_the_bodies(archive: WarcArchive, folder: Path, content: bytes) -> None:
    """Empty, binary, and what looks like a record itself; with odd headers around it."""
    odd = (
        ("content-type", "text/html\r\nX-Evil: 1"),
        ("x-snow", "\u2603"),
        ("x-caf\u00e9 :", "\xe9"),
        ("", "nameless"),
        ("content-encoding", "gzip"),
        ("content-length", "7"),
    )
    ref = archive.append(make_body(content, headers=odd), kind="page")
    ((info, _), (record, payload)) = warcio_records(folder, ref)
    assert info.rec_type == "warcinfo"
    assert info.rec_headers["WARC-Filename"] == ref.warc_file
    assert hashlib.sha256(payload).hexdigest() == ref.sha256
    http = record.http_headers
    assert http["Content-Length"] == str(len(content))
    assert http["Content-Encoding"] is None
    assert (http["X-Archive-Orig-content-encoding"], http["X-Archive-Orig-content-length"]) == (
        "gzip",
        "7",
    )
    assert http["X-Evil"] is None
    assert record.rec_headers["WARC-Target-URI"] == "http://harbour.test/b"
    assert record.rec_headers["WARC-Date"] == "2026-11-22T12:00:00.123456Z"
    assert record.rec_headers["X-Newshouse-Url"] == "http://harbour.test/a"
    assert record.rec_headers["X-Newshouse-Page-Id"] == ref.page_id
    assert record.rec_headers["X-Newshouse-Kind"] == "page"


def test_a_carried_text_is_a_resource_record(archive: WarcArchive, folder: Path) -> None:
    """WARC 1.1, 6.4: no HTTP head; the block is what the feed carried for the entry's URL."""
    url, text = "http://harbour.test/a", "<p>Caf\u00e9</p>".encode()
    odd = (("content-type", "image/png"), ("etag", '"1"'))
    ref = archive.append(
        make_body(text, url=url, final_url=url, headers=odd, status=203), kind="entry"
    )
    ((_, _), (record, payload)) = warcio_records(folder, ref)
    assert (record.rec_type, record.http_headers, payload) == ("resource", None, text)
    said = record.rec_headers
    assert said["Content-Type"] == "text/html; charset=utf-8"
    assert said["WARC-Target-URI"] == said["X-Newshouse-Url"] == url
    assert said["WARC-Payload-Digest"] == f"sha256:{hashlib.sha256(text).hexdigest()}"
    assert (said["X-Newshouse-Kind"], said["X-Newshouse-Page-Id"]) == ("entry", ref.page_id)
    assert (ref.kind, ref.status, ref.content_type, ref.charset) == (
        "entry", 200, "text/html", "utf-8",
    )  # fmt: skip
    assert ref.validators == Validators()


@settings(max_examples=30)
@given(content=st.binary(max_size=200))
def test_any_carried_text_survives_the_archive(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    """Also between pages, and for a rebuild from the file alone; empty, or like an HTTP answer."""
    folder = tmp_path_factory.mktemp("archive")
    archive = WarcArchive(folder, run_id="r", now=NOW)
    like_an_answer = b"HTTP/1.1 404 Not Found\r\n\r\n" + content
    refs = [
        archive.append(make_body(content), kind="entry"),
        archive.append(make_body(content), kind="page"),
        archive.append(make_body(like_an_answer), kind="entry"),
    ]
    archive.seal()
    with ArchiveReader(folder) as reader:
        pages = [reader.read(ref) for ref in refs]
    assert [page.body for page in pages] == [content, content, like_an_answer]
    assert pages[0].headers == (("content-type", "text/html; charset=utf-8"),)
    assert list(iter_records(folder / refs[0].warc_file)) == pages


def test_a_url_cannot_write_headers_of_its_own(archive: WarcArchive, folder: Path) -> None:
    """It is a stranger's text too."""
    evil = "http://harbour.test/\r\nWARC-Type: warcinfo"
    ref = archive.append(make_body(url=evil, final_url=evil), kind="page")
    (_, (record, _)) = warcio_records(folder, ref)
    assert record.rec_type == "response"
    assert record.rec_headers["X-Newshouse-Url"] == evil.replace("\r\n", "%0D%0A")


def test_warcio_finds_every_digest_right(
    archive: WarcArchive, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its own checker, over the whole file."""
    for kind in ("page", "entry", "feed"):
        ref = archive.append(make_body(kind.encode() * 1000), kind=kind)

    class Command:
        inputs = (str(folder / ref.warc_file),)
        verbose = False

    checker = Checker(Command)
    checker.process_all()
    assert checker.exit_value == 0
    assert "fail" not in capsys.readouterr().out


def test_nothing_new_leaves_no_file(archive: WarcArchive, folder: Path) -> None:
    """A run over unchanged feeds archives nothing."""
    archive.sync()
    assert archive.salvage([]) == archive.seal() == ()
    assert not folder.exists()


def test_records_are_appended_where_their_refs_say(archive: WarcArchive, folder: Path) -> None:
    """End to end, without gaps."""
    refs = [archive.append(make_body(b"x" * n), kind="page") for n in range(5)]
    path = folder / refs[0].warc_file
    assert refs[0].warc_file == "newshouse-20261122T120000-run1-00000.warc.gz"
    for one, following in pairwise(refs):
        assert one.warc_offset + one.warc_length == following.warc_offset
    assert refs[-1].warc_offset + refs[-1].warc_length == path.stat().st_size
    assert [page.ref for page in iter_records(path)] == refs


def test_a_full_file_is_followed_by_another(
    roll: Callable[[int], WarcArchive], folder: Path, reader: ArchiveReader
) -> None:
    """Each starts with its own warcinfo; all refs stay good."""
    archive = roll(2000)
    refs = [archive.append(make_body(os.urandom(900)), kind="page") for _ in range(6)]
    files = sorted(path.name for path in folder.iterdir())
    assert files == [f"newshouse-20261122T120000-run1-0000{n}.warc.gz" for n in range(len(files))]
    assert len(files) > 1
    assert [reader.read(ref).ref for ref in refs] == refs
    assert [file.warc_file for file in archive.seal()] == files
    for name in files:
        with (folder / name).open("rb") as file:
            assert next(iter(ArchiveIterator(file))).rec_type == "warcinfo"


def test_a_second_try_of_a_run_never_writes_into_the_first_ones_file(
    roll: Callable[[int], WarcArchive],
) -> None:
    """The same run id at the same second: after a crash, or by a caller's mistake."""
    first, second = roll(10**6), roll(10**6)
    one, two = first.append(make_body(), kind="page"), second.append(make_body(), kind="page")
    assert one.warc_file != two.warc_file


def test_another_process_reads_a_record_at_once(archive: WarcArchive, folder: Path) -> None:
    """Without sync or close; opening a reader is cheap enough for a worker."""
    ref = archive.append(make_body(b"across"), kind="page")
    program = (
        "import sys, pickle; from pathlib import Path; from etl.archive import ArchiveReader\n"
        "ref = pickle.loads(sys.stdin.buffer.read())\n"
        "sys.stdout.buffer.write(ArchiveReader(Path(sys.argv[1])).read(ref).body)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        input=pickle.dumps(ref),
        capture_output=True,
        check=True,
    )
    assert done.stdout == b"across"


def test_sync_brings_the_file_and_its_name_to_disk(
    archive: WarcArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder once, the file each time."""
    synced: list[bool] = []
    real = os.fsync

    def note(handle: int) -> None:
        synced.append(stat.S_ISDIR(os.fstat(handle).st_mode))
        real(handle)

    monkeypatch.setattr(os, "fsync", note)
    archive.append(make_body(), kind="page")
    archive.sync()
    archive.sync()
    assert synced == [False, True, False]


def test_a_full_disk_leaves_whole_records_only(
    archive: WarcArchive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the next append starts where the last good one ended."""
    good = archive.append(make_body(), kind="page")
    real = os.write

    def half(handle: int, member: memoryview) -> int:
        if len(member) < 200:
            raise OSError(28, "No space left on device")
        return real(handle, member[: len(member) // 2])

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(OSError, match="No space"):
        archive.append(make_body(os.urandom(500)), kind="page")
    monkeypatch.undo()
    again = archive.append(make_body(b"later"), kind="page")
    assert again.warc_offset == good.warc_offset + good.warc_length
    assert [page.ref for page in iter_records(folder / good.warc_file)] == [good, again]


def test_what_is_not_there_or_not_right_is_an_integrity_error(
    archive: WarcArchive, reader: ArchiveReader
) -> None:
    """The text says which file, which byte, and what is wrong."""
    ref = archive.append(make_body(b"one"), kind="page")
    other = archive.append(make_body(b"two"), kind="page")
    wrong = {
        "No such file": replace(ref, warc_file="gone.warc.gz"),
        "the file ends": replace(other, warc_length=other.warc_length + 1),
        "the record is damaged": replace(ref, warc_offset=ref.warc_offset + 1),
        "holds page": replace(ref, page_id=other.page_id),
        "hashes to": replace(ref, sha256=other.sha256),
    }
    for text, asked in wrong.items():
        with pytest.raises(IntegrityError, match=text) as caught:
            reader.read(asked)
        assert f"{asked.warc_file} at byte {asked.warc_offset}" in str(caught.value)


@pytest.mark.parametrize("kind", ["page", "entry"])
def test_a_flipped_bit_is_noticed_or_changes_nothing(
    archive: WarcArchive, folder: Path, kind: PageKind
) -> None:
    """Deflate has bits that mean nothing: padding, and lengths of codes that are not used."""
    ref = archive.append(make_body(os.urandom(500)), kind=kind)
    path = folder / ref.warc_file
    whole = path.read_bytes()
    with ArchiveReader(folder) as reader:
        page = reader.read(ref)
    noticed = 0
    spots = range(ref.warc_offset + 10, ref.warc_offset + ref.warc_length, 7)
    for at in spots:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with ArchiveReader(folder) as reader:
            try:
                assert reader.read(ref) == page
            except IntegrityError:
                noticed += 1
    assert noticed >= 0.95 * len(spots)


def test_a_reader_opens_a_file_once_and_few_at_a_time(
    roll: Callable[[int], WarcArchive], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twelve files, read twice in order."""
    archive = roll(1)
    refs = [archive.append(make_body(bytes([n])), kind="page") for n in range(12)]
    opened: list[str] = []
    real = os.open

    def note(path: Path, *rest: Any) -> int:
        opened.append(Path(path).name)
        return real(path, *rest)

    monkeypatch.setattr(os, "open", note)
    with ArchiveReader(folder) as reader:
        for ref in refs:
            for _ in range(3):
                assert reader.read(ref).ref == ref
        assert opened == [ref.warc_file for ref in refs]
        assert len(reader._open) == 8
