"""The published warehouse as files for others: a folder a table, and a manifest."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from etl.errors import ConfigError, WarehouseError
from etl.ports import Progress
from etl.store.export_files import FileFormat, RowWriter, TableFiles
from etl.store.export_folder import MADE_BY, ExportFolder, open_folder
from etl.store.export_tables import PLANS, Plan, choose_tables, describe_columns, read_comment
from etl.store.meanings import read_meanings
from etl.store.read import reading
from etl.store.sql import Connection, fetch_rows

LAST = "last"
"""In place of a time: since the last export into the same folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What became of one table.

    Attributes:
        rows: rows in its files now.
        new_rows: those this export wrote anew.
        since_column: the times that told what is new; None = the whole table was written.
    """

    table: str
    rows: int
    new_rows: int
    files: int
    bytes: int
    since_column: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A finished export; `since` None = everything, else the time that was reached back to."""

    exported_at: datetime
    published_at: datetime
    since: datetime | None
    tables: tuple[Exported, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    con: Connection
    folder: ExportFolder
    form: FileFormat
    since: datetime | None
    head: dict[str, Any]
    stem: str
    write_rows: RowWriter


def export_tables(
    published: Path,
    target: Path,
    *,
    form: FileFormat,
    tables: Sequence[str],
    since: datetime | str | None,
    now: datetime,
    write_rows: RowWriter,
    tell: Progress,
) -> Export:
    """Write views of one snapshot into the folder `target`, all of them or none.

    Args:
        published: the snapshot; a run may replace it meanwhile, this export stays with the old one.
        target: an empty or new folder, or one that an export wrote; its other tables stay.
        form: what the files are.
        tables: views; none = those that hold news.
        since: only what runs published after it; `LAST` = what the last export has not. Rows that
            changed, or are gone, leave the files of the last export.
        now: names the new files.
        write_rows: writes CSV or JSONL.
        tell: is told of every table.

    Raises:
        ConfigError: an argument is wrong, or the folder is not ours to write.
        WarehouseBusyError: another export is writing there.
        WarehouseError: there is no warehouse, or it cannot be read.
    """
    with reading(published) as con:
        published_at = datetime.fromtimestamp(published.stat().st_mtime, UTC)
        chosen = choose_tables(con, tables)
        with open_folder(target.resolve()) as folder:
            folder.check(chosen)
            manifest = folder.manifest or {"made_by": MADE_BY, "tables": {}}
            reached = _reach(con, _start(since, manifest["tables"], chosen, form))
            head = {
                "exported_at": now.isoformat(),
                "published_at": published_at.isoformat(),
                "watermark": _watermark(con),
                "since": reached.isoformat() if reached else None,
            }
            task = _Task(
                con=con, folder=folder, form=form, since=reached, head=head,
                stem=f"{now.astimezone(UTC):%Y%m%dT%H%M%S%fZ}", write_rows=write_rows,
            )  # fmt: skip
            tell.begin("exporting", len(chosen))
            done = []
            for table in chosen:
                entry, exported = _export(task, table, manifest["tables"].get(table))
                manifest["tables"][table] = entry
                done.append(exported)
                tell.advance(1)
            manifest |= {
                "newshouse_version": version("newshouse"),
                "format": form,
                "forgotten": _list_forgotten(con),
                **head,
            }
            folder.commit(manifest)
    return Export(exported_at=now, published_at=published_at, since=reached, tables=tuple(done))


def _start(
    since: datetime | str | None, held: dict[str, Any], chosen: Sequence[str], form: FileFormat
) -> datetime | None:
    """Return the time asked for; None = everything."""
    if since is None:
        return None
    for table in chosen:
        if table in held and held[table]["format"] != form:
            raise ConfigError(
                f"{table} lies there as {held[table]['format']}; --since adds to it only in the "
                f"same format: add --format {held[table]['format']}, or export all anew"
            )
    if isinstance(since, datetime):
        return since
    missing = [table for table in chosen if table not in held]
    if missing:
        raise ConfigError(
            f"no export of {missing[0]} lies there that --since {since} could go on from; "
            "leave --since away the first time"
        )
    marks = [held[table]["watermark"] for table in chosen]
    return None if None in marks else datetime.fromisoformat(min(marks))


def _reach(con: Connection, since: datetime | None) -> datetime | None:
    """Return how far back to look for what was published after `since`."""
    if since is None:
        return None
    (row,) = fetch_rows(con, "begin_export", since=since)
    reached = row["since_at"]
    assert isinstance(reached, datetime)
    return reached.astimezone(UTC)


def _watermark(con: Connection) -> str | None:
    (row,) = fetch_rows(con, "read_watermark")
    return row["watermark"].astimezone(UTC).isoformat() if row["watermark"] else None


def _list_forgotten(con: Connection) -> list[dict[str, str]]:
    """Return what was ever forgotten, so that whoever has older files can delete it there."""
    return [
        {
            "article_id": row["article_id"],
            "forgotten_at": row["forgotten_at"].astimezone(UTC).isoformat(),
            "reason": row["reason"],
        }
        for row in fetch_rows(con, "list_tombstones")
    ]


def _has_forgotten_since(con: Connection, held: dict[str, Any]) -> bool:
    """Return whether files of an earlier export may hold what was forgotten after it."""
    return any(one["forgotten_at"] >= held["published_at"] for one in _list_forgotten(con))


def _export(
    task: _Task, table: str, held: dict[str, Any] | None
) -> tuple[dict[str, Any], Exported]:
    """Make the fresh folder of one table and return its place in the manifest."""
    plan = PLANS.get(table, Plan())
    files = TableFiles(
        con=task.con, table=table, plan=plan, form=task.form, folder=task.folder.fresh / table,
        write_rows=task.write_rows,
    )  # fmt: skip
    files.folder.mkdir()
    columns = [asdict(one) for one in describe_columns(task.con, table, read_meanings(task.con))]
    is_part = task.since is not None and bool(plan.key)
    if is_part and held is not None and _has_forgotten_since(task.con, held):
        is_part = False  # no file of the last export is kept: it may hold it
    try:
        _write(task, files, held, columns=columns, is_part=is_part)
        listed = files.describe()
    except duckdb.Error as error:
        raise WarehouseError(f"cannot export {table}: {error}") from error
    entry = {
        "comment": read_comment(task.con, table),
        "format": task.form,
        **task.head,
        "since_column": plan.column if is_part else None,
        "key": list(plan.key) or None,
        "month_of": plan.month if task.form == "parquet" else None,
        "rows": sum(file["rows"] for file in listed),
        "columns": columns,
        "files": listed,
    }
    return entry, Exported(
        table=table,
        rows=entry["rows"],
        new_rows=sum(file["rows"] for file in listed if task.stem in file["path"]),
        files=len(listed),
        bytes=sum(file["bytes"] for file in listed),
        since_column=entry["since_column"],
    )


def _write(
    task: _Task,
    files: TableFiles,
    held: dict[str, Any] | None,
    *,
    columns: list[dict[str, Any]],
    is_part: bool,
) -> None:
    if not is_part:
        files.write("", task.stem)
    else:
        files.find_changed()
        key = ", ".join(files.plan.key)
        if task.con.execute("FROM export_changed LIMIT 1").fetchone():
            files.write(f"SEMI JOIN export_changed USING ({key})", task.stem)
        if held is not None:
            is_same = held["columns"] == columns
            files.keep(task.folder.path, held["files"], is_same_shape=is_same)
    if not any(path.is_file() for path in files.folder.rglob("*")):
        shutil.rmtree(files.folder)
        files.folder.mkdir()
        files.write_empty(task.stem)
