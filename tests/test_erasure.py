"""`forget` leaves nothing of an article anywhere, and nothing of it ever comes in again."""

from __future__ import annotations

import gzip
import shutil
import zlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from warcio.archiveiterator import ArchiveIterator

from etl.erasure import forget
from etl.errors import ConfigError, WarehouseBusyError, WarehouseError
from etl.home import Home
from etl.records import Entry
from etl.store.connect import writer_lock
from etl.store.content import hash_content
from etl.verification import verify
from tests.conftest import Quiet
from tests.store.desk import FEED, NOON, Desk, Paper, entry, story

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
            "SELECT schema_name || '.' || table_name FROM duckdb_tables()"
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


def ask(home: Home, sql: str) -> list[tuple]:
    """Return the rows of a query on what is published."""
    with duckdb.connect(str(home.published), read_only=True) as con:
        return con.execute(sql).fetchall()


def reopen(home: Home, runs: int) -> Desk:
    """Return a desk in a home that had so many runs."""
    desk = Desk(home.data)
    desk._runs, desk.now = runs, NOON + timedelta(days=runs)
    return desk


def end(desk: Desk) -> None:
    """End a run as the pipeline does."""
    desk.finish()
    if redactions := desk.store.find_redactions():
        desk.store.settle_redactions(desk.archive.redact(redactions), now=desk.now)
    desk.store.publish()
    desk.store.close()


