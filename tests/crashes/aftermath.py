"""What a killed run and the run after it left: the content, and everything that should not be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import duckdb

from etl.errors import WarehouseBusyError
from etl.home import Home
from etl.store.connect import writer_lock
from etl.store.publish import read_manifest
from etl.store.snapshots import KEPT, find_kept, folder_of
from etl.verification import Checked, verify
from tests.conftest import Quiet

CONTENT = {
    "articles": "SELECT * EXCLUDE (first_seen_at, last_seen_at, page_id, vanished_at), "
    "vanished_at IS NULL FROM articles",
    "article_versions": "SELECT v.* EXCLUDE (seen_from, seen_until, page_id, run_id), "
    "v.seen_until IS NULL, p.url, p.sha256 FROM article_versions AS v LEFT JOIN pages AS p "
    "USING (page_id)",
    "mentions": "FROM mentions",
    "dates": "FROM dates",
    "provenance": "FROM provenance",
    "duplicates": "FROM duplicates",
    "stories": "SELECT * EXCLUDE (first_seen_at, last_seen_at) FROM stories",
    "entities": "SELECT * EXCLUDE (first_seen_at, last_seen_at) FROM entities",
    "entries": "SELECT * EXCLUDE (first_seen_at, due_at), due_at IS NULL FROM entries",
    "pages": "SELECT url, final_url, kind, sha256, bytes, content_type, charset FROM pages",
    "usage_signals": "SELECT * EXCLUDE (page_id, fetched_at) FROM usage_signals",
    "feeds": "SELECT feed_url, title, format, state, address, is_subscribed, entries_total, "
    "coalesce(missed_estimate, 0), newest_entry_at FROM feeds",
    "article_urls": "SELECT * EXCLUDE (run_id) FROM core.article_urls",
    "changes": "FROM core.changes",
    "sightings": "SELECT entry_id, leader_id, asked_url, same_as_url, title FROM raw.sightings",
    "postings": "SELECT p.* EXCLUDE (document_id), d.article_id FROM core.documents AS d JOIN ("
    "FROM core.postings UNION ALL FROM core.fresh_postings) AS p USING (document_id)",
    "shingles": "SELECT key, article_id FROM core.shingles JOIN core.sketches USING (article_no)",
    "duplicate_pairs": "FROM core.duplicate_pairs",
}
"""What a warehouse says, without ids of runs and pages and the times at which it was said."""

UNCOUNTED = """
    SELECT r.run_id FROM runs AS r LEFT JOIN outcomes AS o USING (run_id)
    GROUP BY r.run_id, r.entries_seen HAVING count(o.entry_id) <> r.entries_seen
"""
INTERRUPTED = "FROM alarms WHERE kind = 'run_interrupted' AND cleared_at IS NULL"
UNFINISHED = "FROM runs WHERE finished_at IS NULL OR state IN ('running', 'failed')"

Content = dict[str, tuple[int, str]]


def read_content(home: Home) -> Content:
    """Return rows and SHA-256 of everything `CONTENT` asks of what is published."""
    con = duckdb.connect(str(home.published), read_only=True)
    try:
        con.execute("SET TimeZone = 'UTC'")
        found = {
            name: con.execute(f"FROM ({sql}) ORDER BY ALL").fetchall()
            for name, sql in CONTENT.items()
        }
    finally:
        con.close()
    return {
        name: (len(rows), hashlib.sha256(repr(rows).encode()).hexdigest())
        for name, rows in found.items()
    }


def find_damage(home: Home, expected: Content) -> Iterator[str]:
    """Yield everything that is not as after an undisturbed run, in words."""
    found = read_content(home)
    for name, (count, digest) in expected.items():
        if found[name][0] != count:
            yield f"{name}: {found[name][0]} rows, not {count}"
        elif found[name][1] != digest:
            yield f"{name}: other content in as many rows"
    for claim in (UNCOUNTED, INTERRUPTED, UNFINISHED):
        yield from (f"{row}: {' '.join(claim.split())}" for row in ask(home, claim))
    checked = verify(home, deep=True, tell=Quiet())
    yield from say_findings(checked)
    yield from (f"{one.check}: {one.note}" for one in checked if one.note)
    yield from find_litter(home)
    if len(kept := find_kept(folder_of(home.live))) > KEPT - 1:
        yield f"{len(kept)} snapshots are kept beside the published one"
    try:
        with writer_lock(home.live.parent):
            pass
    except WarehouseBusyError as error:
        yield f"the lock is stuck: {error}"


def find_damage_before_recovery(home: Home) -> Iterator[str]:
    """Yield what is wrong before the next run: readers and `verify` must find nothing."""
    if not home.published.exists():
        return
    try:
        con = duckdb.connect(str(home.published), read_only=True)
        con.execute("SELECT count(text) FROM articles").fetchall()
        con.close()
    except duckdb.Error as error:
        yield f"readers, right after the kill: {error}"
    for finding in say_findings(verify(home, deep=True, tell=Quiet())):
        yield f"right after the kill: {finding}"


def say_findings(checked: tuple[Checked, ...]) -> Iterator[str]:
    """Yield what `verify` found, a line a finding."""
    for one in checked:
        for finding in one.findings:
            yield f"verify: {finding.check}: {finding.subject}: {finding.detail}"


def find_litter(home: Home) -> Iterator[str]:
    """Yield every file under `data` that an undisturbed run does not leave."""
    whole = {home.published, home.live, *home.archive.glob("*.warc.gz")}
    whole |= {home.live.parent / name for name in ("published.json", "writer.lock")}
    whole |= {*find_kept(folder_of(home.live)), *_digests_of(home)}
    for path in home.data.rglob("*"):
        if path.is_file() and path not in whole:
            yield f"left behind: {path.relative_to(home.data)}"


def _digests_of(home: Home) -> Iterator[Path]:
    folder, manifest = folder_of(home.live), read_manifest(home.live)
    names = [path.stem for path in find_kept(folder)] + ([manifest.name] if manifest else [])
    yield from (folder / f"{name}.blocks" for name in names)


def ask(home: Home, sql: str) -> list[tuple]:
    """Return the rows of a query on what is published."""
    con = duckdb.connect(str(home.published), read_only=True)
    try:
        return con.execute(sql).fetchall()
    finally:
        con.close()


def find_survivors(session: int) -> list[int]:
    """Return the processes left of a session; none where there is no /proc."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            # After the name, in brackets, come state, parent, group and session.
            state, _, _, of_session = stat.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(of_session) == session and state != "Z":
            found.append(int(stat.parent.name))
    return found
