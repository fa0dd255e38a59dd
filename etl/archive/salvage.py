"""The files of runs that were killed: cut back to what the warehouse knows of them.

A killed run's last records may be torn, or whole but never loaded. The next run fetches those
pages again; left in, a rebuild from the archive would find pages nobody counted.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from etl.archive.check import file_digest
from etl.errors import IntegrityError
from etl.records import KilledRun, SealedFile

_SUFFIX = ".warc.gz"


def file_name(now: datetime, run_id: str, serial: int) -> str:
    """Return the name of a run's `serial`-th file; `now` is the run's time in UTC."""
    return f"newshouse-{now:%Y%m%dT%H%M%S}-{run_id}-{serial:05d}{_SUFFIX}"


def cut_back(folder: Path, killed: Sequence[KilledRun]) -> tuple[SealedFile, ...]:
    """Cut each file after its last record accounted for; remove those that have none.

    Returns the files that are left, by run and then by name. Cutting twice changes nothing.

    Raises:
        IntegrityError: a file is missing, or shorter than what is accounted for.
    """
    sealed = tuple(file for run in killed for file in _cut_run(folder, run))
    if killed and folder.exists():
        sync_folder(folder)
    return sealed


def sync_folder(folder: Path) -> None:
    """Return once the names in `folder` are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _cut_run(folder: Path, run: KilledRun) -> Iterator[SealedFile]:
    kept = dict(run.kept_bytes)
    for name in sorted({*kept, *_names_of(folder, run.run_id)}):
        path = folder / name
        if not kept.get(name):
            path.unlink(missing_ok=True)
            continue
        _cut(path, kept[name])
        sha256, file_bytes = file_digest(path)
        yield SealedFile(warc_file=name, run_id=run.run_id, file_bytes=file_bytes, sha256=sha256)


def _cut(path: Path, length: int) -> None:
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        detail = f"{length:,} bytes of it are accounted for"
        raise IntegrityError(f"{path.name} is missing: {detail}") from error
    if size < length:
        detail = f"{length:,} bytes are accounted for"
        raise IntegrityError(f"{path.name} has {size:,} bytes: {detail}")
    with path.open("r+b") as file:
        file.truncate(length)
        os.fsync(file.fileno())


def _names_of(folder: Path, run_id: str) -> list[str]:
    if not folder.exists():
        return []
    return [
        path.name
        for path in folder.iterdir()
        # The time stamp and the serial number have no hyphen; a run id may.
        if path.name.endswith(_SUFFIX)
        and path.name.startswith("newshouse-")
        and path.name.removeprefix("newshouse-").partition("-")[2].rpartition("-")[0] == run_id
    ]
