"""What was seen when, read back: what a replay begins with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from etl.records import AddressMerge, Hints, PageRef, Sighting, VersionText
from etl.store.rows import take_validators
from etl.store.sql import Connection, fetch_rows, run_script
from etl.store.stage import url_id

ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A sighting and what it is connected with others by.

    `article_id` is the article its page, or its entry, came to, and `original_id` what that one
    repeats, or itself; None while it came to none.
    """

    sighting: Sighting
    article_id: str | None
    original_id: str | None

    @property
    def keys(self) -> tuple[str, ...]:
        """Its entries, its addresses, its article and what that one repeats."""
        one = self.sighting
        final = one.page.final_url if one.page else one.same_as_url
        named = (one.hints.entry_id, *one.followers, url_id(one.asked_url))
        article = (self.article_id, self.original_id, url_id(final) if final else None)
        return (*named, *(key for key in article if key))


def iter_sightings(con: Connection) -> Iterator[Seen]:
    """Yield every look at a page, in the order they were made."""
    result = run_script(con, "list_sightings")
    columns = [column[0] for column in result.description or ()]
    while rows := result.fetchmany(ROWS_AT_ONCE):
        for values in rows:
            yield _seen(dict(zip(columns, values, strict=True)))


def iter_version_texts(
    con: Connection, *, source: str | None, since: datetime | None
) -> Iterator[VersionText]:
    """Yield the versions of a source, or seen since a time, or all, as they were loaded."""
    result = run_script(con, "list_version_texts", source=source, since=since)
    columns = [column[0] for column in result.description or ()]
    while rows := result.fetchmany(ROWS_AT_ONCE):
        for values in rows:
            yield VersionText(**dict(zip(columns, values, strict=True)))


def list_address_merges(con: Connection) -> tuple[AddressMerge, ...]:
    """Return the entries that were found under another address, in the order that was noticed."""
    return tuple(AddressMerge(**row) for row in fetch_rows(con, "list_address_merges"))


def _seen(row: dict[str, Any]) -> Seen:
    hints = Hints(
        entry_id=row["entry_id"],
        feed_url=row["feed_url"],
        title=row["title"],
        published_raw=row["published_raw"],
        published_at=row["published_at"],
        authors=tuple(row["authors"] or ()),
    )
    sighting = Sighting(
        run_id=row["run_id"],
        looked_at=row["looked_at"],
        hints=hints,
        asked_url=row["asked_url"],
        followers=tuple(row["followers"] or ()),
        page=_page(row["page"]),
        carried_page=_page(row["carried_page"]),
        same_as_url=row["same_as_url"],
    )
    return Seen(sighting=sighting, article_id=row["article_id"], original_id=row["original_id"])


def _page(row: dict[str, Any] | None) -> PageRef | None:
    if row is None or row["page_id"] is None:  # what an outer join found nothing for
        return None
    row = {**row, "validators_url": row["final_url"]}
    del row["run_id"]
    return PageRef(validators=take_validators(row), **row)
