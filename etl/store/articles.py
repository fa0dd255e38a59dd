"""Loading what pages became: the same lines for a run and for a replay from the archive."""

from __future__ import annotations

from etl.dedup.compare import classify_change
from etl.store.sql import Connection, fetch_rows, run_script


def load_articles(con: Connection) -> None:
    """Load the articles of the rows in `staged`: versions, tags, claims, duplicates and stories.

    Within the caller's transaction. Leaves `decided` and `kept` behind: what each was to the
    warehouse, and which were loaded.
    """
    run_script(con, "place_articles")
    run_script(con, "decide_versions")
    _classify_changes(con)
    run_script(con, "load_articles")
    run_script(con, "load_tags")
    run_script(con, "find_duplicates")


def _classify_changes(con: Connection) -> None:
    changes = [
        (
            classify_change(
                old_text=row["old_text"], new_text=row["new_text"],
                old_title=row["old_title"], new_title=row["new_title"],
            ),
            row["article_id"],
        )
        for row in fetch_rows(con, "read_changes")
    ]  # fmt: skip
    if changes:
        con.executemany("UPDATE decided SET change = ? WHERE article_id = ?", changes)
