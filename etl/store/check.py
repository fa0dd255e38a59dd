"""Proving that the warehouse agrees with itself and with what was published. Nothing is written.

Both databases are opened read-only; `live` only by a caller who holds the writer's lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.records import PageRef, SealedFile
from etl.store.connect import open_reader
from etl.store.publish import digest_database, is_named, read_manifests
from etl.store.rows import take_validators
from etl.store.sql import Connection, fetch_rows, list_sql, read_sql

MOST_FINDINGS = 1000
"""Findings kept of one check: damage on every row is one fault, and must fit in memory."""

APPEND_ONLY = (
    "raw.pages", "raw.entries", "raw.usage_signals", "core.mentions", "core.dates",
    "core.provenance", "core.derivations", "ops.bugs", "ops.archive_files",
)  # fmt: skip
"""Tables whose published rows are in every later state of the warehouse.

Not among them: `raw.fetches`, whose old polls are dropped, `core.article_urls`, which a merge of
entries undone takes addresses out of, and `core.entities`, whose names grow longer. Of these the
rows that stay are counted.
"""

MOSTLY_APPEND_ONLY = {
    "raw.fetches": "count_missing_pages",
    "core.article_urls": "count_missing_urls",
    "core.entities": "count_missing_entities",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as it should be: `subject` is what, `detail` how, in words."""

    check: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A published snapshot, open, and what its manifest says of it.

    `sha256` is the digest of the bytes that are there (`publish.digest_database`). The connection
    keeps them when a newer snapshot takes their name.
    """

    con: Connection
    sha256: str
    findings: tuple[Finding, ...]


def open_snapshot(live: Path, published: Path) -> Snapshot:
    """Open what is published and compare its bytes with the manifest.

    Raises:
        WarehouseError: it is no database, or too damaged to be opened.
    """
    while True:
        manifests = read_manifests(live)
        before = published.stat()
        sha256 = digest_database(published)
        con = open_reader(published)
        # A run may publish while we read: then digest and connection are of two snapshots.
        if published.stat().st_ino == before.st_ino and read_manifests(live) == manifests:
            break
        con.close()
    findings: tuple[Finding, ...] = ()
    if not is_named(published, manifests, sha256=sha256):
        findings = (_strange_bytes(published, sha256, has_manifest=bool(manifests)),)
    return Snapshot(con=con, sha256=sha256, findings=findings)


def _strange_bytes(path: Path, sha256: str, *, has_manifest: bool) -> Finding:
    was = "differs from what was published" if has_manifest else "there is no manifest of it"
    return Finding(
        check="published_bytes",
        subject=path.name,
        detail=f"{was}: changed by another hand (SHA-256 {sha256[:12]}…)",
    )


def check_live(live: Path, snapshot: Snapshot, *, ahead: bool) -> tuple[Finding, ...]:
    """Return how the writer's database differs from the snapshot where it may not.

    Args:
        live: the writer's database; the caller holds the lock.
        snapshot: what is published.
        ahead: the last run was cut short, so `live` may hold more, but nothing less.
    """
    if not live.exists():
        return (Finding(check="live_rows", subject=live.name, detail="it is missing"),)
    log = live.with_name(f"{live.name}.wal")
    is_same = digest_database(live) == snapshot.sha256 and not log.exists()
    if is_same:
        return ()
    con = snapshot.con
    try:
        # ATTACH takes no parameters; the path is the home the user chose, quoted.
        con.execute("ATTACH '" + str(live).replace("'", "''") + "' AS live (READ_ONLY)")
    except duckdb.Error as error:
        return (Finding(check="live_rows", subject=live.name, detail=f"cannot be read: {error}"),)
    try:
        return _lost_rows(con) if ahead else _differing_rows(con, live)
    except duckdb.Error as error:
        return (Finding(check="live_rows", subject=live.name, detail=f"cannot be read: {error}"),)
    finally:
        con.execute("DETACH live")


def _differing_rows(con: Connection, live: Path) -> tuple[Finding, ...]:
    here = _name_of(con)
    differences = {
        row["name"]: _compare_table(con, here, row["name"])
        for row in fetch_rows(con, "list_tables", here=here, there="live")
    }
    found = tuple(
        Finding(check="live_rows", subject=name, detail=detail)
        for name, detail in differences.items()
        if detail is not None
    )
    detail = "differs from what was published, though not in its rows: changed by another hand"
    return found or (Finding(check="live_rows", subject=live.name, detail=detail),)


def _compare_table(con: Connection, here: str, name: str) -> str | None:
    try:
        lost = _count_missing(con, f"{here}.{name}", f"live.{name}")
        added = _count_missing(con, f"live.{name}", f"{here}.{name}")
    except duckdb.CatalogException:
        return "the table is in one of the two databases only"
    if not lost and not added:
        return None
    return f"{lost} published rows are not in the writer's database, {added} are only there"


def _lost_rows(con: Connection) -> tuple[Finding, ...]:
    here = _name_of(con)
    counts = {name: _count_missing(con, f"{here}.{name}", f"live.{name}") for name in APPEND_ONLY}
    for name, query in MOSTLY_APPEND_ONLY.items():
        counts[name] = _count_missing(con, f"{here}.{name}", f"live.{name}", query=query)
    return tuple(
        Finding(check="live_rows", subject=name, detail=f"{lost} published rows are gone")
        for name, lost in counts.items()
        if lost
    )


def _name_of(con: Connection) -> str:
    (row,) = fetch_rows(con, "name_database")
    return str(row["name"])


def _count_missing(
    con: Connection, one: str, other: str, *, query: str = "count_missing_rows"
) -> int:
    (row,) = fetch_rows(con, query, one=one, other=other)
    return int(row["missing"])


def list_checks() -> tuple[str, ...]:
    """Return the names of the checks under `warehouse/checks`."""
    return list_sql("checks")


def run_check(con: Connection, name: str) -> tuple[Finding, ...]:
    """Return what the check `warehouse/checks/<name>.sql` finds, at most `MOST_FINDINGS`."""
    try:
        rows = con.execute(read_sql("checks", name)).fetchmany(MOST_FINDINGS)
    except duckdb.Error as error:
        return (Finding(check=name, subject="the check", detail=f"could not be run: {error}"),)
    return tuple(Finding(check=name, subject=row[0], detail=row[1]) for row in rows)


def read_sealed_files(con: Connection) -> tuple[SealedFile, ...]:
    """Return the archive files that never change again."""
    return tuple(SealedFile(**row) for row in fetch_rows(con, "list_sealed_files"))


def read_unfinished_runs(con: Connection) -> frozenset[str]:
    """Return the ids of runs whose archive files are not sealed yet."""
    return frozenset(row["run_id"] for row in fetch_rows(con, "list_unfinished_runs"))


def count_pages(con: Connection) -> int:
    """Return how many archived answers there are, feeds and pages."""
    (row,) = fetch_rows(con, "count_pages")
    return int(row["pages"])


def iter_page_refs(con: Connection) -> Iterator[PageRef]:
    """Yield the address of every archived answer, in the order they lie in the archive.

    A file's at a time: memory holds the refs of one file, however many files there are.
    """
    for file in fetch_rows(con, "list_page_files"):
        for row in fetch_rows(con, "list_page_refs", warc_file=file["warc_file"]):
            yield PageRef(validators=take_validators(row), **row)