@pytest.fixture(scope="module")
def forgotten(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home whose only article was forgotten; tests copy it."""
    home = Home(tmp_path_factory.mktemp("forgotten"))
    desk = Desk(home.data)
    desk.ingest(secret_entry(), pages={SECRET: secret_paper()}, publish=True)
    desk.store.close()
    forget(home, [SECRET], reason="r")
    return home


@pytest.fixture
def home(forgotten: Home, tmp_path: Path) -> Home:
    """A copy of it."""
    shutil.copytree(forgotten.path, tmp_path / "home")
    return Home(tmp_path / "home")


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
    stray.parent.mkdir(exist_ok=True)
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
    assert ask(home, "SELECT reason FROM tombstones") == [("asked for",)]
    assert ask(home, "SELECT count(*) FROM articles") == [(1,)]


def test_the_rest_is_as_if_it_had_never_been_there(tmp_path: Path):
    """Stories, copies, names: the content of a warehouse that never had it."""
    copy = Paper(TEXT + " tail tail tail", title="A copy of it", published_at=NOON)
    other = Paper(TEXT + " other end here", title="Another copy", published_at=NOON)
    pages = {
        f"{URL}a": Paper(story("tram")),
        SECRET: secret_paper(),
        f"{URL}copy": copy,
        f"{URL}other": other,
    }
    entries = [entry(name, title=name) for name in ("a", "copy", "other")]
    hashes = []
    for name, items in (("with", [*entries, secret_entry()]), ("without", entries)):
        home = Home(tmp_path / name)
        desk = Desk(home.data)
        desk.ingest(*items, pages=pages, publish=True)
        desk.store.close()
        if name == "with":
            before = ask(home, "SELECT count(*) FROM articles WHERE duplicate_of IS NOT NULL")
            done = forget(home, [SECRET], reason="r")
            assert before == [(2,)]
            assert len(done.copies) == 2
        with duckdb.connect(str(home.published), read_only=True) as con:
            hashes.append(hash_content(con).tables)
        assert findings(home) == []
    with_it, without = hashes
    same = {table for table in without if with_it[table] == without[table]}
    assert same >= {"articles", "article_urls", "versions", "mentions", "entities", "dates",
                    "duplicates", "provenance",
                    "history.usage_signals"}  # fmt: skip


def test_copies_go_too_when_asked_for(tmp_path: Path):
    """They are other articles, at other addresses."""
    home = Home(tmp_path)
    desk = Desk(home.data)
    pages = {SECRET: secret_paper(), "https://pier.test/c": secret_paper(published_at=NOON)}
    desk.ingest(secret_entry(), entry("c", url="https://pier.test/c"), pages=pages, publish=True)
    desk.store.close()
    plan = forget(home, [SECRET], reason="r", is_dry=True)
    assert [copy["source"] for copy in plan.copies] == ["pier.test"]
    assert ask(home, "SELECT count(*) FROM articles") == [(2,)]
    assert findings(home) == []
    done = forget(home, [SECRET], reason="r", with_copies=True)
    assert done.copies == ()
    assert traces(home.data) == []
    assert findings(home) == []
    assert ask(home, "SELECT count(*) FROM tombstones") == [(2,)]


RETURNS = {
    "the same item": secret_entry(),
    "another guid": entry("numbat", url=SECRET, title="The wombatheadline story"),
    "tracking": entry("numbat", url=f"{SECRET}?utm_source=rss&utm_medium=x"),
    "amp": entry("numbat", url="http://www.harbour.test/quokkaslug/amp"),
    "another feed": entry("numbat", feed="https://pier.test/feed.xml", url=SECRET),
    "the guid at another address": secret_entry(url=f"{URL}numbat"),
}


@pytest.mark.parametrize("item", RETURNS.values(), ids=RETURNS)
def test_what_a_feed_brings_again_is_dropped_counted_and_never_asked_for(home: Home, item: Entry):
    """Poll after poll; its document is redacted, and no row grows but the run's own."""
    for turn in range(2):
        desk = reopen(home, turn + 1)
        desk.begin(item.feed_url)
        desk.load_feeds(item, entry("b"), feed=item.feed_url)
        works = desk.take_up()
        assert [work.url for work in works] == [f"{URL}b"]
        desk.load_pages(works, {f"{URL}b": Paper(story("tram"))})
        end(desk)
        outcomes = ask(home, "SELECT outcome FROM outcomes WHERE run_id = "
                       f"'{desk.run.run_id}' ORDER BY ALL")  # fmt: skip
        assert outcomes == [("forgotten",), ("new",) if turn == 0 else ("unchanged",)]
        known = ask(home, "SELECT count(*) FROM entries")
        assert known == [(2 if item.feed_url == FEED else 3,)]
        assert traces(home.data) == []
        assert findings(home) == []


UNKNOWN = f"{URL}numbat"
PAGES = {
    "its canonical address is known": secret_paper(canonical_url=SECRET),
    "it redirects there": secret_paper(final_url=SECRET),
    "its words are known": secret_paper(),
}


@pytest.mark.parametrize("paper", PAGES.values(), ids=PAGES)
def test_a_page_that_turns_out_to_be_it_is_dropped_and_its_record_redacted(
    home: Home, paper: Paper
):
    """Its item had nothing by which to know it; then the item, and its feed's document, go too."""
    desk = reopen(home, 1)
    desk.begin()
    desk.load_feeds(entry("numbat-1", url=UNKNOWN, title="A wombatheadline again"), entry("b"))
    desk.load_pages(desk.take_up(), {UNKNOWN: paper, f"{URL}b": Paper(story("tram"))})
    end(desk)
    assert sorted(ask(home, "SELECT outcome FROM outcomes WHERE run_id = "
                      f"'{desk.run.run_id}'")) == [("forgotten",), ("new",)]  # fmt: skip
    assert traces(home.data, (*MARKS, "numbat")) == []
    assert findings(home) == []
    assert ask(home, "SELECT last_kept_out_at IS NOT NULL FROM tombstones") == [(True,)]


def test_an_address_never_seen_is_kept_out(home: Home):
    """Before it ever comes."""
    done = forget(home, [f"{URL}numbat"], reason="r")
    assert (done.rows, done.records) == ({}, {})
    desk = reopen(home, 1)
    desk.begin()
    desk.load_feeds(entry("numbat"))
    assert desk.take_up() == ()
    end(desk)
    assert traces(home.data, (*MARKS, "numbat")) == []
    assert findings(home) == []


def test_forgetting_by_any_name_and_twice_is_forgetting_once(tmp_path: Path):
    """The id, the entry's id, an address before redirects; what means nothing gets a hint."""
    made = Home(tmp_path / "made")
    desk = Desk(made.data)
    pages = {SECRET: secret_paper(final_url=f"{URL}final"), f"{URL}a": Paper(story("tram"))}
    desk.ingest(secret_entry(), entry("a"), pages=pages, publish=True)
    ((article_id, entry_id),) = desk.rows(
        "SELECT article_id, entry_id FROM core.entries WHERE url LIKE '%quokka%'"
    )
    desk.store.close()
    for name in (article_id, entry_id, f"{URL}final", SECRET, "harbour.test/quokkaslug"):
        plan = forget(made, [str(name)], reason="r", is_dry=True)
        assert plan.targets[0].article_id == article_id
        assert plan.records == {"feed": 1, "page": 1}
    forget(made, [str(article_id)], reason="r")
    assert traces(made.data) == []
    assert forget(made, [SECRET], reason="other").targets[0].is_gone
    assert ask(made, "SELECT reason FROM tombstones") == [("r",)]
    assert findings(made) == []
    with pytest.raises(ConfigError, match="did you mean"):
        forget(made, ["aaaaaaaaaaaa"], reason="r")
    with pytest.raises(ConfigError, match="--reason"):
        forget(made, [SECRET], reason=" ")
    with pytest.raises(WarehouseError, match="no warehouse"):
        forget(Home(tmp_path / "none"), [SECRET], reason="r")
    with writer_lock(made.live.parent), pytest.raises(WarehouseBusyError):
        forget(made, [SECRET], reason="r")


def test_standard_tools_read_a_redacted_file_to_its_end(tmp_path: Path):
    """And find nothing of the payload; the other records are where they were."""
    home = Home(tmp_path)
    desk = Desk(home.data)
    pages = {SECRET: secret_paper(), f"{URL}a": Paper(story("tram"))}
    desk.ingest(secret_entry(), entry("a"), pages=pages, publish=True)
    desk.store.close()
    forget(home, [SECRET], reason="r")
    (path,) = home.archive.iterdir()
    with path.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file)]
    assert sorted(kinds) == ["metadata", "metadata", "response", "warcinfo"]
    assert b"tram7" in gzip.decompress(path.read_bytes())
