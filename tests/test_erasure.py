"""`forget` leaves nothing of an article anywhere, and nothing of it ever comes in again."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import duckdb

from etl.erasure import forget
from etl.home import Home
from etl.verification import verify
from tests.conftest import Quiet
from tests.store.desk import Desk, Paper, entry, story

URL = "https://harbour.test/"
MARKS = ("zanzibarsecret", "wombatheadline", "platypusguid", "quokkaslug")
"""In the text, the title, the guid and the address."""
SECRET = f"{URL}quokkaslug"
TEXT = story("ferry") + " " + " ".join(f"zanzibarsecret{n}" for n in range(80))


def secret_entry(**changes: object):
    """Return the feed's item of the article to be forgotten."""
    given: dict = {"url": SECRET, "title": "The wombatheadline story", **changes}
    return entry("platypusguid-48151623", content_html=f"<p>{TEXT}</p>", **given)


def secret_paper(**changes: object) -> Paper:
    """Return its page."""
    given: dict = {"text": TEXT, "title": "The wombatheadline story", **changes}
    return Paper(**given)


def pieces(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes, and what each of its gzip members unpacks to."""
    raw = path.read_bytes()
    yield raw
    while raw.startswith(b"\x1f\x8b"):
        machine = zlib.decompressobj(31)
        yield machine.decompress(raw)
        raw = machine.unused_data


def dump(path: Path) -> str:
    """Return every value of every table of a database."""
    with duckdb.connect(str(path), read_only=True) as con:
        names = con.execute(
            "SELECT database_name || '.' || schema_name || '.' || table_name FROM duckdb_tables()"
        ).fetchall()
        return "\n".join(str(con.execute(f"FROM {name}").fetchall()) for (name,) in names)


def traces(data: Path, marks: tuple[str, ...] = MARKS) -> list[str]:
    """Return where under `data` any mark can be found, by whoever looks for it."""
    found = []
    for path in sorted(one for one in data.rglob("*") if one.is_file()):
        name = path.relative_to(data).as_posix()
        for mark in marks:
            if any(mark.encode() in piece for piece in pieces(path)):
                found.append(f"{mark} in {name}")
            if path.suffix == ".duckdb" and mark in dump(path):
                found.append(f"{mark} in a table of {name}")
    return found


def findings(home: Home) -> list[str]:
    """Return what `verify --deep` finds."""
    return [
        f"{one.check}: {one.subject}: {one.detail}"
        for checked in verify(home, deep=True, tell=Quiet())
        for one in checked.findings
    ]


def test_nothing_of_it_is_left_under_data(tmp_path: Path):
    """Not in tables, free blocks, gzip members, logs, staging or strays; `verify` is content."""
    home = Home(tmp_path)
    desk = Desk(home.data)
    desk.ingest(
        entry("a"),
        secret_entry(),
        pages={f"{URL}a": Paper(story("tram")), SECRET: secret_paper()},
        publish=True,
    )
    desk.ingest(
        pages={SECRET: secret_paper(text=TEXT + " More."), f"{URL}a": Paper(story("tram"))},
        publish=True,
    )
    desk.store.close()
    stray = home.data / "warehouse" / "snapshots" / "old.duckdb"
    stray.parent.mkdir()
    stray.write_bytes(home.published.read_bytes())
    (home.data / ".news.duckdb.spare").write_bytes(home.published.read_bytes())
    (home.data / "staging").mkdir(exist_ok=True)
    (home.data / "staging" / "left.parquet").write_bytes(TEXT.encode())
    assert len({mark.split()[0] for mark in traces(home.data)}) == len(MARKS)
    lengths = {path: path.stat().st_size for path in home.archive.iterdir()}
    done = forget(home, [SECRET], reason="asked for")
    assert traces(home.data) == []
    assert findings(home) == []
    assert {path: path.stat().st_size for path in home.archive.iterdir()} == lengths
    assert done.records == {"feed": 1, "page": 2}
    assert done.rows["core.versions"] == 2
    with duckdb.connect(str(home.published), read_only=True) as con:
        assert con.execute("SELECT reason FROM tombstones").fetchall() == [("asked for",)]
        assert con.execute("SELECT count(*) FROM articles").fetchall() == [(1,)]
