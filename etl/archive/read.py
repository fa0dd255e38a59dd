"""Reads pages back from their addresses."""

from __future__ import annotations

import hashlib
import os
from collections import OrderedDict
from pathlib import Path
from types import TracebackType
from typing import Self

from etl.archive.answer import HttpAnswer
from etl.archive.page import answer_of
from etl.archive.record import Record, decode_record, one_line, unpack, warc_date
from etl.archive.redact import is_redacted
from etl.errors import IntegrityError, RedactedError
from etl.records import Page, PageRef

_OPEN_FILES = 8


class ArchiveReader:
    """Reads an archive folder. Costs nothing until the first read; not for several threads.

    The latest few files stay open, so reading a batch of refs from one file opens it once.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: OrderedDict[str, int] = OrderedDict()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def read(self, ref: PageRef) -> Page:
        """Return the page at `ref`, headers as the server sent them, `hints` None.

        Raises:
            RedactedError: what it held was forgotten (`newshouse forget`).
            IntegrityError: the record is missing, damaged, or not the one `ref` names.
        """
        where = f"{ref.warc_file} at byte {ref.warc_offset:,}"
        try:
            member = os.pread(self._file(ref.warc_file), ref.warc_length, ref.warc_offset)
        except OSError as error:
            raise IntegrityError(f"{where}: cannot be read: {error.strerror}") from error
        if len(member) < ref.warc_length:
            detail = f"the file ends after {len(member):,} of {ref.warc_length:,} bytes"
            raise IntegrityError(f"{where}: {detail}")
        try:
            record = decode_record(unpack(member))
            if is_redacted(record):
                raise RedactedError(
                    f"{where}: page {ref.page_id} was forgotten, its record is empty"
                )
            answer = answer_of(record)
        except ValueError as error:
            raise IntegrityError(f"{where}: the record is damaged: {error}") from error
        _check(ref, record, answer, where)
        return Page(ref=ref, headers=answer.headers, body=answer.body)

    def close(self) -> None:
        """Close the files; reading again opens them again."""
        while self._open:
            os.close(self._open.popitem()[1])

    def _file(self, name: str) -> int:
        known = self._open.get(name)
        if known is not None:
            self._open.move_to_end(name)
            return known
        opened = self._open[name] = os.open(self._folder / name, os.O_RDONLY)
        if len(self._open) > _OPEN_FILES:
            os.close(self._open.popitem(last=False)[1])
        return opened


def _check(ref: PageRef, record: Record, answer: HttpAnswer, where: str) -> None:
    page_id = record.headers.get("x-newshouse-page-id")
    if page_id != ref.page_id:
        raise IntegrityError(f"{where}: holds page {page_id}, not {ref.page_id}")
    for name, wanted in (
        ("x-newshouse-kind", ref.kind),
        ("x-newshouse-url", one_line(ref.url)),
        ("warc-target-uri", one_line(ref.final_url)),
        ("warc-date", warc_date(ref.fetched_at)),
    ):
        if record.headers.get(name) != wanted:
            raise IntegrityError(f"{where}: its {name} is {record.headers.get(name)}, not {wanted}")
    sha256 = hashlib.sha256(answer.body).hexdigest()
    if sha256 != ref.sha256:
        raise IntegrityError(f"{where}: the body hashes to {sha256}, not {ref.sha256}")
