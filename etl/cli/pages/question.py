"""The page that takes SQL: read-only, sealed off from files, stopped after its time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from etl.cli.output import csv_lines
from etl.cli.pages.desk import Desk
from etl.cli.pages.found import Page
from etl.cli.pages.guard import is_of_another_site
from etl.cli.session.dots import is_inner
from etl.errors import ConfigError, QueryStoppedError
from etl.store.adhoc import is_nothing
from etl.store.brake import Brake
from etl.store.overview import list_columns, list_macros
from etl.store.read import Row

MOST_ROWS = 500
EXAMPLE = """\
SELECT source, count(*) AS articles, max(published_at) AS newest
FROM articles
GROUP BY source
ORDER BY articles DESC;"""


def read_page(desk: Desk, request: Request, brake: Brake, *, now: datetime) -> Page:  # noqa: ARG001 - all pages'
    """Return the form, the names there are, and the first rows of what was asked."""
    text = request.query_params.get("q", "").strip()
    with desk.shelf.lend(Brake(after_s=desk.sql_s)) as con:
        columns = desk.shelf.recall(con, "columns", list_columns)
        macros = desk.shelf.recall(con, "macros", list_macros)
    told: dict[str, Any] = {
        "text": text or EXAMPLE, "columns": (), "rows": (), "wrong": None, "is_asked": False,
        "has_more": False, "csv": f"/sql.csv?{urlencode({'q': text})}", "seconds": desk.sql_s,
        "tables": _list_tables(columns),
        "macros": [row for row in macros if not is_inner(row["macro"])],
    }  # fmt: skip
    status = 200
    if is_nothing(text):
        pass
    elif is_of_another_site(request.headers):
        told["wrong"] = "Another site sent you here with this query. Read it; run it if you want."
    else:
        try:
            _ask(desk, text, brake, told)
        except QueryStoppedError as error:
            told["wrong"], status = f"The query was stopped: {error}.", 503
        except ConfigError as error:
            told["wrong"], status = str(error), 400
    return Page("sql.html", title="SQL", told=told, status=status)


def _ask(desk: Desk, text: str, brake: Brake, told: dict[str, Any]) -> None:
    with desk.shelf.ask(text, brake) as result:
        rows = list(islice(result.rows, MOST_ROWS + 1))
        told |= {
            "columns": result.columns, "rows": rows[:MOST_ROWS], "is_asked": True,
            "has_more": len(rows) > MOST_ROWS,
            "is_plan": result.columns == ("explain_key", "explain_value"),
        }  # fmt: skip


def _list_tables(columns: tuple[Row, ...]) -> list[tuple[str, str, list[Row]]]:
    """Return the views people ask: name, meaning, columns."""
    tables: dict[str, tuple[str, str, list[Row]]] = {}
    for row in columns:
        if row["schema_name"] == "main":
            name = str(row["relation"])
            _, _, of = tables.setdefault(name, (name, row["relation_comment"] or "", []))
            of.append(row)
    return sorted(tables.values(), key=lambda table: table[0])


def write_csv(desk: Desk, request: Request) -> Iterator[str]:
    """Return the lines of a query's CSV, its first ready: what is wrong is known by then.

    Raises:
        NewsError: the query is wrong, or another site asks.
    """
    if is_of_another_site(request.headers):
        raise ConfigError("another site asks for this; run the query yourself")
    lines = _csv(desk, request.query_params.get("q", ""))
    first = list(islice(lines, 2))
    return chain(first, lines)


def _csv(desk: Desk, text: str) -> Iterator[str]:
    with desk.shelf.ask(text, Brake(after_s=desk.sql_s)) as result:
        yield from csv_lines(result)
