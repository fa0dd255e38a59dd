"""The questions of docs/cookbook.md, put to the published warehouse of a folder on two threads.

    python -m benchmarks.million.ask FOLDER

Each is asked four times: the first finds nothing in the memory of DuckDB, the best of the other
three is "warm". A question is cut off after a minute.
"""

from __future__ import annotations

import re
import sys
import threading
import time
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.million.steps import peak_mb, report
from etl.store.connect import open_reader
from etl.store.sql import Connection

COOKBOOK = Path("docs/cookbook.md")
CUT_OFF_S = 60.0
MEMORY = "4GB"


def main() -> None:
    """Ask, and tell what it cost; then where the bytes lie."""
    published = Path(sys.argv[1]) / "home" / "news.duckdb"
    answers = []
    for name, query in _read_questions(COOKBOOK.read_text("utf-8")):
        con = open_reader(published)
        con.execute("SET threads = 2")
        con.execute(f"SET memory_limit = '{MEMORY}'")
        answers.append({"question": name, **_ask(con, query)})
        sys.stderr.write(f"{answers[-1]}\n")
        con.close()
    con = open_reader(published)
    report({
        "memory_limit": MEMORY,
        "questions": answers,
        "peak_mb": peak_mb(),
        "file_mb": published.stat().st_size // 10**6,
        "tables": _measure_tables(con),
    })  # fmt: skip


def _read_questions(text: str) -> list[tuple[str, str]]:
    return [
        (section.splitlines()[0], query)
        for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]
        for query in re.findall(r"```sql\n(.*?)```", section, re.DOTALL)
    ]


def _ask(con: Connection, query: str) -> dict[str, Any]:
    walls, cpus, rows = [], [], 0
    for _ in range(4):
        wall, cpu = time.perf_counter(), time.process_time()
        alarm = threading.Timer(CUT_OFF_S, con.interrupt)
        alarm.start()
        try:
            rows = len(con.execute(query).fetchall())
        except (duckdb.InterruptException, duckdb.OutOfMemoryException) as error:
            return {"failed": type(error).__name__, "after_s": round(time.perf_counter() - wall, 1)}
        finally:
            alarm.cancel()
        walls.append(round(time.perf_counter() - wall, 3))
        cpus.append(round(time.process_time() - cpu, 3))
    return {"cold_s": walls[0], "warm_s": min(walls[1:]), "cpu_s": min(cpus), "rows": rows}


def _measure_tables(con: Connection) -> list[dict[str, Any]]:
    """Return the MB of each column's blocks, the largest first, and how they are compressed."""
    names = con.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE NOT temporary"
    ).fetchall()
    found = []
    for (name,) in names:
        rows = con.execute(
            "SELECT column_name, string_agg(DISTINCT compression, ' '), "
            "count(DISTINCT block_id) * 262144 // 1000000 "
            f"FROM pragma_storage_info('{name}') WHERE persistent GROUP BY 1"
        ).fetchall()
        found += [
            {"column": f"{name}.{column}", "compression": compression, "mb": mb}
            for column, compression, mb in rows if mb > 0
        ]  # fmt: skip
    return sorted(found, key=lambda one: -one["mb"])


if __name__ == "__main__":
    main()
