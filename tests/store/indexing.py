"""Articles put into a warehouse without their words, and looked for."""

from __future__ import annotations

from etl.store.postings import index_missing
from etl.store.sql import Connection


def put(
    con: Connection, name: str, text: str, *, title: str = "", language: str | None = "en"
) -> None:
    """Make `text` the current version of an article, without its words."""
    con.execute("UPDATE core.versions SET seen_until = now() WHERE article_id = $1", [name])
    con.execute(
        "INSERT INTO core.versions SELECT $1, count(*) + 1, now(), NULL, 'r', NULL, NULL, NULL, "
        "$2, [], $3, $4, sha256($4), '', 1, NULL, [], NULL, false, false, NULL, 0, 'p', 'e', 't', "
        "'first', NULL, 'u', 'u', 's', 'f', now(), now(), NULL, $1, NULL, NULL, NULL "
        "FROM core.versions WHERE article_id = $1",
        [name, title, language, text],
    )
    con.execute(
        "INSERT INTO core.articles SELECT $1, 'u', 'u', 's', 'f', now(), now(), 0, NULL, $1, NULL "
        "WHERE $1 NOT IN (SELECT article_id FROM core.articles)",
        [name],
    )
    con.execute("UPDATE core.articles SET version = version + 1 WHERE article_id = $1", [name])


def find(con: Connection, words: str) -> list[str]:
    """Index what is new and return the articles that match, in order of their ids."""
    while index_missing(con):
        pass
    return sorted(row[0] for row in con.execute("FROM search($words)", {"words": words}).fetchall())
