"""The same rows into the same tables by plain `COPY … FROM parquet`: the fastest DuckDB has.

    python -m benchmarks.million.plain FOLDER

The rows are those of the warehouse in FOLDER/home, written to one file a table first (not timed).
"""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.million.steps import Steps, peak_mb, report
from etl.store.connect import open_writer
from etl.store.migrate import migrate
from etl.store.sql import Connection


def main() -> None:
    """Copy out, copy in, tell."""
    folder = Path(sys.argv[1])
    flat = folder / "plain"
    flat.mkdir()
    con = open_writer(folder / "home" / "warehouse" / "live.duckdb")
    counts = {table: _count(con, table) for table in _list_tables(con)}
    for table in counts:
        con.execute(
            f"COPY {table} TO '{flat}/{table}.parquet' (COMPRESSION zstd, COMPRESSION_LEVEL 1)"
        )
    con.close()
    steps = Steps()
    con = open_writer(flat / "plain.duckdb")
    migrate(con, now=datetime.now(UTC))
    with steps.timed("copy"):
        for table in counts:
            con.execute(f"COPY {table} FROM '{flat}/{table}.parquet' (FORMAT parquet)")
        con.close()
    size = (flat / "plain.duckdb").stat().st_size
    shutil.rmtree(flat)
    report({
        "rows": sum(counts.values()), "rows_by_table": counts, **steps.summary()["copy"],
        "peak_mb": peak_mb(), "file_mb": size // 10**6,
    })  # fmt: skip


def _list_tables(con: Connection) -> list[str]:
    found = con.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
        "WHERE NOT temporary AND table_name <> 'migrations' ORDER BY ALL"
    ).fetchall()
    return [name for (name,) in found]


def _count(con: Connection, table: str) -> int:
    (count,) = con.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)
    return int(count)


if __name__ == "__main__":
    main()
