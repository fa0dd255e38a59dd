"""The steps of a run, and dying at one.

The product knows nothing of this: its ports and the functions under them are wrapped here, in the
process that is to die. A step is a name ("before COMMIT of Store.load_pages") and which time it is
met.
"""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow.parquet as pq

from etl.archive import WarcArchive, salvage, write
from etl.store import blocks, live, stage
from etl.store.live import Live
from etl.store.writer import Warehouse

STORE = (
    "find_killed_runs", "begin", "find_due_feeds", "find_host_memory", "load_host_memory",
    "find_known_entries", "find_carried", "load_feeds", "take_up_entries", "load_pages", "finish",
    "is_publication_due", "find_redactions", "settle_redactions", "publish",
)  # fmt: skip
ARCHIVE = ("salvage", "append", "sync", "seal", "redact")


@dataclass(frozen=True, kw_only=True)
class Kill:
    """The `nth` time `step` is met; where the step lasts, `after_s` into it."""

    step: str
    nth: int
    after_s: float = 0.0


class Steps:
    """Counts steps and dies at the one it was told."""

    def __init__(self, kill: Kill | None) -> None:
        self.kill = kill
        self.met: Counter[str] = Counter()
        self.inside = ["opening"]

    def is_turn(self, step: str) -> bool:
        """Count a step and return whether it is the one to die at."""
        self.met[step] += 1
        return self.kill is not None and (step, self.met[step]) == (self.kill.step, self.kill.nth)

    def pass_(self, step: str) -> None:
        """Count a step, and die if it is the one."""
        if self.is_turn(step):
            die()

    def begin(self, step: str) -> None:
        """Count a step that lasts; if it is the one, die a little later."""
        if self.is_turn(step):
            assert self.kill is not None
            threading.Timer(self.kill.after_s, die).start()

    def around(
        self, owner: Any, name: str, step: str | Callable[..., str | None], *, port: bool = False
    ) -> None:
        """Make `owner.name` a step; where the step is a function, it names it by the arguments."""
        original = getattr(owner, name)

        @wraps(original)
        def watched(*args: Any, **kwargs: Any) -> Any:
            what = step if isinstance(step, str) else step(*args)
            if what is None:
                return original(*args, **kwargs)
            self.pass_(f"before {what}")
            if port:
                self.inside.append(what)
            try:
                result = original(*args, **kwargs)
            finally:
                if port:
                    self.inside.pop()
            self.pass_(f"after {what}")
            return result

        setattr(owner, name, watched)


def die() -> None:
    """End this process as the kernel's out-of-memory killer would."""
    os.kill(os.getpid(), signal.SIGKILL)


def watch_ports(steps: Steps) -> None:
    """Make steps of the ports' calls, of every statement, and of half a WARC record."""
    for name in STORE:
        owner = Live if name in vars(Live) else Warehouse
        steps.around(owner, name, f"Store.{name}", port=True)
    for name in ARCHIVE:
        steps.around(WarcArchive, name, f"Archive.{name}")
    open_writer = live.open_writer
    live.open_writer = lambda path: WatchedConnection(open_writer(path), steps)
    write_whole = write._OpenFile.write

    def write_torn(self: Any, member: bytes) -> None:
        if steps.is_turn("half-way through Archive.append"):
            os.write(self._handle, member[: len(member) // 2])
            die()
        write_whole(self, member)

    write._OpenFile.write = write_torn
    steps.around(salvage, "_cut", "cutting an archive file back")


class WatchedConnection:
    """A DuckDB connection whose statements are steps, named after the port they belong to."""

    def __init__(self, con: Any, steps: Steps) -> None:
        self._con = con
        self._steps = steps

    def __getattr__(self, name: str) -> Any:
        return getattr(self._con, name)

    def execute(self, statement: Any, *args: Any) -> Any:
        """Pass its steps and run it."""
        where = self._steps.inside[-1]
        if statement in {"COMMIT", "CHECKPOINT"}:
            self._steps.pass_(f"before {statement} of {where}")
            self._steps.begin(f"during {statement} of {where}")
            result = self._con.execute(statement, *args)
            self._steps.pass_(f"after {statement} of {where}")
            return result
        self._steps.pass_(f"between statements of {where}")
        return self._con.execute(statement, *args)

    def close(self) -> None:
        """Pass its step and close."""
        self._steps.begin("during close of the database")
        self._con.close()


def watch_files(steps: Steps) -> None:
    """Make steps of staged files, of the copy, and of every file named or removed."""

    def write_table(table: Any, path: Path, **options: Any) -> None:
        pq.write_table(table, path, **options)
        if steps.is_turn("half-way through a staged file"):
            os.truncate(path, path.stat().st_size // 2)
            die()

    stage.pq = SimpleNamespace(write_table=write_table)
    steps.around(blocks, "_write", "writing a block of the snapshot")
    steps.around(Path, "replace", lambda _, target: f"naming {kind_of(Path(target))}")
    steps.around(Path, "unlink", lambda path, *_: f"removing {kind_of(path)}")
    steps.around(Path, "hardlink_to", lambda path, _: f"keeping {kind_of(path)}")
    steps.around(Path, "touch", lambda path, *_: f"touching {kind_of(path)}")
    steps.around(shutil, "rmtree", lambda path, *_: f"removing {kind_of(Path(path))}")


def kind_of(path: Path) -> str:
    """Return a file's name, without what differs from run to run."""
    if path.suffix == ".parquet":
        return f"staged {path.stem.rpartition('-')[2]}"
    if path.parent.name == "snapshots":
        return f"a snapshot's {path.suffix}"
    return "an archive file" if path.name.endswith(".warc.gz") else path.name
