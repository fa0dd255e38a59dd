"""The folder an export is kept in: whole before and after, whenever we are killed.

Everything is made in a folder beside it. Its manifest is written last and is the sign that it is
whole: a next export throws an unfinished one away, and finishes moving a whole one.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from etl.errors import ConfigError, WarehouseBusyError

MANIFEST = "manifest.json"
MADE_BY = "newshouse export"


class ExportFolder:
    """An export, and `fresh` beside it, where the next one's tables are made."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._beside = path.with_name(f".{path.name}.newshouse-export")
        self.fresh = self._beside / "fresh"

    @property
    def manifest(self) -> dict[str, Any] | None:
        """What the last export wrote; None before the first.

        Raises:
            ConfigError: there is a manifest, and it is not one of ours.
        """
        path = self.path / MANIFEST
        try:
            found = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except ValueError:
            found = None
        if not isinstance(found, dict) or found.get("made_by") != MADE_BY:
            raise ConfigError(f"{path} was not written by newshouse; export to another folder")
        return found

    def prepare(self) -> None:
        """Settle what a killed export left, and make room for the next one's tables."""
        if (self._beside / MANIFEST).exists():
            self._move()
        shutil.rmtree(self._beside, ignore_errors=True)
        self.fresh.mkdir(parents=True)

    def check(self, tables: tuple[str, ...]) -> None:
        """Refuse a folder that holds anything an export of ours did not put there.

        Raises:
            ConfigError: it does; the text names it.
        """
        manifest = self.manifest
        ours = set(manifest["tables"]) if manifest else set()
        for entry in sorted(self.path.iterdir()):
            if manifest is None or (entry.name in tables and entry.name not in ours):
                raise ConfigError(
                    f"{self.path} holds {entry.name}, which no export made; "
                    "give a new or an empty folder"
                )

    def commit(self, manifest: dict[str, Any]) -> None:
        """Put the fresh tables in the place of the old ones, and the manifest beside them."""
        draft = self._beside / f"{MANIFEST}.new"
        with draft.open("w", encoding="utf-8") as file:
            json.dump(manifest, file, ensure_ascii=False, indent=1)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._beside / MANIFEST)
        self._move()
        self.discard()

    def discard(self) -> None:
        """Throw away what was made beside, unless it is whole: then the next export moves it."""
        if not (self._beside / MANIFEST).exists():
            shutil.rmtree(self._beside, ignore_errors=True)

    def _move(self) -> None:
        """Move every fresh table to its place; begun again after a kill, it goes on."""
        old = self._beside / "old"
        old.mkdir(exist_ok=True)
        for table in sorted(self.fresh.iterdir()):
            place = self.path / table.name
            if place.exists():
                shutil.rmtree(old / table.name, ignore_errors=True)
                place.rename(old / table.name)
            table.rename(place)
        (self._beside / MANIFEST).replace(self.path / MANIFEST)


@contextmanager
def open_folder(path: Path) -> Iterator[ExportFolder]:
    """Hold the export folder `path`, made if missing, against other exports.

    Raises:
        ConfigError: it cannot be written, or is a file.
        WarehouseBusyError: another export is writing there.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise ConfigError(f"cannot write to {path}: {error.strerror}") from error
    try:
        folder = _take(path, handle)
        try:
            yield folder
        except BaseException:
            folder.discard()
            raise
    finally:
        os.close(handle)


def _take(path: Path, handle: int) -> ExportFolder:
    folder = ExportFolder(path)
    try:
        # On the folder itself: a lock file would lie among the files for others.
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        folder.prepare()
    except BlockingIOError as error:
        raise WarehouseBusyError(f"another export is writing to {path}; wait for it") from error
    except OSError as error:
        raise ConfigError(f"cannot write beside {path}: {error.strerror}") from error
    return folder
