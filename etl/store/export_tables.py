"""Which views are exported, and how: by which month, and what tells that a row has changed."""

# ruff: noqa: S608 - the SQL is put together from names of our own; values are parameters

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from etl.errors import ConfigError
from etl.store.meanings import Meanings, find_meaning
from etl.store.sql import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a view is exported; the SQL is ours and goes behind `FROM main.<view>`.

    Attributes:
        key: columns whose rows are exported, and replaced, together; none = always the whole view.
        month: the time whose month names the folder of a row; None = no folders.
        changed: picks the rows changed since (see `queries/begin_export.sql`).
        column: the times `changed` looks at, for people.
    """

    key: tuple[str, ...] = ()
    month: str | None = None
    changed: str = ""
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column as the manifest describes it; `meaning` None = nobody says."""

    name: str
    type: str
    meaning: str | None


_OF_ARTICLES = "SEMI JOIN export_articles USING (article_id)"
_OF_VERSIONS = "SEMI JOIN export_versions USING (article_id, version)"
_OF_RUNS = "SEMI JOIN export_runs USING (run_id)"
_SINCE = "(SELECT since_at FROM export_since)"


def _of_version() -> Plan:
    return Plan(
        key=("article_id", "version"), changed=_OF_VERSIONS, column="article_versions.seen_from"
    )


def _of_article(*, key: str, changed: str) -> Plan:
    return Plan(key=(key,), changed=changed, column="articles.last_seen_at")


PLANS = {
    "articles": Plan(
        key=("article_id",), month="coalesce(published_at, first_seen_at)",
        changed=_OF_ARTICLES, column="last_seen_at",
    ),
    "article_versions": Plan(
        key=("article_id", "version"), month="seen_from", column="seen_from, seen_until",
        changed=f"WHERE seen_from >= {_SINCE} OR seen_until >= {_SINCE}",
    ),
    "mentions": _of_version(),
    # Its counts are of current versions: a revision that drops a name changes them too.
    "entities": _of_article(
        key="entity_id",
        changed=f"WHERE entity_id IN (SELECT entity_id FROM main.mentions {_OF_ARTICLES})",
    ),
    "dates": _of_version(),
    # A story that falls apart changes rows of articles nobody touched, and no time tells of it.
    "duplicates": Plan(),
    "stories": Plan(month="first_seen_at"),
    "provenance": _of_version(),
    "entries": Plan(
        key=("entry_id",), month="first_seen_at", column="first_seen_at, runs.started_at",
        changed=f"WHERE first_seen_at >= {_SINCE} "
        f"OR entry_id IN (SELECT entry_id FROM main.outcomes {_OF_RUNS})",
    ),
    "feeds": Plan(),
    "article_entities": _of_article(key="article_id", changed=_OF_ARTICLES),
    "pages": Plan(
        key=("page_id",), month="fetched_at", column="fetched_at",
        changed=f"WHERE fetched_at >= {_SINCE}",
    ),
    "fetches": Plan(
        key=("fetch_id",), month="started_at", column="started_at",
        changed=f"WHERE started_at >= {_SINCE}",
    ),
    "outcomes": Plan(key=("run_id", "entry_id"), changed=_OF_RUNS, column="runs.started_at"),
    "runs": Plan(key=("run_id",), changed=_OF_RUNS, column="started_at, finished_at"),
}  # fmt: skip
"""View: its plan. Views that are not here are small, or change without a time: always whole."""

NEWS = (
    "articles", "article_versions", "mentions", "entities", "dates", "duplicates", "stories",
    "provenance", "entries", "feeds",
)  # fmt: skip
"""What is exported unless the user says otherwise: the news, and not how it was fetched."""


def choose_tables(con: Connection, wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the views to export, each once; those that hold news when none is wanted.

    Raises:
        ConfigError: there is no such view; the text names the nearest.
    """
    known = [
        name
        for (name,) in con.execute(
            "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal "
            "ORDER BY view_name"
        ).fetchall()
    ]
    for name in wanted:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
            raise ConfigError(f"no table {name!r} to export; {hint}")
    return tuple(dict.fromkeys(wanted)) or NEWS


def describe_columns(con: Connection, table: str, meanings: Meanings) -> tuple[Column, ...]:
    """Return the columns of a view, with their types and what they mean."""
    rows = con.execute(f"DESCRIBE FROM main.{table}").fetchall()
    return tuple(
        Column(
            name=name,
            type=kind.replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ"),
            meaning=find_meaning(table, name, meanings),
        )
        for name, kind, *_ in rows
    )


def read_comment(con: Connection, table: str) -> str | None:
    """Return what a view holds, in words."""
    row = con.execute(
        "SELECT comment FROM duckdb_views() WHERE schema_name = 'main' AND view_name = $name",
        {"name": table},
    ).fetchone()
    return None if row is None else row[0]
