"""Batches between the stages and the warehouse, as Parquet.

One row a poll or a page asked for, with what belongs to it nested, so that a batch is one file
that is there whole or not at all. The load scripts under `warehouse/queries` take it apart.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.outcomes import Outcome, Reason
from etl.records import Bug, Departure, Met, PageRef, Polled, Refined, Tagged, make_id
from etl.urls import canonicalize, identity

TIME = pa.timestamp("us", tz="UTC")
TEXT = pa.string()
SURROGATE = re.compile("[\ud800-\udfff]")


def _struct(**fields: pa.DataType) -> pa.DataType:
    return pa.struct(list(fields.items()))


EXCHANGE = _struct(
    fetch_id=TEXT, kind=TEXT, url=TEXT, final_url=TEXT, status=pa.int32(), outcome=TEXT,
    error=TEXT, started_at=TIME, elapsed_ms=pa.int32(), received_bytes=pa.int64(),
    from_cache=pa.bool_(),
)  # fmt: skip
PAGE = _struct(
    page_id=TEXT, kind=TEXT, url=TEXT, final_url=TEXT, fetched_at=TIME, status=pa.int32(),
    sha256=TEXT, body_bytes=pa.int64(), content_type=TEXT, charset=TEXT, etag=TEXT,
    last_modified=TEXT, warc_file=TEXT, warc_offset=pa.int64(), warc_length=pa.int64(),
)  # fmt: skip
ENTRY = _struct(
    entry_id=TEXT, guid=TEXT, url=TEXT, url_id=TEXT, title=TEXT, published_raw=TEXT,
    published_at=TIME, updated_raw=TEXT, authors=pa.list_(TEXT), summary=TEXT, content_html=TEXT,
    fingerprint=TEXT, is_new=pa.bool_(), is_stated=pa.bool_(), is_due=pa.bool_(), outcome=TEXT,
    reason=TEXT, detail=TEXT,
)  # fmt: skip
POLLED = pa.schema({
    "feed_url": TEXT, "title": TEXT, "format": TEXT, "state": TEXT, "etag": TEXT,
    "last_modified": TEXT, "body_sha256": TEXT, "last_polled_at": TIME, "last_new_at": TIME,
    "next_poll_at": TIME, "interval_s": pa.int32(), "consecutive_failures": pa.int32(),
    "last_status": pa.int32(), "last_error": TEXT, "is_unchanged": pa.bool_(),
    "is_failed": pa.bool_(), "exchanges": pa.list_(EXCHANGE), "page": PAGE,
    "entries": pa.list_(ENTRY),
})  # fmt: skip
ARTICLE = _struct(
    article_id=TEXT, url=TEXT, canonical_url=TEXT, source=TEXT, feed_url=TEXT, title=TEXT,
    authors=pa.list_(TEXT), published_at=TIME, published_raw=TEXT, modified_at=TIME,
    language=TEXT, text=TEXT, text_sha256=TEXT, content_hash=TEXT, word_count=pa.int32(),
    section=TEXT, keywords=pa.list_(TEXT), image_url=TEXT, is_paywalled=pa.bool_(),
    is_truncated=pa.bool_(), declared_canonical_url=TEXT, repeated_paragraphs=pa.int32(),
    extractor=TEXT, tagger=TEXT, urls=pa.list_(_struct(url_id=TEXT, url=TEXT)),
)  # fmt: skip
MENTION = _struct(
    start_char=pa.int32(), end_char=pa.int32(), surface=TEXT, kind=TEXT, score=pa.float64(),
    entity_id=TEXT, entity_name=TEXT, country_code=TEXT,
)  # fmt: skip
TIMEX = _struct(
    start_char=pa.int32(), end_char=pa.int32(), surface=TEXT, timex_type=TEXT, timex_value=TEXT,
    date_from=pa.date32(), date_to=pa.date32(),
)  # fmt: skip
CLAIM = _struct(field=TEXT, value=TEXT, source=TEXT, rule=TEXT, is_chosen=pa.bool_())
REFINED = pa.schema({
    "entry_id": TEXT, "followers": pa.list_(TEXT), "outcome": TEXT, "reason": TEXT,
    "detail": TEXT, "attempts": pa.int32(), "due_at": TIME, "exchanges": pa.list_(EXCHANGE),
    "page": PAGE, "article": ARTICLE, "mentions": pa.list_(MENTION), "dates": pa.list_(TIMEX),
    "claims": pa.list_(CLAIM), "shingles": pa.list_(pa.uint32()),
    "bug": _struct(input=TEXT, detail=TEXT, trace=TEXT),
})  # fmt: skip


def stage_polled(batch: Iterable[Polled], path: Path) -> None:
    """Write one row a polled feed to `path`."""
    _write([_polled_row(polled) for polled in batch], POLLED, path)


def stage_refined(batch: Iterable[Refined], path: Path) -> None:
    """Write one row a page asked for to `path`."""
    _write([_refined_row(refined) for refined in batch], REFINED, path)


def _write(rows: list[dict[str, Any]], schema: pa.Schema, path: Path) -> None:
    # Under its own name only when whole: a half-written file is never mistaken for a batch.
    torn = path.with_suffix(".torn")
    try:
        table = pa.Table.from_pylist(rows, schema=schema)
    except UnicodeEncodeError:
        table = pa.Table.from_pylist([_mend_row(row) for row in rows], schema=schema)
    pq.write_table(table, torn, compression="zstd")
    torn.replace(path)


def _mend_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return `row` without halves of surrogate pairs: JSON can spell them, Parquet takes none."""
    mended: dict[str, Any] = _mend(row)
    if mended.get("article"):
        text = mended["article"]["text"]
        mended["article"]["text_sha256"] = hashlib.sha256(text.encode()).hexdigest()
    return mended


