"""What the tests of exports share: three articles, a second run, and how files are read."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from etl.cli.export import FileFormat, _row_writer
from etl.store.export import Export, export_tables
from etl.store.export_tables import PLANS
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


def finish(desk: Desk) -> None:
    """Finish a run ten minutes after it began, and publish it."""
    desk.now += timedelta(minutes=10)
    desk.finish()
    desk.store.publish()


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
