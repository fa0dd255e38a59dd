"""By what versions were made: recorded with them, and again when a part of them is made anew."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pyarrow as pa

from etl.records import Derivation, Run
from etl.store.sql import Connection, fetch_rows, run_script
from etl.store.stage import TEXT, Row, fields, lent

Part = Literal["fingerprinter", "tagger", "deduplicator"]

REDERIVED = pa.schema(
    dict.fromkeys(
        (
            "was_id", "derivation_id", "extractor", "feed_extractor", "fingerprinter", "tagger",
            "deduplicator", "newshouse_version", "settings_json", "libraries_json",
        ),
        TEXT,
    )
)  # fmt: skip


def load_derivation(con: Connection, run: Run) -> str | None:
    """Record what a run makes articles by, unless that is known, and return its id."""
    made_by = run.derivation
    if made_by is None:
        return None
    run_script(con, "load_derivation", now=run.now, **_columns(made_by))
    return made_by.derivation_id


def rederive(con: Connection, run: Run, paths: Sequence[Path], parts: Sequence[Part]) -> None:
    """Record that these parts of the versions in `paths` are made by `run`'s rules now."""
    if run.derivation is None:
        return
    names = [str(path) for path in paths]
    changed = {part: getattr(run.derivation, part) for part in parts}
    rows = [
        {"was_id": row["derivation_id"], **_columns(replace(_derivation(row), **changed))}
        for row in fetch_rows(con, "list_reread", paths=names)
    ]
    rows = [row for row in rows if row["was_id"] != row["derivation_id"]]
    if rows:
        with lent(con, "rederived", rows, REDERIVED):
            run_script(con, "rederive_versions", paths=names, now=run.now)


def _columns(made_by: Derivation) -> Row:
    return {
        **fields(made_by),
        "derivation_id": made_by.derivation_id,
        "settings_json": made_by.settings_json,
        "libraries_json": made_by.libraries_json,
    }


def _derivation(row: Row) -> Derivation:
    settings = json.loads(row["settings_json"])
    return Derivation(
        extractor=row["extractor"],
        feed_extractor=row["feed_extractor"],
        fingerprinter=row["fingerprinter"],
        tagger=row["tagger"],
        deduplicator=row["deduplicator"],
        newshouse_version=row["newshouse_version"],
        settings=tuple((key, json.dumps(value)) for key, value in settings.items()),
        libraries=tuple(json.loads(row["libraries_json"]).items()),
    )
