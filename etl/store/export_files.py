"""The files of one exported table: written new, kept, or written again without stale rows."""

# ruff: noqa: S608 - the SQL is put together from names of our own; values are parameters

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TextIO

from etl.store.adhoc import Result, take_result
from etl.store.export_tables import Plan
from etl.store.publish import digest_file
from etl.store.sql import Connection

FileFormat = Literal["parquet", "csv", "jsonl"]
RowWriter = Callable[[Result, TextIO], int]
"""Writes a result as CSV or JSONL, and returns its rows."""

MAX_LINE_BYTES = 1 << 24
"""Longest CSV or JSONL row read back: DuckDB stops at 2 MB, and has room for 16 of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFiles:
    """Writes the files of the view `table`, in `folder`, in one format.

    Attributes:
        con: the snapshot.
        write_rows: writes formats that DuckDB does not write as the other commands do.
    """

    con: Connection
    table: str
    plan: Plan
    form: FileFormat
    folder: Path
    write_rows: RowWriter

    def write(self, rows: str, stem: str) -> None:
        """Write what `FROM main.<table> <rows>` gives; Parquet a month a folder."""
        if self.form != "parquet":
            self._write_text(rows, self.folder / f"{stem}.{self.form}")
        elif self.plan.month is None:
            self._copy(f"FROM main.{self.table} {rows}", self.folder / f"{stem}.parquet", "")
        else:
            self._copy(
                f"SELECT *, strftime({self.plan.month}, '%Y-%m') AS month "
                f"FROM main.{self.table} {rows}",
                self.folder,
                f", PARTITION_BY (month), FILENAME_PATTERN '{stem}-{{i}}', OVERWRITE_OR_IGNORE",
            )

    def write_empty(self, stem: str) -> None:
        """Write a file without rows, so that whoever opens the folder finds its columns."""
        self._write_one("WHERE false", self.folder / f"{stem}.{self.form}")

    def keep(self, old: Path, paths: Iterable[dict[str, Any]], *, is_same_shape: bool) -> None:
        """Take over the files of the last export, without rows that changed or are gone.

        Args:
            old: the folder of the last export; a file that is no longer there is passed over.
            paths: its files of this table, as the manifest lists them.
            is_same_shape: the columns are what they were.
        """
        rows = {
            str(old / file["path"]): file["rows"]
            for file in paths
            if file["rows"] and (old / file["path"]).exists()
        }
        if not rows or not self.plan.key:
            return
        self._read_keys(list(rows))
        for name, valid in self._count_valid().items():
            path = self.folder / Path(name).relative_to(old / self.table)
            path.parent.mkdir(parents=True, exist_ok=True)
            if valid == rows[name] and is_same_shape:
                _link(Path(name), path)
            else:
                key = ", ".join(self.plan.key)
                self.con.execute(
                    f"CREATE OR REPLACE TEMP TABLE export_kept AS SELECT {key} FROM export_held "
                    f"ANTI JOIN export_changed USING ({key}) WHERE filename = $name",
                    {"name": name},
                )
                self._write_one(f"SEMI JOIN export_kept USING ({key})", path)

    def find_changed(self) -> None:
        """Put the keys of rows that changed since into the table `export_changed`."""
        key = ", ".join(self.plan.key)
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE export_changed AS "
            f"SELECT DISTINCT {key} FROM main.{self.table} {self.plan.changed}"
        )

    def describe(self) -> list[dict[str, Any]]:
        """Return path, rows, bytes and SHA-256 of every file, paths under the export's folder."""
        return [
            {
                "path": path.relative_to(self.folder.parent).as_posix(),
                "rows": self._count(path),
                "bytes": path.stat().st_size,
                "sha256": digest_file(path),
            }
            for path in sorted(self.folder.rglob(f"*.{self.form}"))
        ]

    def _write_one(self, rows: str, path: Path) -> None:
        if self.form == "parquet":
            self._copy(f"FROM main.{self.table} {rows}", path, "")
        else:
            self._write_text(rows, path)

    def _write_text(self, rows: str, path: Path) -> None:
        result = take_result(self.con.execute(f"FROM main.{self.table} {rows}"))
        with path.open("w", encoding="utf-8", newline="") as out:
            self.write_rows(result, out)

    def _copy(self, query: str, path: Path, options: str) -> None:
        self.con.execute(
            f"COPY ({query}) TO $path (FORMAT parquet, COMPRESSION zstd{options})",
            {"path": str(path)},
        )

    def _read_keys(self, files: list[str]) -> None:
        key = ", ".join(self.plan.key)
        # The empty table first: its types are the view's, whatever the files' are.
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE export_held AS "
            f"SELECT {key}, '' AS filename FROM main.{self.table} LIMIT 0"
        )
        self.con.execute(
            f"INSERT INTO export_held SELECT DISTINCT {key}, filename FROM {self._reader()}",
            {"files": files},
        )

    def _reader(self) -> str:
        match self.form:
            case "parquet":
                return "read_parquet($files, filename = true, hive_partitioning = false)"
            case "csv":
                return (
                    "read_csv($files, filename = true, header = true, all_varchar = true, "
                    "delim = ',', quote = '\"', escape = '\"', parallel = false, "
                    f"union_by_name = true, max_line_size = {MAX_LINE_BYTES})"
                )
            case "jsonl":
                columns = ", ".join(f"{name}: 'VARCHAR'" for name in self.plan.key)
                return (
                    f"read_ndjson($files, filename = true, columns = {{{columns}}}, "
                    f"maximum_object_size = {MAX_LINE_BYTES})"
                )

    def _count_valid(self) -> dict[str, int]:
        """Return how many rows of each old file are as they were; files with none are not in it."""
        key = ", ".join(self.plan.key)
        found = self.con.execute(
            f"SELECT filename, count(*) FROM main.{self.table} "
            f"JOIN export_held USING ({key}) ANTI JOIN export_changed USING ({key}) "
            "GROUP BY filename"
        )
        return dict(found.fetchall())

    def _count(self, path: Path) -> int:
        if self.form == "parquet":
            query = "SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata($files)"
        elif self.form == "csv":
            query = f"SELECT count(*) FROM {self._reader()}"
        else:
            # A line a row: `dump_json` writes no line break inside one.
            with path.open("rb") as file:
                return sum(1 for _ in file)
        (count,) = self.con.execute(query, {"files": [str(path)]}).fetchone() or (0,)
        return int(count)


def _link(old: Path, new: Path) -> None:
    """Give a file that stays a second name; a file system without links gets a copy."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
