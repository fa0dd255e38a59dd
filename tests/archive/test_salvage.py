"""Sealing a run's files, and cutting back those of runs that were killed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.archive import ArchiveReader, WarcArchive
from etl.archive.check import iter_records
from etl.errors import IntegrityError
from etl.records import KilledRun, PageKind, PageRef, SealedFile

from .conftest import NOW, make_body


def end(ref: PageRef) -> int:
    """Return where the record of `ref` ends."""
    return ref.warc_offset + ref.warc_length


def test_sealed_files_say_what_is_on_disk(roll: Callable[[int], WarcArchive], folder: Path) -> None:
    """Every file of the run, with its digest; twice is the same, and then nothing more."""
    archive = roll(1)
    refs = [archive.append(make_body(bytes([n])), kind="page") for n in range(3)]
    sealed = archive.seal()
    for ref, file in zip(refs, sealed, strict=True):
        content = (folder / ref.warc_file).read_bytes()
        assert file == SealedFile(
            warc_file=ref.warc_file,
            run_id="run1",
            file_bytes=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
    assert archive.seal() == sealed
    with pytest.raises(RuntimeError, match="sealed"):
        archive.append(make_body(), kind="page")


def test_a_killed_run_is_cut_back_to_what_is_accounted_for(
    roll: Callable[[int], WarcArchive], folder: Path
) -> None:
    """The torn end goes, records nobody loaded go, and a file of only those goes whole."""
    killed, archive = roll(900), WarcArchive(folder, run_id="run2", now=NOW)
    kinds: tuple[PageKind, ...] = ("entry", "page", "page", "entry")
    refs = [killed.append(make_body(b"x" * n), kind=kind) for n, kind in enumerate(kinds)]
    kept, cut, gone = refs[0], refs[1], refs[-1]
    assert kept.warc_file == cut.warc_file != gone.warc_file
    with (folder / kept.warc_file).open("ab") as file:
        file.write(b"\x1f\x8b torn")
    accounted = KilledRun(run_id="run1", kept_bytes=((kept.warc_file, end(kept)),))
    (left,) = archive.salvage([accounted])
    path = folder / kept.warc_file
    assert [page.ref for page in iter_records(path)] == [kept]
    assert left.file_bytes == path.stat().st_size == end(kept)
    assert left.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [each.name for each in folder.iterdir()] == [kept.warc_file]
    assert archive.salvage([accounted]) == (left,)


def test_other_runs_files_are_left_alone(folder: Path, reader: ArchiveReader) -> None:
    """Also of a run whose id ends like the killed one's."""
    others = [WarcArchive(folder, run_id=name, now=NOW) for name in ("b", "a-b", "b-00000")]
    refs = [other.append(make_body(), kind="page") for other in others]
    assert others[1].salvage([KilledRun(run_id="00000", kept_bytes=())]) == ()
    assert others[1].salvage([KilledRun(run_id="b", kept_bytes=())]) == ()
    assert [reader.read(ref).ref for ref in refs[1:]] == refs[1:]
    with pytest.raises(IntegrityError):
        reader.read(refs[0])


def test_a_run_killed_before_its_first_page_leaves_nothing(archive: WarcArchive) -> None:
    """Not even the folder."""
    assert archive.salvage([KilledRun(run_id="x", kept_bytes=())]) == ()


def test_a_file_that_lost_what_is_accounted_for_is_damage(
    archive: WarcArchive, folder: Path
) -> None:
    """Missing or too short: it is not cut, and the text names it."""
    ref = archive.append(make_body(), kind="page")
    short = KilledRun(run_id="run1", kept_bytes=((ref.warc_file, end(ref) + 1),))
    with pytest.raises(IntegrityError, match=ref.warc_file):
        archive.salvage([short])
    assert (folder / ref.warc_file).stat().st_size == end(ref)
    missing = KilledRun(run_id="run1", kept_bytes=(("gone.warc.gz", 5),))
    with pytest.raises(IntegrityError, match=r"gone\.warc\.gz is missing"):
        archive.salvage([missing])
