"""Which pairs are compared is told alike in SQL, a batch at a time, and all at once in Python."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from etl.dedup.chance import FEW_KEYS
from etl.dedup.corpus import find_candidates
from etl.dedup.shingles import LARGEST_KEY
from etl.store.duplicates import ask_keys
from tests.store.desk import Desk

LONG, SHORT = FEW_KEYS + 1, FEW_KEYS


def find_pairs(keys: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    """Return the pairs that are candidates among articles of these keys, none of them hot."""
    return {(there, here) for here, met in find_candidates(keys, frozenset()) for there in met}


def ask_pairs(desk: Desk, keys: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    """Return what SQL says, all of them being of one batch, each of a site of its own."""
    con = desk.store._con
    for number, own in enumerate(keys):
        con.execute(
            "INSERT INTO core.sketches VALUES ($1, $2, $2, NULL, ''::BLOB, $3)",
            [number, f"a{number}", len(own)],
        )
        con.execute("INSERT INTO core.shingles SELECT unnest($1::UINTEGER[]), $2",
                    [list(own), number])  # fmt: skip
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
    keys = [
        [*shared, *range(first, first + count - len(shared))]
        for first, count in zip((100, 1000), counts, strict=True)
    ]
    assert find_pairs(keys) == ({(0, 1)} if is_found else set())
    assert ask_pairs(desk, keys) == find_pairs(keys)


def test_sql_and_python_agree_on_any_keys(desk: Desk):
    """Of articles of ten to thirty keys out of two hundred, a few of them of paragraphs."""
    rnd = Random(5)
    pool = [*range(1, 180), *range(LARGEST_KEY + 1, LARGEST_KEY + 20)]
    keys = [sorted(rnd.sample(pool, rnd.randint(10, 30))) for _ in range(60)]
    found = find_pairs(keys)
    assert 0 < len(found) < 60 * 59 / 2
    assert ask_pairs(desk, keys) == found
