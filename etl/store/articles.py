"""Loading what pages became: the same lines for a run and for a replay from the archive."""

from __future__ import annotations

from etl.dedup.compare import classify_change
from etl.records import Run
from etl.store.sql import Connection, fetch_rows, run_script
from etl.store.stage import fields


def load_articles(con: Connection, made_by: Run) -> None:
    """Load the articles of the rows in `staged`: versions, tags, claims, duplicates and stories.

    Within the caller's transaction. Leaves `decided` and `kept` behind: what each was to the
    warehouse, and which were loaded. `made_by` is the run, or replay, whose rules they follow.
    """
    run_script(con, "place_articles")
    run_script(con, "decide_versions")
    _classify_changes(con)
    run_script(con, "load_articles", derivation_id=_load_derivation(con, made_by))
    run_script(con, "load_tags")
    run_script(con, "find_duplicates")


def _load_derivation(con: Connection, run: Run) -> str | None:
    """Record what a run makes articles by, unless that is known, and return its id."""
    made_by = run.derivation
    if made_by is None:
        return None
    run_script(
        con, "load_derivation",
        derivation_id=made_by.derivation_id, now=run.now, settings_json=made_by.settings_json,
        libraries_json=made_by.libraries_json, **fields(made_by),
    )  # fmt: skip
    return made_by.derivation_id


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
