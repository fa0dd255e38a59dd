"""Rows of the warehouse as the records the stages know."""

from __future__ import annotations

from typing import Any

from etl.records import FeedState, Hints, Move, Rhythm, RobotsFile, Validators, Work

Row = dict[str, Any]


def feed_state(row: Row) -> FeedState:
    """Return a feed's state of a row of `find_due_feeds`."""
    target, sightings, first_seen_at = (
        row.pop(name) for name in ("move_target", "move_sightings", "move_first_seen_at")
    )
    arrivals, since, as_of = (
        row.pop(name) for name in ("arrivals", "arrivals_since", "arrivals_as_of")
    )
    return FeedState(
        validators=take_validators(row),
        move=Move(target=target, sightings=sightings, first_seen_at=first_seen_at)
        if target is not None
        else None,
        rhythm=Rhythm(arrivals=tuple(arrivals), since=since, as_of=as_of)
        if arrivals is not None
        else None,
        skip_hours=frozenset(row.pop("skip_hours") or ()),
        skip_days=frozenset(row.pop("skip_days") or ()),
        **row,
    )


def robots_file(row: Row) -> RobotsFile:
    """Return a robots.txt of a row of `find_robots`."""
    return RobotsFile(validators=take_validators(row), **row)


def work(row: Row) -> Work:
    """Return a page to fetch of a row of `find_due_entries`."""
    return Work(
        hints=Hints(
            entry_id=row["entry_id"],
            feed_url=row["feed_url"],
            title=row["title"],
            published_raw=row["published_raw"],
            published_at=row["published_at"],
            authors=tuple(row["authors"]),
        ),
        url=row["url"],
        followers=tuple(row["followers"]),
        validators=take_validators(row),
        attempts=row["attempts"],
        first_seen_at=row["first_seen_at"],
        article_id=row["article_id"],
        has_carried=row["has_carried"],
    )


def take_validators(row: Row) -> Validators:
    """Return the validators in a row and take them out of it."""
    etag, last_modified, url = (
        row.pop(name) for name in ("etag", "last_modified", "validators_url")
    )
    if etag is None and last_modified is None:
        return Validators()
    return Validators(etag=etag, last_modified=last_modified, url=url)
