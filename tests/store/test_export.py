"""Exports: whole, of one snapshot, brought up to date without doubling, and safe to kill."""

from __future__ import annotations

import csv
import fcntl
import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import dataset

from etl.cli.export import FileFormat, _row_writer
from etl.errors import ConfigError, WarehouseBusyError, WarehouseError
from etl.store.export import Export, export_tables
from etl.store.export_tables import NEWS, PLANS
from tests.conftest import Quiet
from tests.store.desk import NOON, Desk, Paper, entry, story

FORMS = ("parquet", "csv", "jsonl")
ALL = tuple(PLANS)
EARLIER = NOON - timedelta(days=40)
ODD = 'Łódź, "quoted"\r\nand ⛴️ \\ '


def papers() -> dict[str, Paper]:
    """Return three pages: one of the month before, one undated, one a copy of the first."""
    text = story("ferry")
    return {
        "https://harbour.test/ferry": Paper(text=text, title=ODD, published_at=EARLIER),
        "https://harbour.test/undated": Paper(text=story("undated"), published_at=None),
        "https://harbour.test/copy": Paper(text=text, title="Ferry, again"),
    }


@pytest.fixture
def news(desk: Desk) -> Desk:
    """Return a desk that published a run of three articles."""
    desk.begin()
    desk.load_feeds(entry("ferry"), entry("undated"), entry("copy"))
    desk.load_pages(desk.take_up(), papers())
    finish(desk)
    return desk


def finish(desk: Desk) -> None:
    """Finish a run ten minutes after it began, and publish it."""
    desk.now += timedelta(minutes=10)
    desk.finish()
    desk.store.publish()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Return a folder to export to, not there yet."""
    return tmp_path / "out"


def export(
    desk: Desk,
    target: Path,
    *,
    form: str = "parquet",
    tables: tuple[str, ...] = (),
    since: datetime | str | None = None,
    now: datetime | None = None,
) -> Export:
    """Export what the desk published."""
    return export_tables(
        desk.data / "news.duckdb", target, form=form, tables=tables, since=since,
        now=now or datetime.now(UTC), write_rows=_row_writer(FileFormat(form))
        if form != "parquet" else _row_writer(FileFormat.CSV),
        tell=Quiet(),
    )  # fmt: skip


def reader(target: Path, table: str, form: str = "parquet") -> str:
    """Return how DuckDB opens an exported table."""
    match form:
        case "parquet":
            files = f"{target}/{table}/**/*.parquet"
            return f"read_parquet('{files}', hive_partitioning = false, union_by_name = true)"
        case "csv":
            return f"read_csv('{target}/{table}/*.csv', all_varchar = true, header = true)"
        case _:
            columns = ", ".join(f"{name}: 'VARCHAR'" for name in PLANS[table].key)
            return f"read_ndjson('{target}/{table}/*.jsonl', columns = {{{columns}}})"


@pytest.fixture
def con(desk: Desk) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return an analyst's DuckDB."""
    with duckdb.connect() as opened:
        opened.execute("SET TimeZone = 'UTC'")
        yield opened


def differences(con: duckdb.DuckDBPyConnection, desk: Desk, target: Path, table: str) -> list:
    """Return rows of the view that the Parquet files have not, or not as often, and the reverse."""
    con.execute(f"ATTACH IF NOT EXISTS '{desk.data}/news.duckdb' AS w (READ_ONLY)")
    con.execute("USE w")
    view, files = f"FROM w.main.{table}", f"FROM {reader(target, table)}"
    found = con.execute(
        f"(({view}) EXCEPT ALL ({files})) UNION ALL (({files}) EXCEPT ALL ({view}))"
    ).fetchall()
    con.execute("USE memory")
    con.execute("DETACH w")
    return found


def manifest(target: Path) -> dict:
    """Return the export's manifest."""
    return json.loads((target / "manifest.json").read_text("utf-8"))


@pytest.mark.parametrize("table", ALL)
def test_parquet_holds_what_the_view_holds(
    news: Desk, target: Path, con: duckdb.DuckDBPyConnection, table: str
):
    """Row for row, with the view's columns and types; also where there is no row."""
    done = export(news, target, tables=(table,))
    assert differences(con, news, target, table) == []
    kinds = con.execute(f"DESCRIBE FROM {reader(target, table)}").fetchall()
    listed = manifest(target)["tables"][table]
    assert [(c["name"], c["type"].replace("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE"))
            for c in listed["columns"]] == [row[:2] for row in kinds]  # fmt: skip
    (count,) = con.execute(f"SELECT count(*) FROM {reader(target, table)}").fetchone()
    assert done.tables[0].rows == listed["rows"] == count


