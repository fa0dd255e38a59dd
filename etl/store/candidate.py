"""A warehouse made anew beside the live one, to be compared with it and put in its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa

from etl.ports import Progress
from etl.records import Run, Sighting
from etl.store.articles import load_articles, place_articles
from etl.store.connect import one_thread, open_writer
from etl.store.derivations import rederive
from etl.store.duplicates import pair_articles
from etl.store.events import group_events
from etl.store.forget import bury_pages
from etl.store.migrate import migrate
from etl.store.postings import index_missing
from etl.store.publish import mark_ahead
from etl.store.replay_order import Event, Row, fresh_id, plan_layers
from etl.store.snapshots import sync_folder
from etl.store.sql import Connection, fetch_rows, run_script
from etl.store.stage import TEXT, lent, url_id

DERIVED = (
    "core.article_moves", "core.article_urls", "core.articles", "core.changes", "core.dates",
    "core.dead_documents", "core.documents", "core.duplicate_pairs", "core.entities",
    "core.event_counts", "core.event_keys", "core.event_leads", "core.event_pairs",
    "core.event_stories", "core.event_words", "core.fresh_postings",
    "core.hot_keys", "core.index_state", "core.mentions", "core.postings", "core.provenance",
    "core.shingles", "core.sketches", "core.terms", "core.versions",
    "ops.hearings",
)  # fmt: skip
"""Tables made of archived pages; all others say what was seen, and when, and are kept."""

PLACES = pa.schema({"filename": TEXT, "file_row_number": pa.int64()})
CHOSEN = pa.schema({"entry_id": TEXT, "page_id": TEXT, "carried_page_id": TEXT})


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedCounts:
    """What sightings refined again came to."""

    sightings: int
    pages: int
    articles: int
    rejected: int
    bugs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """An article of a page that newshouse now fails on; `page` is its archive address."""

    article_id: str
    page: str
    detail: str


class Candidate:
    """A database file of its own; nothing of it is seen by anyone before `replace_live`.

    Args:
        base: the warehouse it is made from, closed; only read.
        path: where it is made; what lies there is overwritten.
        run: the replay; its rules are what articles are made by.
        is_empty: begin with what was seen and when, and nothing made of it; else with all there is.
    """

    def __init__(self, base: Path, path: Path, run: Run, *, is_empty: bool) -> None:
        self.path = path
        self._run = run
        remove_database(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not is_empty:
            shutil.copyfile(base, path)
        self.con: Connection = open_writer(path)
        migrate(self.con, now=run.now)
        # ATTACH takes no parameters; the path is the home the user chose, quoted.
        self.con.execute("ATTACH '" + str(base).replace("'", "''") + "' AS was (READ_ONLY)")
        run_script(self.con, "begin_led")
        if is_empty:
            self._take_over()

    def _take_over(self) -> None:
        (here,) = fetch_rows(self.con, "name_database")
        with self._transaction():
            for row in fetch_rows(self.con, "list_tables", here=here["name"], there="was"):
                name = row["name"]
                if name not in (*DERIVED, "ops.migrations"):
                    # names from the catalog
                    self.con.execute(f"INSERT INTO {name} BY NAME SELECT * FROM was.{name}")  # noqa: S608

    def clear(self, sightings: Sequence[Sighting]) -> None:
        """Take out everything made of these sightings."""
        rows: list[Row] = [
            {
                "entry_id": entry_id,
                "page_id": one.page.page_id if one.page else None,
                "carried_page_id": one.carried_page.page_id if one.carried_page else None,
            }
            for one in sightings
            for entry_id in (one.hints.entry_id, *one.followers)
        ]
        with self._transaction(), lent(self.con, "chosen", rows, CHOSEN):
            run_script(self.con, "clear_articles")

    def load_sightings(self, paths: Sequence[Path], *, tell: Progress) -> None:
        """Load staged sightings so that the result is that of their runs, one after the other."""
        layers = plan_layers(self.con, paths)
        tell.begin("loading articles", sum(len(layer.places) for layer in layers))
        for layer in layers:
            for event in layer.merges:
                self._load_merge(event)
            for places in layer.batches():
                self._load_places(places)
                tell.advance(len(places))

    def load_tags(self, paths: Sequence[Path]) -> None:
        """Load versions tagged anew."""
        for path in paths:
            with self._transaction():
                run_script(self.con, "take_retagged", path=str(path))
                run_script(self.con, "load_tags")
        with self._transaction():
            rederive(self.con, self._run, paths, ["tagger"])

    def load_fingerprints(self, paths: Sequence[Path]) -> None:
        """Load versions fingerprinted anew and find the duplicates among them."""
        for path in paths:
            with self._transaction():
                run_script(self.con, "take_refingerprinted", path=str(path))
                pair_articles(self.con)
        with self._transaction():
            rederive(self.con, self._run, paths, ["fingerprinter", "deduplicator"])

    def count_staged(self, paths: Sequence[Path]) -> StagedCounts:
        """Return what staged sightings came to."""
        (row,) = fetch_rows(self.con, "count_staged", paths=[str(path) for path in paths])
        return StagedCounts(**row)

    def find_lost(self, paths: Sequence[Path]) -> tuple[Lost, ...]:
        """Return the articles that staged sightings do not bring back because of failures."""
        names = [str(path) for path in paths]
        return tuple(Lost(**row) for row in fetch_rows(self.con, "find_lost_articles", paths=names))

    def settle(self, *, finished_at: datetime) -> None:
        """Bring what points at articles up to date and record the replay as a run."""
        run = self._run
        with self._transaction():
            run_script(
                self.con, "settle_replay", run_id=run.run_id, flow=run.flow, now=run.now,
                finished_at=finished_at, version=version("newshouse"),
            )  # fmt: skip
            run_script(self.con, "settle_current")
            run_script(self.con, "recount_entities")
            while index_missing(self.con):
                pass
            while group_events(self.con):
                pass

    def close(self) -> None:
        """Close the file, everything in it on disk."""
        self.con.execute("DETACH was")
        with one_thread(self.con):
            self.con.execute("CHECKPOINT")
        self.con.close()
        with self.path.open("rb") as file:
            os.fsync(file.fileno())

    def _load_places(self, places: Sequence[Row]) -> None:
        files = sorted({place["filename"] for place in places})
        with self._transaction(), lent(self.con, "chosen", list(places), PLACES):
            run_script(self.con, "stage_sightings", paths=files)
            place_articles(self.con)
            bury_pages(self.con)
            load_articles(self.con, self._run)
            run_script(self.con, "note_led")

    def _load_merge(self, event: Event) -> None:
        merge = event.merge
        assert merge is not None
        if event.is_split:
            run_script(
                self.con, "undo_address_merge", merge_id=merge.merge_id,
                fresh_id=fresh_id(merge), split_at=merge.split_at,
            )  # fmt: skip
        else:
            run_script(
                self.con, "load_address_merge", merge_id=merge.merge_id, url=merge.now_url,
                url_id=url_id(merge.now_url), entry_id=merge.entry_id, run_id=merge.run_id,
            )  # fmt: skip

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        # A candidate that fails is thrown away, so there is nothing to roll back to.
        self.con.execute("BEGIN")
        yield
        with one_thread(self.con):
            self.con.execute("COMMIT")


def remove_database(path: Path) -> None:
    """Remove a database file and what belongs to it; nothing happens where there is none."""
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)


def replace_live(candidate: Path, live: Path) -> None:
    """Put a closed candidate in the place of the closed live database, in one step.

    The caller holds the writer's lock and publishes afterwards; killed before that, the next run
    finds what is published behind, as after any run cut short.
    """
    mark_ahead(live)
    candidate.replace(live)
    sync_folder(live.parent)
