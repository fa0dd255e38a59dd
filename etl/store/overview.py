"""What is there at a glance: the newest articles, how many a day, sources, feeds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from etl.store.read import Row
from etl.store.search import use_known_forms
from etl.store.sql import Connection, fetch_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which articles; None lets all through. `until` is excluded, the others as in `search`."""

    since: datetime | None = None
    until: datetime | None = None
    source: str | None = None
    entity: str | None = None
    language: str | None = None

    @property
    def is_all(self) -> bool:
        """Whether nothing is filtered: then the filters are not even planned."""
        return self == Chosen()


def list_latest(con: Connection, chosen: Chosen, *, limit: int) -> tuple[Row, ...]:
    """Return the articles published last, in the columns of a search."""
    name = "list_newest_articles" if chosen.is_all else "list_latest_articles"
    return tuple(fetch_rows(con, name, **asdict(chosen), limit=limit))


def count_days(con: Connection, chosen: Chosen, *, words: str | None) -> tuple[Row, ...]:
    """Return how many articles each source published each day; of a search where `words` are."""
    if words is None:
        name = "count_all_days" if chosen.is_all else "count_days"
        return tuple(fetch_rows(con, name, **asdict(chosen)))
    name = "count_all_found_days" if chosen.is_all else "count_found_days"
    known = use_known_forms(con, words, chosen.language)
    return tuple(fetch_rows(con, name, words=known, **asdict(chosen)))


def list_sources(con: Connection) -> tuple[Row, ...]:
    """Return every source with what there is of it, the largest first."""
    return tuple(fetch_rows(con, "list_sources"))


def list_languages(con: Connection) -> tuple[str, ...]:
    """Return the languages of all that is there."""
    return tuple(str(row["language"]) for row in fetch_rows(con, "list_languages"))


def list_feeds(con: Connection) -> tuple[Row, ...]:
    """Return every subscribed feed and how polling it goes, those in trouble first."""
    return tuple(fetch_rows(con, "list_feeds"))


def list_columns(con: Connection) -> tuple[Row, ...]:
    """Return every column of every table and view."""
    return tuple(fetch_rows(con, "list_columns"))


def list_macros(con: Connection) -> tuple[Row, ...]:
    """Return every macro."""
    return tuple(fetch_rows(con, "list_macros"))
