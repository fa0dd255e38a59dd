"""Batches between the stages and the warehouse, as Parquet: what all of them have in common.

A batch is one file that is there whole or not at all. The load scripts under `warehouse/queries`
take it apart.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.records import Departure, Exchange, Indexed, PageRef, make_id
from etl.store.sql import Connection
from etl.urls import identity

TIME = pa.timestamp("us", tz="UTC")
TEXT = pa.string()
SURROGATE = re.compile("[\ud800-\udfff]")

Row = dict[str, Any]


def struct(**fields: pa.DataType) -> pa.DataType:
    """Return the type of a row nested in another."""
    return pa.struct(list(fields.items()))


HOP = struct(url=TEXT, status=pa.int32(), location=TEXT)
EXCHANGE = struct(
    fetch_id=TEXT, kind=TEXT, url=TEXT, final_url=TEXT, status=pa.int32(), outcome=TEXT,
    error=TEXT, started_at=TIME, elapsed_ms=pa.int32(), received_bytes=pa.int64(),
    from_cache=pa.bool_(), hops=pa.list_(HOP),
)  # fmt: skip
NUMBERS = pa.list_(pa.uint64())
INDEXED = struct(
    title_words=pa.int32(), text_words=pa.int32(), form_keys=NUMBERS,
    stem_starts=pa.list_(pa.uint32()), stem_keys=NUMBERS, title_counts=pa.list_(pa.uint8()),
    text_counts=pa.list_(pa.uint16()), places=pa.list_(pa.list_(pa.uint16())),
)  # fmt: skip
WORD = {
    "form_key": pa.uint64(), "stem_start": pa.uint32(), "stem_key": pa.uint64(), "form": TEXT,
    "stem": TEXT,
}  # fmt: skip
PAGE = struct(
    page_id=TEXT, kind=TEXT, url=TEXT, final_url=TEXT, fetched_at=TIME, status=pa.int32(),
    sha256=TEXT, body_bytes=pa.int64(), content_type=TEXT, charset=TEXT, etag=TEXT,
    last_modified=TEXT, warc_file=TEXT, warc_offset=pa.int64(), warc_length=pa.int64(),
)  # fmt: skip


def write_rows(rows: list[Row], schema: pa.Schema, path: Path) -> None:
    """Write `rows` to `path`; fields that `schema` does not name are left out."""
    # Under its own name only when whole: a half-written file is never mistaken for a batch.
    torn = path.with_suffix(".torn")
    pq.write_table(_make_table(rows, schema), torn, compression="zstd")
    torn.replace(path)


def _make_table(rows: list[Row], schema: pa.Schema) -> pa.Table:
    try:
        return pa.Table.from_pylist(rows, schema=schema)
    except UnicodeEncodeError:
        return pa.Table.from_pylist([_mend_row(row) for row in rows], schema=schema)


@contextmanager
def lent(con: Connection, name: str, rows: list[Row], schema: pa.Schema) -> Iterator[None]:
    """Let queries read `rows` as the table `name`.

    For lists of any length: as a parameter, 20,000 strings cost DuckDB 1.5.5 ten seconds.
    """
    con.register(name, _make_table(rows, schema))
    try:
        yield
    finally:
        con.unregister(name)


def _mend_row(row: Row) -> Row:
    """Return `row` without halves of surrogate pairs: JSON can spell them, Parquet takes none."""
    mended: Row = _mend(row)
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


def fields(record: Any) -> Row:
    """Return the fields of a record by name."""
    # Not dataclasses.asdict: it copies deep, and cost more than the load itself.
    return {name: getattr(record, name) for name in record.__slots__}


def word_rows(indexed: Iterable[Indexed | None]) -> list[Row]:
    """Return the words of articles as rows of `WORD`, each once."""
    found = {
        (form_key, stem_key): (form_key, stem_start, stem_key, form, stem)
        for one in indexed
        if one
        for form_key, stem_start, stem_key, form, stem in zip(
            one.form_keys, one.stem_starts, one.stem_keys, one.forms, one.stems, strict=True
        )
    }
    return [dict(zip(WORD, word, strict=True)) for word in found.values()]


def exchange_row(exchange: Exchange) -> Row:
    """Return an exchange as `EXCHANGE`."""
    return fields(exchange) | {"hops": [fields(hop) for hop in exchange.hops] or None}


def page_row(ref: PageRef | None) -> Row | None:
    """Return a page as `PAGE`, with its validators beside the rest."""
    if ref is None:
        return None
    given = ref.validators
    return fields(ref) | {"etag": given.etag, "last_modified": given.last_modified}


def departure_row(departure: Departure | None) -> Row:
    """Return outcome, reason and detail; all None where nothing departed."""
    return {
        "outcome": departure.outcome.value if departure else None,
        "reason": departure.reason.value if departure and departure.reason else None,
        "detail": departure.detail if departure else None,
    }


def url_id(url: str) -> str:
    """Return the id under which `core.article_urls` knows an address."""
    return make_id(identity(url))
