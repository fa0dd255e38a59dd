"""Sightings refined again, as Parquet, kept until they are loaded: a replay cut short goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa

from etl.dedup.sketch import pack_sketch
from etl.records import Refined, Reread, Sighting, VersionText, make_id
from etl.store.stage import TEXT, fields, write_rows
from etl.store.stage_pages import MENTION, TIMEX, write_refined

REREAD = pa.schema({
    "article_id": TEXT, "version": pa.int32(), "tagger": TEXT, "content_hash": TEXT,
    "word_count": pa.int32(), "shingles": pa.list_(pa.uint32()), "sketch": pa.binary(),
    "mentions": pa.list_(MENTION), "dates": pa.list_(TIMEX),
})  # fmt: skip


def name_sightings(sightings: Sequence[Sighting]) -> str:
    """Return a file name that only these sightings have."""
    return _name(
        part
        for one in sightings
        for part in (
            one.run_id, one.hints.entry_id, ",".join(one.followers),
            one.page.page_id if one.page else "",
            one.carried_page.page_id if one.carried_page else "",
        )
    )  # fmt: skip


def name_versions(versions: Sequence[VersionText]) -> str:
    """Return a file name that only these texts have."""
    return _name(
        part
        for one in versions
        for part in (one.article_id, str(one.version), one.title, one.text, one.language or "",
                     str(one.published_at))
    )  # fmt: skip


def _name(parts: Iterable[str]) -> str:
    return f"{make_id(*parts)}.parquet"


def stage_sightings(refined: Iterable[tuple[Sighting, Refined]], path: Path) -> None:
    """Write a row a sighting to `path`, as a run would have staged it."""
    write_refined(((seen.run_id, one) for seen, one in refined), path)


def stage_versions(versions: Iterable[tuple[VersionText, Reread]], path: Path) -> None:
    """Write a row a version to `path`: its tags and what it is compared by."""
    rows = [
        {
            "article_id": version.article_id,
            "version": version.version,
            "tagger": read.tagger,
            "content_hash": read.content_hash,
            "word_count": read.word_count,
            "shingles": read.shingles,
            "sketch": pack_sketch(read.sketch),
            "mentions": [fields(mention) for mention in read.mentions],
            "dates": [fields(timex) for timex in read.timexes],
        }
        for version, read in versions
    ]
    write_rows(rows, REREAD, path)
