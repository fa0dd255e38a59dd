"""Which articles are found to repeat each other, loaded as runs load them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from etl.store.read import read_article, reading
from tests.store.desk import NOON, Desk, Paper, entry

PAIRING = ("sketches", "shingles", "hot_keys", "duplicate_pairs")


def lie(desk: Desk, table: str) -> list[tuple[object, ...]]:
    """Return the rows of a table and where they lie: a row written anew lies elsewhere."""
    return desk.rows(f"SELECT rowid, * FROM core.{table} ORDER BY ALL")


def test_a_chain_of_copies_is_one_story(tmp_path: Path):
    """Each repeats only its neighbours; all are of the first, also when the middle comes last."""
    desk = Desk(tmp_path)
    words = [f"link{place}" for place in range(1700)]
    names = [f"part{place}" for place in range(9)]
    pages = {
        f"https://harbour.test/{name}": Paper(text=" ".join(words[150 * place : 150 * place + 500]))
        for place, name in enumerate(names)
    }
    for some in (names[:4], names[5:], names[4:5]):
        desk.ingest(*map(entry, some), pages=pages)
    stories = "SELECT count(DISTINCT story_id), count(duplicate_of) FROM core.articles"
    assert desk.rows(stories) == [(1, len(names) - 1)]
    assert desk.rows("SELECT count(*) < 30 FROM core.duplicate_pairs") == [(True,)]


def test_each_copy_says_what_it_repeats_and_how_much(tmp_path: Path):
    """The first where it does, else the one it repeats most surely; also as `show` tells it."""
    desk = Desk(tmp_path)
    words = [f"link{place}" for place in range(900)]
    pages = {
        f"https://harbour.test/{name}": Paper(
            text=" ".join(words[start : start + 400]), published_at=NOON + timedelta(hours=start)
        )
        for name, start in (("a", 0), ("b", 200), ("c", 400))
    } | {"https://harbour.test/d": Paper(text="Nobody else says so. " * 20, title="Alone")}
    desk.ingest(*map(entry, "abcd"), pages=pages, publish=True)
    ids = {
        str(url)[-1]: str(article_id)
        for url, article_id in desk.rows("SELECT url, article_id FROM articles")
    }
    told = desk.rows(f"SELECT url[-1:], alike_id, evidence FROM story('{ids['c']}') ORDER BY url")
    assert told == [
        ("a", None, "published first"),
        ("b", ids["a"], "50% of the shorter text"),
        ("c", ids["b"], "50% of the shorter text"),
    ]
    assert desk.rows(f"SELECT alike_id, evidence FROM story('{ids['d']}')") == [
        (None, "nobody else tells of it")
    ]
    with reading(tmp_path / "news.duckdb") as con:
        shown = {row["article_id"]: row for row in read_article(con, ids["c"]).copies}
    assert shown[ids["a"]]["through_id"] == ids["b"]
    assert shown[ids["a"]]["evidence"] == "50% of the shorter text"
    assert shown[ids["b"]]["through_id"] is None


def test_what_is_known_writes_nothing_that_pairs_are_found_by(tmp_path: Path):
    """A page read again that says the same leaves keys, sketches, hot keys and pairs untouched."""
    desk = Desk(tmp_path)
    text = " ".join(f"word{place}" for place in range(300))
    pages = {
        f"https://harbour.test/{name}": Paper(text=f"{text} {name}")
        for name in ("first", "second", "third")
    }
    desk.ingest(*map(entry, ("first", "second", "third")), pages=pages)
    before = {name: lie(desk, name) for name in PAIRING}
    summary = desk.ingest(pages=pages)
    assert (summary.pages_fetched, summary.articles_changed) == (len(pages), 0)
    assert all(before[name] for name in ("sketches", "shingles", "duplicate_pairs"))
    assert {name: lie(desk, name) for name in PAIRING} == before
