"""Refined pages as Parquet: one row a page asked for, with what came of it nested in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from etl.dedup.sketch import pack_sketch
from etl.events import weigh_words
from etl.outcomes import Outcome, Reason
from etl.records import Bug, Departure, Indexed, Refined, Tagged, make_id
from etl.store.stage import (
    EXCHANGE,
    INDEXED,
    PAGE,
    TEXT,
    TIME,
    WORD,
    Row,
    departure_row,
    exchange_row,
    fields,
    page_row,
    struct,
    url_id,
    word_rows,
    write_rows,
)
from etl.terms import BODY_AT
from etl.urls import canonicalize, identity

ADDRESS = struct(url_id=TEXT, url=TEXT)
ARTICLE = struct(
    article_id=TEXT, url=TEXT, canonical_url=TEXT, source=TEXT, feed_url=TEXT, title=TEXT,
    authors=pa.list_(TEXT), published_at=TIME, published_raw=TEXT, modified_at=TIME,
    language=TEXT, text=TEXT, text_sha256=TEXT, content_hash=TEXT, word_count=pa.int32(),
    section=TEXT, keywords=pa.list_(TEXT), image_url=TEXT, is_paywalled=pa.bool_(),
    is_truncated=pa.bool_(), declared_canonical_url=TEXT, repeated_paragraphs=pa.int32(),
    extractor=TEXT, tagger=TEXT, urls=pa.list_(ADDRESS), found_id=TEXT,
    published_offset_minutes=pa.int32(), kind=TEXT,
)  # fmt: skip
MENTION = struct(
    start_char=pa.int32(), end_char=pa.int32(), surface=TEXT, kind=TEXT, score=pa.float64(),
    entity_id=TEXT, entity_name=TEXT, country_code=TEXT,
)  # fmt: skip
TIMEX = struct(
    start_char=pa.int32(), end_char=pa.int32(), surface=TEXT, timex_type=TEXT, timex_value=TEXT,
    date_from=pa.date32(), date_to=pa.date32(), timex_mod=TEXT,
)  # fmt: skip
CLAIM = struct(field=TEXT, value=TEXT, source=TEXT, rule=TEXT, is_chosen=pa.bool_())
HINTS = struct(
    feed_url=TEXT, title=TEXT, published_raw=TEXT, published_at=TIME, authors=pa.list_(TEXT)
)
REFINED = pa.schema({
    "run_id": TEXT, "entry_id": TEXT, "followers": pa.list_(TEXT), "outcome": TEXT, "reason": TEXT,
    "detail": TEXT, "attempts": pa.int32(), "due_at": TIME, "exchanges": pa.list_(EXCHANGE),
    "page": PAGE, "carried_page": PAGE,
    "carried_for": struct(outcome=TEXT, reason=TEXT, detail=TEXT),
    "asked": ADDRESS, "asked_url": TEXT, "reached": pa.list_(ADDRESS), "hints": HINTS,
    "same_as": struct(final_url=TEXT, url_id=TEXT),
    "signals": pa.list_(struct(source=TEXT, name=TEXT, value=TEXT)), "article": ARTICLE,
    "mentions": pa.list_(MENTION), "dates": pa.list_(TIMEX), "claims": pa.list_(CLAIM),
    "shingles": pa.list_(pa.uint32()), "sketch": pa.binary(), "indexed": INDEXED,
    "event_keys": pa.list_(pa.uint32()), "event_weights": pa.list_(pa.uint16()),
    # The first row has the words of all, each once.
    "words": pa.list_(struct(**WORD)),
    "bug": struct(input=TEXT, detail=TEXT, trace=TEXT),
})  # fmt: skip


def stage_refined(batch: Iterable[Refined], path: Path, *, run_id: str) -> None:
    """Write one row a page asked for to `path`."""
    write_refined(((run_id, refined) for refined in batch), path)


def write_refined(batch: Iterable[tuple[str, Refined]], path: Path) -> None:
    """Write one row a page asked for in a run to `path`."""
    refined = list(batch)
    rows = [_refined_row(one, run_id=run_id) for run_id, one in refined]
    if rows:
        results = [one.result for _, one in refined]
        rows[0]["words"] = word_rows(one.indexed for one in results if isinstance(one, Tagged))
    write_rows(rows, REFINED, path)


def _refined_row(refined: Refined, *, run_id: str) -> Row:
    row: Row = {
        "run_id": run_id,
        "entry_id": refined.work.hints.entry_id,
        "followers": refined.work.followers,
        "attempts": refined.attempts,
        "due_at": refined.due_at,
        "exchanges": [exchange_row(exchange) for exchange in refined.exchanges],
        "page": page_row(refined.page),
        "carried_page": page_row(refined.carried_page),
        "carried_for": departure_row(refined.carried_for) if refined.carried_for else None,
        "asked": _address(refined.work.url),
        "asked_url": refined.work.url,
        "hints": fields(refined.work.hints),
        "reached": _addresses(
            *(one.final_url for one in refined.exchanges if one.kind == "page"),
            *(page.final_url for page in (refined.page, refined.carried_page) if page),
        ),
        "same_as": _same_row(refined.same_as) if refined.same_as else None,
        "signals": [fields(signal) for signal in refined.signals],
    }
    match refined.result:
        case Tagged() as tagged:
            return row | _tagged_row(tagged, refined)
        case Departure() as departure:
            return row | departure_row(departure)
        case Bug() as bug:
            departure = Departure(
                entry_id=refined.work.hints.entry_id,
                outcome=Outcome.BUG, reason=Reason.BUG, detail=bug.detail,
            )  # fmt: skip
            where = {"input": bug.where, "detail": bug.detail, "trace": bug.trace}
            return row | departure_row(departure) | {"bug": where}


def _same_row(final_url: str) -> Row:
    return {"final_url": final_url, "url_id": url_id(final_url)}


def _tagged_row(tagged: Tagged, refined: Refined) -> Row:
    fingerprinted = tagged.fingerprinted
    article = fingerprinted.article
    made_of = refined.carried_page or refined.page
    found_at = made_of.final_url if made_of else article.url
    return {
        "article": {
            **{name: getattr(article, name) for name in ARTICLE_FIELDS},
            **{name: getattr(fingerprinted, name) for name in FINGERPRINT_FIELDS},
            "article_id": make_id(identity(article.canonical_url)),
            "feed_url": refined.work.hints.feed_url,
            "repeated_paragraphs": len(fingerprinted.repeats),
            "tagger": tagged.tagger,
            "urls": _addresses(refined.work.url, article.url, found_at, article.canonical_url),
            "found_id": url_id(found_at),
        },
        "mentions": [fields(mention) for mention in tagged.mentions],
        "dates": [fields(timex) for timex in tagged.timexes],
        "claims": [fields(claim) for claim in article.claims],
        "shingles": fingerprinted.shingles,
        "sketch": pack_sketch(fingerprinted.sketch),
        "indexed": fields(tagged.indexed) if tagged.indexed else None,
        **_event_words(tagged.indexed),
    }


def _event_words(indexed: Indexed | None) -> Row:
    """Return what an article is grouped by; without its words the load reads them itself."""
    if indexed is None:
        return {"event_keys": None, "event_weights": None}
    keys, weights = weigh_words(indexed, body_at=BODY_AT)
    return {"event_keys": keys, "event_weights": weights}


ARTICLE_FIELDS = (
    "url", "canonical_url", "source", "title", "authors", "published_at", "published_raw",
    "modified_at", "language", "section", "keywords", "image_url", "is_paywalled",
    "is_truncated", "declared_canonical_url", "extractor", "published_offset_minutes", "kind",
)  # fmt: skip
FINGERPRINT_FIELDS = ("text", "text_sha256", "content_hash", "word_count")


def _addresses(*urls: str) -> list[Row]:
    """Return the addresses, each identity once, in the form it has first."""
    found = {address["url_id"]: address for address in map(_address, reversed(urls))}
    return list(found.values())


def _address(url: str) -> Row:
    return {"url_id": url_id(url), "url": canonicalize(url)}
