"""What a replay works from: what was seen when, and which entries were taken for one another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from etl.records.article import NO_SKETCH, Mention, Sketch, Timex
from etl.records.web import Hints, PageRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One look at a page in one run: which entries led there, what they said, what was had.

    `hints` are those of the leader, `followers` the other entries that pointed there. `page` is
    None where the page could not be had, `carried_page` the text its feed carried instead, if that
    was needed; `same_as_url` is where redirects led when another entry's page was found there.
    """

    run_id: str
    looked_at: datetime
    hints: Hints
    asked_url: str
    followers: tuple[str, ...]
    page: PageRef | None
    carried_page: PageRef | None
    same_as_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressMerge:
    """An entry that was found under another address; `split_at` is when a person undid that."""

    merge_id: str
    entry_id: str
    run_id: str
    merged_at: datetime
    was_url: str | None
    now_url: str
    split_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionText:
    """What tags and fingerprints of a version are made of; `where` is its raw page's address."""

    article_id: str
    version: int
    title: str
    text: str
    language: str | None
    published_at: datetime | None
    published_raw: str | None
    where: str
    published_offset_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """A version's text read again: its tags, and what it is compared by (see `Fingerprinted`)."""

    tagger: str
    mentions: tuple[Mention, ...]
    timexes: tuple[Timex, ...]
    content_hash: str
    word_count: int
    shingles: tuple[int, ...]
    sketch: Sketch = NO_SKETCH
