"""An export is whole or not there: of one snapshot, alone in its folder, safe to kill."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from etl.cli.export import FileFormat, _row_writer
from etl.errors import ConfigError, WarehouseBusyError, WarehouseError
from etl.store.export import export_tables
from tests.conftest import Quiet
from tests.store.desk import NOON, Desk
from tests.store.exports.exporting import (
    differences,
    export,
    later,
    manifest,
    reader,
)


def test_a_folder_that_no_export_made_is_left_alone(news: Desk, target: Path):
    """Files of the user's, an alien manifest, a folder of a table's name: nothing is touched."""
    target.mkdir()
    (target / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(ConfigError, match=r"notes\.txt"):
        export(news, target)
    (target / "notes.txt").unlink()
    (target / "manifest.json").write_text('{"name": "a web app"}', "utf-8")
    with pytest.raises(ConfigError, match="not written by newshouse"):
        export(news, target)
    (target / "manifest.json").unlink()
    export(news, target, tables=("runs",))
    (target / "articles").mkdir()
    with pytest.raises(ConfigError, match="articles"):
        export(news, target)
    assert sorted(path.name for path in target.iterdir()) == ["articles", "manifest.json", "runs"]
    assert sorted(path.name for path in target.parent.iterdir()) == ["data", "out"]


def test_what_cannot_be_exported_is_explained(news: Desk, target: Path, tmp_path: Path):
    """A name spelt wrong, a first time that asks for the last, another format, no warehouse."""
    with pytest.raises(ConfigError, match="did you mean articles"):
        export(news, target, tables=("artcles",))
    with pytest.raises(ConfigError, match="leave --since away"):
        export(news, target, since="last")
    export(news, target, form="csv")
    with pytest.raises(ConfigError, match="--format csv"):
        export(news, target, since="last")
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ConfigError, match="cannot write to"):
        export(news, tmp_path / "file")
    with pytest.raises(WarehouseError, match="newshouse ingest"):
        export_tables(
            tmp_path / "none.duckdb", target, form="csv", tables=(), since=None, now=NOON,
            write_rows=_row_writer(FileFormat.CSV), tell=Quiet(),
        )  # fmt: skip


def test_two_exports_do_not_write_the_same_folder_at_once(news: Desk, target: Path):
    """The second is told to wait, and the first's folder beside is not swept away."""
    target.mkdir()
    held = os.open(target, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    with pytest.raises(WarehouseBusyError, match="another export"):
        export(news, target)
    os.close(held)
    assert export(news, target).tables


def test_a_run_that_publishes_meanwhile_does_not_mix_into_an_export(
    news: Desk, target: Path, con: duckdb.DuckDBPyConnection
):
    """All tables are of the snapshot the export began with."""

    class Publishing(Quiet):
        def advance(self, count: int) -> None:  # noqa: ARG002 - the port's
            if not (news.data / "later").exists():
                (news.data / "later").touch()
                later(news)

    export_tables(
        news.data / "news.duckdb", target, form="parquet", tables=(), since=None, now=NOON,
        write_rows=_row_writer(FileFormat.CSV), tell=Publishing(),
    )  # fmt: skip
    rows = {name: table["rows"] for name, table in manifest(target)["tables"].items()}
    assert (rows["articles"], rows["article_versions"], rows["entries"]) == (3, 3, 3)
    assert export(news, target, since="last").tables[0].rows == 4


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from etl.store.export import export_tables

class Quiet:
    def begin(self, what, total): pass
    def advance(self, count): pass

published, target, at = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
steps = 0

def step(event, given):
    global steps
    if event in ("os.rename", "os.mkdir", "shutil.rmtree") and "out" in str(given[0]):
        steps += 1
        if steps == at:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(step)
export_tables(
    published, target, form="parquet", tables=("articles", "runs"), since=None,
    now=datetime.now(UTC), write_rows=None, tell=Quiet(),
)
"""


def test_an_export_killed_anywhere_is_whole_again_with_the_next(
    news: Desk, target: Path, con: duckdb.DuckDBPyConnection
):
    """SIGKILL before each folder made, moved or removed: no half table, and nothing beside."""
    export(news, target, tables=("articles", "runs"))
    later(news)
    published = news.data / "news.duckdb"
    kills = 0
    while kills < 40:
        words = (sys.executable, "-c", KILLED, str(published), str(target), str(kills + 1))
        ended = subprocess.run(words, check=False, cwd=Path(__file__).parents[3])
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL
        kills += 1
        for table, rows in (("articles", {3, 4}), ("runs", {1, 2})):
            if (target / table).exists():
                found = con.execute(f"SELECT count(*) FROM {reader(target, table)}").fetchone()
                assert found[0] in rows
    assert 8 <= kills < 40
    for table in ("articles", "runs"):
        assert differences(con, news, target, table) == []
    assert sorted(path.name for path in target.parent.iterdir()) == ["data", "out"]
    for file in manifest(target)["tables"]["articles"]["files"]:
        assert (target / file["path"]).exists()


def test_an_export_that_fails_leaves_what_was_there(news: Desk, target: Path):
    """An error half-way: the last export stays, and nothing lies beside it."""
    export(news, target)
    before = manifest(target)

    class Failing(Quiet):
        def advance(self, count: int) -> None:  # noqa: ARG002 - the port's
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        export_tables(
            news.data / "news.duckdb", target, form="parquet", tables=(), since=None, now=NOON,
            write_rows=_row_writer(FileFormat.CSV), tell=Failing(),
        )  # fmt: skip
    assert manifest(target) == before
    assert sorted(path.name for path in target.parent.iterdir()) == ["data", "out"]