def _mend(value: Any) -> Any:
    match value:
        case str():
            return SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value)
        case dict():
            return {key: _mend(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_mend(inner) for inner in value]
        case _:
            return value


def _fields(record: Any) -> dict[str, Any]:
    # Not dataclasses.asdict: it copies deep, and cost more than the load itself.
    return {name: getattr(record, name) for name in record.__slots__}


def _polled_row(polled: Polled) -> dict[str, Any]:
    return {
        **_fields(polled.state),
        **_fields(polled.state.validators),
        "is_unchanged": polled.is_unchanged,
        "is_failed": polled.is_failed,
        "exchanges": [_fields(exchange) for exchange in polled.exchanges],
        "page": _page_row(polled.page),
        "entries": [_met_row(met) for met in polled.met],
    }


def _met_row(met: Met) -> dict[str, Any]:
    return {
        **_fields(met.entry),
        "url_id": met.url_id,
        "is_new": met.is_new,
        "is_stated": met.is_stated,
        "is_due": met.is_due,
        **_departure_row(met.departure),
    }


def _departure_row(departure: Departure | None) -> dict[str, Any]:
    return {
        "outcome": departure.outcome.value if departure else None,
        "reason": departure.reason.value if departure and departure.reason else None,
        "detail": departure.detail if departure else None,
    }


def _page_row(ref: PageRef | None) -> dict[str, Any] | None:
    return {**_fields(ref), **_fields(ref.validators)} if ref else None


def _refined_row(refined: Refined) -> dict[str, Any]:
    row: dict[str, Any] = {
        "entry_id": refined.work.hints.entry_id,
        "followers": refined.work.followers,
        "attempts": refined.attempts,
        "due_at": refined.due_at,
        "exchanges": [_fields(exchange) for exchange in refined.exchanges],
        "page": _page_row(refined.page),
    }
    match refined.result:
        case Tagged() as tagged:
            return row | _tagged_row(tagged, refined)
        case Departure() as departure:
            return row | _departure_row(departure)
        case Bug() as bug:
            departure = Departure(
                entry_id=refined.work.hints.entry_id,
                outcome=Outcome.BUG, reason=Reason.BUG, detail=bug.detail,
            )  # fmt: skip
            where = {"input": bug.where, "detail": bug.detail, "trace": bug.trace}
            return row | _departure_row(departure) | {"bug": where}


def _tagged_row(tagged: Tagged, refined: Refined) -> dict[str, Any]:
    fingerprinted = tagged.fingerprinted
    article = fingerprinted.article
    return {
        "article": {
            **{name: getattr(article, name) for name in ARTICLE_FIELDS},
            **{name: getattr(fingerprinted, name) for name in FINGERPRINT_FIELDS},
            "article_id": make_id(identity(article.canonical_url)),
            "feed_url": refined.work.hints.feed_url,
            "repeated_paragraphs": len(fingerprinted.repeats),
            "tagger": tagged.tagger,
            "urls": _addresses(refined.work.url, article.url, article.canonical_url),
        },
        "mentions": [_fields(mention) for mention in tagged.mentions],
        "dates": [_fields(timex) for timex in tagged.timexes],
        "claims": [_fields(claim) for claim in article.claims],
        "shingles": fingerprinted.shingles,
    }


ARTICLE_FIELDS = (
    "url", "canonical_url", "source", "title", "authors", "published_at", "published_raw",
    "modified_at", "language", "section", "keywords", "image_url", "is_paywalled",
    "is_truncated", "declared_canonical_url", "extractor",
)  # fmt: skip
FINGERPRINT_FIELDS = ("text", "text_sha256", "content_hash", "word_count")


def _addresses(*urls: str) -> list[dict[str, str]]:
    found = {url_id(url): canonicalize(url) for url in reversed(urls)}
    return [{"url_id": key, "url": url} for key, url in found.items()]


def url_id(url: str) -> str:
    """Return the id under which `core.article_urls` knows an address."""
    return make_id(identity(url))
