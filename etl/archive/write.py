"""Appends answers to the archive."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from etl.archive.page import as_kept, encode_info, encode_page, name_page
from etl.archive.record import pack
from etl.archive.redact import redact_records
from etl.archive.salvage import cut_back, file_name, sync_folder
from etl.records import (
    Body,
    KilledRun,
    PageKind,
    PageRef,
    RedactedFile,
    Redaction,
    SealedFile,
)

_ROLL_BYTES = 512_000_000


class WarcArchive:
    """The `Archive` of one run: WARC files that only this run writes.

    A run that archives nothing leaves no file. Each record is with the operating system when
    `append` returns, so another process can read it at once; it is on disk after `sync`.

    Args:
        folder: where the files lie; made if missing.
        run_id: part of the file names and of each file's warcinfo.
        now: the run's time, aware; part of them too.
        roll_bytes: size from which a new file is started.
    """

    def __init__(
        self, folder: Path, *, run_id: str, now: datetime, roll_bytes: int = _ROLL_BYTES
    ) -> None:
        self._folder = folder
        self._run_id = run_id
        self._now = now.astimezone(UTC)
        self._roll_bytes = roll_bytes
        self._serial = 0
        self._file: _OpenFile | None = None
        self._is_folder_synced = True
        self._sealed: list[SealedFile] = []
        self._is_sealed = False

    def append(self, body: Body, *, kind: PageKind) -> PageRef:
        """Write one record and return its address; durable only after `sync`.

        Of a text that a feed carried (kind "entry") the URLs, the time and the content are kept,
        which is HTML in UTF-8; it comes back with status 200 and that content type.

        Raises:
            OSError: it could not be written; the file ends with the last whole record.
            RuntimeError: the archive is sealed.
        """
        if self._is_sealed:
            raise RuntimeError("this archive is sealed")
        file = self._roomy_file()
        body = as_kept(body, kind)
        ref = name_page(body, kind)
        offset = file.length
        file.write(pack(encode_page(body, ref, record_id=uuid4(), info_id=file.info_id)))
        return replace(
            ref, warc_file=file.name, warc_offset=offset, warc_length=file.length - offset
        )

    def sync(self) -> None:
        """Return once every appended record is on disk."""
        if self._file is not None:
            self._file.sync()
        if not self._is_folder_synced:
            sync_folder(self._folder)
            self._is_folder_synced = True

    def seal(self) -> tuple[SealedFile, ...]:
        """Close this run's files, on disk, and return them; nothing can be appended afterwards.

        Sealing twice returns the same.
        """
        self._is_sealed = True
        self._close_file()
        return tuple(self._sealed)

    def salvage(self, killed: Sequence[KilledRun]) -> tuple[SealedFile, ...]:
        """Cut killed runs' files after the last record accounted for, and return what is left.

        A file with nothing accounted for is removed. Doing it again changes nothing.

        Raises:
            IntegrityError: a file is missing, or shorter than what is accounted for.
        """
        return cut_back(self._folder, killed)

    def redact(self, redactions: Sequence[Redaction]) -> tuple[RedactedFile, ...]:
        """Overwrite records, of this run once it is sealed or of any other; see `redact`.

        Raises:
            IntegrityError: a file is missing or too short.
        """
        return redact_records(self._folder, redactions)

    def _roomy_file(self) -> _OpenFile:
        if self._file is not None and self._file.length >= self._roll_bytes:
            self._close_file()
        if self._file is None:
            self._file = self._start_file()
        return self._file

    def _start_file(self) -> _OpenFile:
        self._folder.mkdir(parents=True, exist_ok=True)
        while True:
            path = self._folder / file_name(self._now, self._run_id, self._serial)
            self._serial += 1
            try:
                file = _OpenFile(path)
            except FileExistsError:  # of an earlier try of the same run: never written into
                continue
            break
        self._is_folder_synced = False
        info = encode_info(
            file_name=file.name, record_id=file.info_id, run_id=self._run_id, now=self._now
        )
        file.write(pack(info))
        return file

    def _close_file(self) -> None:
        if self._file is None:
            return
        self.sync()
        self._sealed.append(self._file.close(run_id=self._run_id))
        self._file = None


class _OpenFile:
    """A new WARC file being written: whole gzip members, one after the other."""

    def __init__(self, path: Path) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND
        self.name = path.name
        self.info_id: UUID = uuid4()
        self.length = 0
        self._handle = os.open(path, flags, 0o644)
        # Hashed on the way in: sealing a full file need not read it again.
        self._digest = hashlib.sha256()

    def write(self, member: bytes) -> None:
        """Append a member, whole or not at all."""
        left = memoryview(member)
        try:
            while left:
                left = left[os.write(self._handle, left) :]
        except OSError:
            # A full disk: what is there stays readable to its last whole record.
            os.ftruncate(self._handle, self.length)
            raise
        self._digest.update(member)
        self.length += len(member)

    def sync(self) -> None:
        os.fsync(self._handle)

    def close(self, *, run_id: str) -> SealedFile:
        os.close(self._handle)
        return SealedFile(
            warc_file=self.name,
            run_id=run_id,
            file_bytes=self.length,
            sha256=self._digest.hexdigest(),
        )
