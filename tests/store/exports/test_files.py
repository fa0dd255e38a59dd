"""What exported files hold, and who can read them."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import dataset

from etl.store.export_tables import NEWS
from tests.store.desk import NOON, Desk
from tests.store.exports.exporting import (
    ALL,
    EARLIER,
    FORMS,
    ODD,
    differences,
    export,
    manifest,
    reader,
)


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
