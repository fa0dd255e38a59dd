"""Which articles are found to repeat each other, whatever the order and however many there are."""

from __future__ import annotations

from pathlib import Path

from tests.store.desk import Desk, Paper, entry, story

CLOSING = " ".join(f"closing{place}" for place in range(200))

ALL_COMPARED = """
    WITH sizes AS (SELECT article_id, count(DISTINCT key) AS keys FROM core.shingles GROUP BY ALL)
    SELECT a.article_id, b.article_id
    FROM core.shingles AS a
    JOIN core.shingles AS b ON b.key = a.key AND a.article_id < b.article_id
    JOIN sizes AS x ON x.article_id = a.article_id
    JOIN sizes AS y ON y.article_id = b.article_id
    GROUP BY a.article_id, b.article_id, x.keys, y.keys
    HAVING count(DISTINCT a.key) >= 4
        AND (count(DISTINCT a.key) / (x.keys + y.keys - count(DISTINCT a.key)) >= 0.7
            OR (count(DISTINCT a.key) >= 8
                AND count(DISTINCT a.key) / least(x.keys, y.keys) >= 0.9))
    ORDER BY ALL
"""


def papers() -> dict[str, Paper]:
    """Return pages that all end alike: some short, some long, two told twice."""
    told = {f"short{place}": f"{story(f'short{place}', words=30)} {CLOSING}" for place in range(6)}
    told |= {f"long{place}": f"{story(f'long{place}', words=400)} {CLOSING}" for place in range(6)}
    told["again"] = told["long3"].replace("long3200", "changed")
    told["other"] = story("other", words=300)
    told["twice"] = told["other"]
    return {f"https://harbour.test/{name}": Paper(text=text) for name, text in told.items()}


def test_pairs_are_those_that_comparing_all_with_all_finds(tmp_path: Path):
    """Leaving out, at first, the keys that most articles have loses no pair, in any batches."""
    desk, pages = Desk(tmp_path), papers()
    entries = [entry(url.rsplit("/", 1)[1]) for url in pages]
    desk.begin()
    desk.load_feeds(*entries)
    works = desk.take_up()
    for first in range(0, len(works), 4):
        desk.load_pages(works[first : first + 4], pages)
    desk.finish()
    found = desk.rows("SELECT article_id, other_id FROM core.duplicate_pairs ORDER BY ALL")
    assert found == desk.rows(ALL_COMPARED)
    assert len(found) > len(pages)


def test_a_chain_of_copies_is_one_story(tmp_path: Path):
    """Each repeats only its neighbours; all are of the first, also when the middle comes last."""
    desk = Desk(tmp_path)
    words = [f"link{place}" for place in range(1400)]
    names = [f"part{place}" for place in range(9)]
    pages = {
        f"https://harbour.test/{name}": Paper(text=" ".join(words[30 * place : 30 * place + 500]))
        for place, name in enumerate(names)
    }
    for some in (names[:4], names[5:], names[4:5]):
        desk.ingest(*map(entry, some), pages=pages)
    stories = "SELECT count(DISTINCT story_id), count(duplicate_of) FROM core.articles"
    assert desk.rows(stories) == [(1, len(names) - 1)]
    assert desk.rows("SELECT count(*) < 30 FROM core.duplicate_pairs") == [(True,)]
