"""A small database and its publications, also in a process that is killed in their midst."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import duckdb

from etl.store import blocks, publish
from etl.store.publish import publish_snapshot, read_manifest
from etl.store.snapshots import find_kept, folder_of
from tests.store.desk import NOON

EDITS = {
    "insert": "INSERT INTO t SELECT i, md5(i::VARCHAR) || $n FROM range($n) AS r(i)",
    "delete": "DELETE FROM t WHERE id % 3 = $n % 3",
    "update": "UPDATE t SET name = name || $n WHERE id % 7 = $n % 7",
    "drop": "CREATE OR REPLACE TABLE t AS SELECT $n::BIGINT AS id, 'x' AS name",
}


@dataclass
class Office:
    """A writer's database under `data`, closed between edits, and a clock that goes forward."""

    data: Path
    keep: int = 2
    now: datetime = NOON

    QUESTION: ClassVar[str] = "SELECT count(*), sum(id)::BIGINT, bit_xor(hash(name)) FROM t"

    def __post_init__(self) -> None:
        self.live.parent.mkdir(parents=True, exist_ok=True)
        with duckdb.connect(self.live) as con:
            con.execute("CREATE TABLE IF NOT EXISTS t (id BIGINT, name VARCHAR)")

    @property
    def live(self) -> Path:
        """The writer's file."""
        return self.data / "warehouse" / "live.duckdb"

    @property
    def published(self) -> Path:
        """The readers' file."""
        return self.data / "news.duckdb"

    def edit(self, kind: str, size: int) -> None:
        """Change the writer's database and close it."""
        if kind == "nothing":
            return
        with duckdb.connect(self.live) as con:
            con.execute(EDITS[kind], {"n": size})
            con.execute("CHECKPOINT")

    def publish(self) -> None:
        """Publish, a minute after the last time."""
        self.now += timedelta(minutes=1)
        publish_snapshot(self.live, self.published, now=self.now, keep=self.keep)

    def ask(self, path: Path) -> list[tuple]:
        """Return what a database says."""
        with duckdb.connect(path, read_only=True) as con:
            return con.execute(self.QUESTION).fetchall()

    def kept(self) -> tuple[Path, ...]:
        """Return the snapshots before the published one."""
        return find_kept(folder_of(self.live))

    def inodes(self) -> set[int]:
        """Return the files, whatever their names, that snapshots lie in."""
        return {path.stat().st_ino for path in (self.published, *self.kept())}

    def litter(self) -> list[str]:
        """Return the names of files that publications do not leave."""
        manifest = read_manifest(self.live)
        assert manifest is not None
        names = {path.stem for path in self.kept()}
        expected = {f"{name}.blocks" for name in names | {manifest.name}}
        expected |= {f"{name}.duckdb" for name in names}
        expected |= {"news.duckdb", "live.duckdb", "published.json"}
        return [p.name for p in self.data.rglob("*") if p.is_file() and p.name not in expected]


def publish_and_die(office: Office, step: str, nth: int) -> None:
    """Publish and be killed the `nth` time that `step`, "before NAME [OF]" or "after …", is met."""
    when, name, *of = step.split()
    owner: Any = {"_write": blocks, "ftruncate": os, "fsync": os}.get(
        name, publish if name in {"write_digests", "sweep"} else Path
    )
    setattr(owner, name, _dying(getattr(owner, name), when, "".join(of), nth))
    office.publish()


def _dying(function: Callable[..., Any], when: str, of: str, nth: int) -> Callable[..., Any]:
    met = 0

    def watched(*args: Any, **options: Any) -> Any:
        nonlocal met
        is_it = not of or any(str(arg).endswith(of) for arg in args)
        met += is_it
        if is_it and met == nth and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*args, **options)
        if is_it and met == nth and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return watched
