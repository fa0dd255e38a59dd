"""A fingerprint of all that a warehouse says, whatever order it came to say it in.

Two of them: `content` covers what was read off the pages and feeds; `history` covers that and when
and where it was read. Neither covers ids of runs and exchanges, counts, states of feeds and hosts,
alarms, or the queue, which are of how it was read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from etl.errors import WarehouseError
from etl.store.sql import Connection, fetch_rows

CONTENT_TABLES = (
    "article_urls", "articles", "changes", "dates", "duplicates", "entities", "entries",
    "mentions", "provenance", "stories", "versions",
)  # fmt: skip
"""Parts of `content`."""

HISTORY_TABLES = (
    "history.article_moves", "history.article_urls", "history.articles", "history.entries",
    "history.entry_merges", "history.entry_states", "history.pages", "history.sightings",
    "history.usage_signals",
    "history.versions",
)  # fmt: skip
"""Parts of `history`, which has those of `content` too."""

FORM = "4"
"""Which columns count, and in what form. Another form is another hash of the same warehouse."""

DIGEST_CHARS = 32
"""128 bits: what the sums of MD5s are good for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentHash:
    """Digests in hex; where two warehouses differ, `tables` says in which tables."""

    content: str
    history: str
    tables: dict[str, str]


def hash_content(con: Connection) -> ContentHash:
    """Return the content hash of an open warehouse; nothing of it is changed.

    Equal for equal rows in any order, at any version of DuckDB and in any time zone. It finds
    differences, not forgeries: sums of digests can be made to meet on purpose (Clarke et al.,
    Incremental Multiset Hash Functions, 2003).

    Raises:
        WarehouseError: it cannot be read, or an older newshouse made it.
    """
    try:
        found = {row.pop("name"): row for row in fetch_rows(con, "digest_tables")}
    except duckdb.Error as error:
        raise WarehouseError(
            f"the content hash cannot be computed: {error}; a warehouse made by an older "
            "newshouse is brought up to date by the next `newshouse ingest`"
        ) from error
    tables = {
        name: _digest(name, *found.get(name, {}).values())
        for name in CONTENT_TABLES + HISTORY_TABLES
    }
    return ContentHash(
        content=_digest("content", *_pick(tables, CONTENT_TABLES)),
        history=_digest("history", *tables.values()),
        tables=tables,
    )


def _pick(tables: dict[str, str], names: Iterable[str]) -> Iterable[str]:
    return (tables[name] for name in names)


def _digest(*parts: str | int) -> str:
    named = "\n".join((FORM, *map(str, parts)))
    return hashlib.sha256(named.encode()).hexdigest()[:DIGEST_CHARS]
