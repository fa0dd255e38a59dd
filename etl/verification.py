"""Whether everything kept still is what it was: the warehouse, its snapshot, the archive.

Sits beside the flows, above the rooms, because it compares what two of them keep.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from etl.archive import ArchiveReader
from etl.archive.check import file_digest
from etl.archive.redact import find_fault
from etl.errors import (
    ConfigError,
    IntegrityError,
    RedactedError,
    WarehouseBusyError,
    WarehouseError,
)
from etl.home import Home
from etl.ports import Progress
from etl.records import PageRef, SealedFile
from etl.store.check import (
    Finding,
    Snapshot,
    check_live,
    count_pages,
    iter_page_refs,
    list_checks,
    open_snapshot,
    read_sealed_files,
    read_unfinished_runs,
    run_check,
)
from etl.store.connect import open_reader, writer_lock
from etl.store.content import ContentHash, hash_content
from etl.store.forget import find_redactions
from etl.store.migrate import explain_age
from etl.store.publish import is_ahead
from etl.store.rewrite import is_forgetting
from etl.store.sql import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One check: what it found (nothing when all is well), and what it could not look at."""

    check: str
    findings: tuple[Finding, ...] = ()
    note: str | None = None


def verify(home: Home, *, deep: bool, tell: Progress) -> tuple[Checked, ...]:
    """Check the warehouse and the archive of a home, change nothing, and return every check.

    While a run is writing only what is published is checked. After a run that was cut short the
    writer's database rightly holds more than the snapshot, so the checks are run on both.

    Args:
        home: where.
        deep: read every archived record too, and compare its body with the warehouse's digest.
        tell: is told how far it is.

    Raises:
        ConfigError: there is no warehouse here.
    """
    if not home.published.exists() and not home.live.exists():
        raise ConfigError(
            f"there is no warehouse in {home.path}; make one with `newshouse init`, or name its "
            "home with --home DIR"
        )
    with ExitStack() as lock:
        is_locked = _take_lock(lock, home)
        ahead = is_locked and is_ahead(home.live)
        tell.begin("comparing with the manifest", None)
        try:
            snapshot = open_snapshot(home.live, home.published)
        except (OSError, WarehouseError) as error:
            fault = _finding("published_bytes", home.published.name, f"cannot be read: {error}")
            return (Checked(check="published_bytes", findings=(fault,)),)
        checked = [Checked(check="published_bytes", findings=snapshot.findings)]
        checked.append(_check_live(home, snapshot, is_locked=is_locked, ahead=ahead))
        on_disk = _list_files(home) if is_locked else None
        if not ahead:
            # A run may begin: what we opened stays ours, and sealed files never change.
            lock.close()
        with snapshot.con as con:
            checked += _run_checks(con, tell)
            newest = _open_newest(home, con, ahead=ahead)
            if newest is not con:
                checked += _run_checks(newest, tell, of=" (unpublished)")
            checked += _check_archive(home, newest, on_disk, tell)
            if deep:
                records = tuple(_read_records(home, newest, tell))
                checked.append(Checked(check="archive_records", findings=records))
            newest.close()
    return tuple(checked)


def hash_published(home: Home, *, tell: Progress) -> ContentHash:
    """Return the content hash of what a home has published; see `store.content`.

    Raises:
        WarehouseError: nothing is published, or it cannot be read.
    """
    tell.begin("hashing the content", None)
    with open_reader(home.published) as con:
        return hash_content(con)


def _take_lock(stack: ExitStack, home: Home) -> bool:
    """Return whether nobody is writing; then nobody can until `stack` is closed."""
    try:
        stack.enter_context(writer_lock(home.live.parent))
    except WarehouseBusyError:
        return False
    return True


def _check_live(home: Home, snapshot: Snapshot, *, is_locked: bool, ahead: bool) -> Checked:
    if not is_locked:
        return Checked(check="live_rows", note="not checked: a run is writing")
    if ahead and (age := explain_age(snapshot.con)):
        return Checked(check="live_rows", note=f"not checked: {age}")
    note = "the last run was cut short; what it loaded is checked, the next run publishes it"
    if is_forgetting(home.live):
        note = "not checked: `forget` was cut short; the next one, or the next run, finishes it"
        return Checked(check="live_rows", note=note)
    findings = check_live(home.live, snapshot, ahead=ahead)
    return Checked(check="live_rows", findings=findings, note=note if ahead else None)


def _open_newest(home: Home, published: Connection, *, ahead: bool) -> Connection:
    """Return the writer's database when it rightly holds more, else what is published."""
    if not ahead:
        return published
    try:
        return open_reader(home.live)
    except WarehouseError:
        return published  # live_rows has said so


