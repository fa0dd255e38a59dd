"""Put real output under each ```sql block: `python -m docs.fill_outputs docs/cookbook.md HOME`."""  # noqa: INP001 - documents with a script among them, not a package

from __future__ import annotations

import re
import sys
from datetime import datetime, timedelta
from pathlib import Path

from etl.store.connect import open_reader
from etl.store.sql import Connection

SQL_BLOCK = re.compile(r"^```sql\n(?P<sql>(?:(?!```).*\n)*)```\n", re.MULTILINE)
WITH_OUTPUT = re.compile(SQL_BLOCK.pattern + r"(?:\n(?:\|.*\n)+|\n\(no rows\)\n)?", re.MULTILINE)
MOST_CHARS = 120


def read_blocks(markdown: str) -> list[str]:
    """Return the SQL of every ```sql block."""
    return [match["sql"].strip() for match in SQL_BLOCK.finditer(markdown)]


def fill_outputs(markdown: str, con: Connection) -> str:
    """Return the document with what each block gives now as a table under it."""

    def fill(match: re.Match[str]) -> str:
        return f"```sql\n{match['sql']}```\n\n{_table(con, match['sql'])}"

    return WITH_OUTPUT.sub(fill, markdown)


def _table(con: Connection, sql: str) -> str:
    result = con.execute(sql)
    names = [column[0] for column in result.description or ()]
    rows = result.fetchall()
    if not rows:
        return "(no rows)\n"
    lines = [names, ["---"] * len(names), *([_cell(value) for value in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(value: object) -> str:
    match value:
        case None:
            text = ""
        case datetime():
            text = value.isoformat(sep=" ", timespec="seconds").removesuffix("+00:00")
        case timedelta():
            text = str(timedelta(seconds=round(value.total_seconds())))
        case list():
            text = ", ".join(_cell(item) for item in value)
        case _:
            text = str(value)
    text = " ".join(text.split())
    text = text if len(text) <= MOST_CHARS else text[: MOST_CHARS - 1].rstrip() + "…"
    return text.replace("|", "\\|")


def main() -> None:
    """Rewrite the document of the first argument from the home of the second."""
    document, home = Path(sys.argv[1]), Path(sys.argv[2])
    with open_reader(home / "data" / "news.duckdb") as con:
        document.write_text(fill_outputs(document.read_text("utf-8"), con), "utf-8")


if __name__ == "__main__":
    main()