def test_pyarrow_reads_times_in_utc_lists_and_every_letter(news: Desk, target: Path):
    """What pandas and polars open it through."""
    export(news, target)
    table = dataset.dataset(target / "articles", partitioning="hive").to_table()
    assert table.schema.field("published_at").type == pa.timestamp("us", tz="UTC")
    assert table.schema.field("authors").type.value_type == pa.string()
    rows = {row["url"]: row for row in table.to_pylist()}
    ferry = rows["https://harbour.test/ferry"]
    assert (ferry["title"], ferry["authors"]) == (ODD, ["Ada Marsh"])
    assert ferry["published_at"] == EARLIER
    assert ferry["month"] == f"{EARLIER:%Y-%m}"
    assert rows["https://harbour.test/undated"]["month"] == f"{news.now:%Y-%m}"


def test_parquet_is_zstd_and_articles_lie_by_month(news: Desk, target: Path):
    """By their publication, or, undated, by when they were seen."""
    export(news, target)
    months = {path.name for path in (target / "articles").iterdir()}
    assert months == {f"month={EARLIER:%Y-%m}", f"month={NOON:%Y-%m}"}
    for path in target.rglob("*.parquet"):
        metadata = pq.ParquetFile(path).metadata
        assert all(
            metadata.row_group(group).column(column).compression == "ZSTD"
            for group in range(metadata.num_row_groups)
            for column in range(metadata.num_columns)
        )


@pytest.mark.parametrize("form", FORMS)
def test_the_manifest_tells_every_file_and_column(news: Desk, target: Path, form: str):
    """Rows add up, digests hold, nothing lies there that is not listed, every column has words."""
    export(news, target, form=form)
    said = manifest(target)
    assert set(said["tables"]) == set(NEWS)
    files = {file["path"]: file for table in said["tables"].values() for file in table["files"]}
    there = {
        str(path.relative_to(target))
        for path in target.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert there == set(files)
    for path, file in files.items():
        assert file["sha256"] == hashlib.sha256((target / path).read_bytes()).hexdigest()
        assert file["bytes"] == (target / path).stat().st_size
    for table in said["tables"].values():
        assert table["rows"] == sum(file["rows"] for file in table["files"])
        assert all(column["meaning"] for column in table["columns"])
    assert said["tables"]["articles"]["rows"] == 3


def test_csv_and_jsonl_hold_the_rows_too(news: Desk, target: Path, tmp_path: Path):
    """One file a table, in the form that `newshouse sql` writes; line breaks and quotes hold."""
    export(news, target, form="csv", tables=("articles",))
    (path,) = (target / "articles").iterdir()
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["url"]: row for row in csv.DictReader(file)}
    assert rows["https://harbour.test/ferry"]["title"] == ODD
    assert json.loads(rows["https://harbour.test/ferry"]["authors"]) == ["Ada Marsh"]
    export(news, tmp_path / "json", form="jsonl", tables=("articles",))
    (path,) = (tmp_path / "json" / "articles").iterdir()
    lines = [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]
    assert {line["url"]: line["title"] for line in lines} == {
        url: row["title"] for url, row in rows.items()
    }
    assert {line["published_at"] for line in lines} >= {None, EARLIER.isoformat()}


def later(desk: Desk) -> None:
    """Publish a second run: one article corrected, one new, one as it was."""
    pages = papers()
    pages["https://harbour.test/undated"] = Paper(
        text=story("bridge"), title="A bridge instead", published_at=NOON
    )
    pages["https://harbour.test/new"] = Paper(text=story("new"), title="New")
    del pages["https://harbour.test/ferry"], pages["https://harbour.test/copy"]
    desk.begin()
    desk.load_feeds(entry("new"))
    desk.load_pages([work for work in desk.take_up() if work.url in pages], pages)
    finish(desk)