def _run_checks(con: Connection, tell: Progress, *, of: str = "") -> Iterator[Checked]:
    if age := explain_age(con):
        # The claims are about tables of this version; what lies there is still hashed and read.
        yield Checked(check=f"claims{of}", note=f"not checked: {age}")
        return
    names = list_checks()
    tell.begin(f"running checks{of}", len(names))
    for name in names:
        yield Checked(check=f"{name}{of}", findings=run_check(con, name))
        tell.advance(1)


def _list_files(home: Home) -> frozenset[str]:
    return frozenset(path.name for path in home.archive.glob("*") if path.is_file())


def _check_archive(
    home: Home, con: Connection, on_disk: frozenset[str] | None, tell: Progress
) -> Iterator[Checked]:
    sealed = read_sealed_files(con)
    # Half way through, a file has neither the digest it had nor the one it will have.
    torn = {one.warc_file for one in find_redactions(con)}
    whole = tuple(file for file in sealed if file.warc_file not in torn)
    note = f"{len(torn)} files wait for records to be redacted" if torn else None
    found = tuple(_check_files(home, whole, tell))
    yield Checked(check="archive_files", findings=found, note=note)
    if on_disk is None:
        yield Checked(check="archive_strays", note="not checked: a run is writing")
    else:
        yield Checked(check="archive_strays", findings=_find_strays(con, sealed, on_disk))


def _check_files(home: Home, sealed: tuple[SealedFile, ...], tell: Progress) -> Iterator[Finding]:
    tell.begin("hashing the archive", len(sealed))
    for file in sealed:
        fault = _file_fault(home, file)
        if fault is not None and not _is_rewritten(home, file):
            yield _finding("archive_files", file.warc_file, fault)
        tell.advance(1)


def _file_fault(home: Home, file: SealedFile) -> str | None:
    path = home.archive / file.warc_file
    try:
        sha256, file_bytes = file_digest(path)
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if file_bytes != file.file_bytes:
        return f"has {file_bytes:,} bytes, not {file.file_bytes:,}"
    if sha256 != file.sha256:
        return f"its bytes were changed: SHA-256 {sha256[:12]}…, not {file.sha256[:12]}…"
    return None


def _is_rewritten(home: Home, file: SealedFile) -> bool:
    """Return whether `forget` is at work, or was since we began to look: then digests change."""
    if is_forgetting(home.live):
        return True
    with open_reader(home.published) as con:
        now = {one.warc_file: one for one in read_sealed_files(con)}.get(file.warc_file)
    return now is not None and now != file and _file_fault(home, now) is None


def _find_strays(
    con: Connection, sealed: tuple[SealedFile, ...], on_disk: frozenset[str]
) -> tuple[Finding, ...]:
    """Return the files of the archive that belong to no run; a killed run's wait to be sealed."""
    unfinished = read_unfinished_runs(con)
    strays = sorted(on_disk - {file.warc_file for file in sealed})
    return tuple(
        _finding("archive_strays", name, "the warehouse does not know this file")
        for name in strays
        if not any(run_id in name for run_id in unfinished)
    )


def _read_records(home: Home, con: Connection, tell: Progress) -> Iterator[Finding]:
    tell.begin("reading every record", count_pages(con))
    waiting = {one.page_id for one in find_redactions(con)}
    redacted = {one.page_id: one for one in find_redactions(con, is_done=True)}
    with ArchiveReader(home.archive) as reader:
        for ref in iter_page_refs(con):
            if ref.page_id in redacted:
                fault = find_fault(home.archive, redacted[ref.page_id])
            else:
                fault = None if ref.page_id in waiting else _record_fault(home, reader, ref)
            if fault is not None:
                yield _finding("archive_records", f"page {ref.page_id}", fault)
            tell.advance(1)


def _record_fault(home: Home, reader: ArchiveReader, ref: PageRef) -> str | None:
    try:
        reader.read(ref)
    except RedactedError as error:
        return None if _is_redacted_since(home, ref) else str(error)
    except IntegrityError as error:
        return str(error)
    return None


def _is_redacted_since(home: Home, ref: PageRef) -> bool:
    """Return whether `forget` is at work, or did this since we began to look."""
    if is_forgetting(home.live):
        return True
    with open_reader(home.published) as con:
        return ref.page_id in {one.page_id for one in find_redactions(con, is_done=True)}


def _finding(check: str, subject: str, detail: str) -> Finding:
    return Finding(check=check, subject=subject, detail=detail)
