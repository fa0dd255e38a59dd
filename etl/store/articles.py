"""Loading what pages became: the same lines for a run and for a replay from the archive."""

from __future__ import annotations

from etl.records import Run
from etl.store.derivations import load_derivation
from etl.store.duplicates import pair_articles
from etl.store.events import group_events
from etl.store.postings import load_postings
from etl.store.sql import Connection, run_script
from etl.store.versions import decide_versions, find_moves, settle_versions


def place_articles(con: Connection) -> None:
    """Make the table `staged` of the rows in `incoming`: with the article that each belongs to."""
    run_script(con, "find_sittings")
    run_script(con, "place_articles")


def load_articles(con: Connection, made_by: Run) -> None:
    """Load the articles of the rows in `staged`: versions, tags, claims, duplicates and stories.

    Within the caller's transaction, after place_articles. `leads` says which article each entry led
    to before. Leaves `decided` and `kept` behind: what each article was to the warehouse, and what
    was loaded. `made_by` is the run, or replay, whose rules they follow.
    """
    find_moves(con)
    has_undone = decide_versions(con)
    run_script(con, "load_articles", derivation_id=load_derivation(con, made_by))
    run_script(con, "load_tags")
    run_script(con, "claim_addresses")
    if has_undone:
        settle_versions(con)
    load_postings(con)
    pair_articles(con)
    group_events(con, is_loading=True)


def count_mentions(con: Connection) -> None:
    """Count who is named in the articles just loaded, and no more in those they replaced."""
    run_script(con, "count_mentions")
    run_script(con, "recount_entities")