@pytest.mark.parametrize("form", FORMS)
def test_since_adds_what_is_new_and_doubles_nothing(
    news: Desk, target: Path, con: duckdb.DuckDBPyConnection, form: str
):
    """A corrected article leaves its old file; a file that stays is not written again."""
    export(news, target, form=form, tables=ALL)
    before = {path.name for path in (target / "articles").rglob(f"*.{form}")}
    later(news)
    done = export(news, target, form=form, tables=ALL, since="last")
    assert {path.name for path in (target / "articles").rglob(f"*.{form}")} > before
    for table in ALL:
        if not PLANS[table].key:
            continue
        key = ", ".join(f"{name}::VARCHAR AS {name}" for name in PLANS[table].key)
        view = news.rows(f"SELECT {key} FROM main.{table} ORDER BY ALL")
        files = con.execute(f"SELECT {key} FROM {reader(target, table, form)}").fetchall()
        assert sorted(files) == sorted(view)
        if form == "parquet":
            assert differences(con, news, target, table) == []
    assert {table.table for table in done.tables if table.since_column is None} == {
        "feeds", "duplicates", "stories",
    }  # fmt: skip


def test_since_into_a_new_folder_brings_only_what_is_new(news: Desk, target: Path):
    """A delta for someone who keeps their own copy."""
    last = news.now + timedelta(minutes=30)
    later(news)
    done = export(news, target, since=last)
    rows = {table.table: table.rows for table in done.tables}
    assert rows["article_versions"] == 3  # the new article's, the corrected one's, and its last
    assert rows["provenance"] == 2 * 2
    assert {row["url"] for row in dataset.dataset(target / "articles").to_table().to_pylist()} >= {
        "https://harbour.test/new", "https://harbour.test/undated",
    }  # fmt: skip
    assert dict.fromkeys(manifest(target)["tables"]["mentions"]["since_column"].split()) == {
        "article_versions.seen_from": None
    }


def test_since_reaches_back_to_runs_that_were_not_published_then(news: Desk, target: Path):
    """Fetched before an export, published after it: the next export must not pass it over."""
    export(news, target)
    news.begin()
    news.load_feeds(entry("slow"))
    pages = {"https://harbour.test/slow": Paper(text=story("slow"), title="Slow")}
    news.load_pages([work for work in news.take_up() if work.url in pages], pages)
    asked = news.now + timedelta(minutes=10)
    news.reopen()  # killed: its rows are published by the next run that ends
    news.ingest(entry("next"), pages=papers() | pages | {
        "https://harbour.test/next": Paper(text=story("next"), title="Next"),
    }, publish=True)  # fmt: skip
    done = export(news, target, since=asked)
    assert done.since < asked
    urls = dataset.dataset(target / "articles", partitioning="hive").to_table()["url"].to_pylist()
    assert "https://harbour.test/slow" in urls
    assert len(urls) == len(set(urls)) == 5


def test_rows_that_are_gone_leave_the_files_with_the_next_since(
    news: Desk, target: Path, con: duckdb.DuckDBPyConnection
):
    """What was erased from the warehouse is not kept by a copy of it."""
    export(news, target)
    for table in ("provenance", "mentions", "dates", "versions"):
        news.store._con.execute(
            f"DELETE FROM core.{table} WHERE article_id IN "
            "(SELECT article_id FROM core.articles WHERE url LIKE '%undated')"
        )
    news.store._con.execute("DELETE FROM core.articles WHERE url LIKE '%undated'")
    news.store.publish()
    done = export(news, target, since="last")
    assert [table.rows for table in done.tables if table.table == "articles"] == [2]
    for table in ("articles", "article_versions", "mentions", "provenance"):
        assert differences(con, news, target, table) == []


def test_an_export_again_replaces_its_tables_and_leaves_the_others(news: Desk, target: Path):
    """Not one file of the last time stays in a table that is exported anew."""
    export(news, target, tables=("articles", "runs"))
    old = {path.name for path in target.rglob("*.parquet")}
    export(news, target, tables=("articles",))
    assert not old & {path.name for path in (target / "articles").rglob("*.parquet")}
    assert set(manifest(target)["tables"]) == {"articles", "runs"}
    assert (target / manifest(target)["tables"]["runs"]["files"][0]["path"]).exists()


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
        ended = subprocess.run(words, check=False, cwd=Path(__file__).parents[2])
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
