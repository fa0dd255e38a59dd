"""Which pairs are compared is told alike in SQL, a batch at a time, and all at once in Python."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest

from etl.dedup.chance import CHANCE_DAYS, FEW_KEYS
from etl.dedup.corpus import Document, find_candidates
from etl.dedup.shingles import LARGEST_KEY
from etl.dedup.sketch import sketch_text
from etl.store.duplicates import ask_keys
from tests.store.desk import Desk

LONG, SHORT = FEW_KEYS + 1, FEW_KEYS


NOTHING = sketch_text("", [])


def make_articles(
    keys: Sequence[Sequence[int]], days: Sequence[date | None] | None = None
) -> list[Document]:
    """Return articles of these keys, without dates if none are given, each of its own site."""
    return [
        Document(
            keys=own, sketch=NOTHING, site=f"a{number}", day=days[number] if days else None,
            order=(True, "", f"a{number}"),
        )
        for number, own in enumerate(keys)
    ]  # fmt: skip


def find_pairs(articles: Sequence[Document]) -> set[tuple[int, int]]:
    """Return the pairs that are candidates among these articles, no key being hot."""
    return {(there, here) for here, met in find_candidates(articles, frozenset()) for there in met}


def ask_pairs(desk: Desk, articles: Sequence[Document]) -> set[tuple[int, int]]:
    """Return what SQL says, all of them being of one batch."""
    con = desk.store._con
    for number, one in enumerate(articles):
        con.execute(
            "INSERT INTO core.sketches VALUES ($1, $2, $2, $3, ''::BLOB, $4)",
            [number, one.site, one.day, len(one.keys)],
        )
        con.execute("INSERT INTO core.shingles SELECT unnest($1::UINTEGER[]), $2",
                    [list(one.keys), number])  # fmt: skip
    con.execute(
        "CREATE OR REPLACE TEMP TABLE compared AS "
        "SELECT article_no, list(key) AS shingles FROM core.shingles GROUP BY ALL"
    )
    con.execute("CREATE OR REPLACE TEMP TABLE shaken (key UINTEGER)")
    ask_keys(con)
    return set(con.execute("SELECT one_no, other_no FROM doubtful").fetchall())


@pytest.mark.parametrize(
    ("counts", "shared", "is_found"),
    [
        ((LONG, LONG), [1], False),
        ((LONG, LONG), [1, 2], True),
        ((LONG, LONG), [LARGEST_KEY + 1], True),
        ((LONG, SHORT), [1], True),
        ((LONG, LONG), [], False),
    ],
)
def test_long_articles_share_two_keys_or_a_paragraph(
    desk: Desk, counts: tuple[int, int], shared: list[int], is_found: bool
):
    """A single 5-gram is chance, but where one of them is short."""
    articles = make_articles([
        [*shared, *range(first, first + count - len(shared))]
        for first, count in zip((100, 1000), counts, strict=True)
    ])  # fmt: skip
    assert find_pairs(articles) == ({(0, 1)} if is_found else set())
    assert ask_pairs(desk, articles) == find_pairs(articles)


@pytest.mark.parametrize(
    ("days_apart", "shared", "is_found"),
    [
        (CHANCE_DAYS, [1], True),
        (CHANCE_DAYS + 1, [1], False),
        (CHANCE_DAYS + 1, [1, 2], True),
        (None, [1], True),
        (CHANCE_DAYS, [LARGEST_KEY + 1], True),
        (CHANCE_DAYS + 1, [LARGEST_KEY + 1], False),
        (CHANCE_DAYS + 1, [1, LARGEST_KEY + 1], True),
        (None, [LARGEST_KEY + 1], True),
    ],
)
def test_short_articles_of_other_times_share_two_keys_too(
    desk: Desk, days_apart: int | None, shared: list[int], is_found: bool
):
    """What two notices of different years have in common is chance."""
    day = date(2026, 3, 1)
    other = None if days_apart is None else day - timedelta(days=days_apart)
    articles = make_articles([[*shared, 100], [*shared, 200]], [day, other])
    assert find_pairs(articles) == ({(0, 1)} if is_found else set())
    assert ask_pairs(desk, articles) == find_pairs(articles)


def test_sql_and_python_agree_on_any_keys(desk: Desk):
    """Of articles of ten to thirty keys out of two hundred, a few of them of paragraphs."""
    rnd = Random(5)
    pool = [*range(1, 180), *range(LARGEST_KEY + 1, LARGEST_KEY + 20)]
    days = [date(2026, 1 + 6 * rnd.randrange(2), 1) for _ in range(60)]  # no more: hot
    keys = [sorted(rnd.sample(pool, rnd.randint(10, 30))) for _ in range(60)]
    articles = make_articles(keys, [day if rnd.random() < 0.9 else None for day in days])
    found = find_pairs(articles)
    assert 0 < len(found) < 60 * 59 / 2
    assert ask_pairs(desk, articles) == found
