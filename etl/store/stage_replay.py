"""Sightings refined again, as Parquet, kept until they are loaded: a replay cut short goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa

from etl.records import Refined, Sighting, Tagged, VersionText, make_id
from etl.store.stage import TEXT, fields, write_rows
from etl.store.stage_pages import MENTION, REFINED, TIMEX, refined_row

RETAGGED = pa.schema({
    "article_id": TEXT, "version": pa.int32(), "tagger": TEXT, "content_hash": TEXT,
    "word_count": pa.int32(), "shingles": pa.list_(pa.uint32()),
    "mentions": pa.list_(MENTION), "dates": pa.list_(TIMEX),
})  # fmt: skip


def chunk_name(sightings: Sequence[Sighting]) -> str:
    """Return a file name that only the same sightings have."""
    named = [
        part
        for one in sightings
        for part in (
            one.run_id, one.hints.entry_id, ",".join(one.followers),
            one.page.page_id if one.page else "",
            one.carried_page.page_id if one.carried_page else "",
        )
    ]  # fmt: skip
    return f"{make_id(*named)}.parquet"


def stage_sightings(refined: Iterable[tuple[Sighting, Refined]], path: Path) -> None:
    """Write a row a sighting to `path`, as a run would have staged it."""
    rows = [refined_row(one, run_id=seen.run_id) for seen, one in refined]
    write_rows(rows, REFINED, path)


def stage_versions(versions: Iterable[tuple[VersionText, Tagged]], path: Path) -> None:
    """Write a row a version to `path`: its tags and what it is compared by."""
    rows = [
        {
            "article_id": version.article_id,
            "version": version.version,
            "tagger": tagged.tagger,
            "content_hash": tagged.fingerprinted.content_hash,
            "word_count": tagged.fingerprinted.word_count,
            "shingles": tagged.fingerprinted.shingles,
            "mentions": [fields(mention) for mention in tagged.mentions],
            "dates": [fields(timex) for timex in tagged.timexes],
        }
        for version, tagged in versions
    ]
    write_rows(rows, RETAGGED, path)
