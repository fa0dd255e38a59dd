"""Which articles are found to tell of one event, loaded in any order as runs load them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.store.desk import Desk, Paper, entry
from tests.store.newsroom import Newsroom, make_news
from tests.store.newsstand import Piece, other_version

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
FERRY = (
    "Ferry Aurora aground off Skagen in fog; the coastguard took ninety passengers to the harbour.",
    "Aurora passengers ashore at Skagen harbour: coastguard came to the ferry, aground in the fog.",
    "Captain of ferry Aurora, aground off Skagen in fog, thanks coastguard; passengers at harbour.",
)
FIRST = "(SELECT article_id FROM articles ORDER BY published_at LIMIT 1)"
OTHER = "Parliament votes tonight on the budget of the ministry of culture, after long debates."


def in_three(pieces: list[Piece], rnd: Random) -> list[list[Piece]]:
    """Return the pieces in another order, in three batches."""
    mixed = rnd.sample(pieces, len(pieces))
    return [mixed[place::3] for place in range(3)]


@pytest.mark.parametrize("seed", range(2))
def test_any_order_and_any_batches_give_the_same_events(seed: int):
    """Words grow common on the way, and articles that hold them are compared again."""
    pieces, rnd = make_news(seed), Random(seed)
    told = None
    for _ in range(2):
        room = Newsroom()
        for batch in in_three(pieces, rnd):
            room.put(batch)
        told = told or room.events()
        assert room.events() == told
    assert len(told[1]) > len(pieces) / 3


@pytest.mark.parametrize("seed", range(2))
def test_versions_replays_and_removals_leave_no_trace_in_events(seed: int):
    """What is left is what loading only the articles that are left gives."""
    pieces, rnd = make_news(seed), Random(seed + 50)
    room = Newsroom()
    for batch in in_three(pieces, rnd):
        room.put([other_version(piece, rnd) if rnd.random() < 0.3 else piece for piece in batch])
        if rnd.random() < 0.5:
            room.put(batch)
    room.put(pieces)
    gone = {piece.article_id for piece in rnd.sample(pieces, 5)}
    originals = room.originals()
    bereaved = {originals[article_id] for article_id in gone}
    room.take_away(gone)
    left = [piece for piece in pieces if piece.article_id not in gone]
    room.put([piece for piece in left if originals[piece.article_id] in bereaved])
    fresh = Newsroom()
    fresh.put(left)
    assert room.events() == fresh.events()


def test_loading_the_same_again_changes_nothing():
    """A replay of known articles finds their events as they are."""
    pieces, room = make_news(7), Newsroom()
    room.put(pieces)
    told = room.events()
    room.put(pieces[5:20])
    assert room.events() == told


def tell(*texts: str, at: datetime | None = AT) -> dict[str, Paper]:
    """Return pages that tell something in these words, an hour apart."""
    return {
        f"https://harbour.test/{chr(97 + place)}": Paper(
            text=f"{text} {text.split(' ', 2)[2]}", title=text[:48],
            published_at=at + timedelta(hours=place) if at else None,
        )
        for place, text in enumerate(texts)
    }  # fmt: skip


def test_what_is_told_in_other_words_is_one_story(tmp_path: Path):
    """Under the id of the first, with the headline of the most central one, others apart."""
    desk = Desk(tmp_path)
    desk.ingest(*map(entry, "abcd"), pages=tell(*FERRY, OTHER))
    told = "SELECT original_count, article_count, first_published_at FROM stories ORDER BY ALL"
    assert desk.rows(told) == [(1, 1, AT + timedelta(hours=3)), (3, 3, AT)]
    lags = desk.rows(f"SELECT lag_s FROM story({FIRST})")
    assert lags == [(0,), (3600,), (7200,)]
    words = desk.rows(
        "SELECT word FROM story_pairs AS p, shared_words(p.article_id, p.other_id) "
        "WHERE word = 'skagen'"
    )
    assert words
    assert "alike by" in desk.rows("SELECT evidence FROM story_pairs")[0][0]


def test_each_article_of_a_story_says_why_it_is_one(tmp_path: Path):
    """By the article asked for, what it is like and how much; copies by what they repeat."""
    desk = Desk(tmp_path)
    pages = tell(*FERRY, OTHER)
    long = " ".join(f"Passenger number {place} spoke of the fog that night." for place in range(9))
    first = pages["https://harbour.test/a"]
    pages["https://harbour.test/a"] = replace(first, text=f"{first.text} {long}")
    pages["https://harbour.test/e"] = replace(
        pages["https://harbour.test/a"], published_at=AT + timedelta(hours=9)
    )
    desk.ingest(*map(entry, "abcde"), pages=pages)
    told = desk.rows(f"SELECT alike_id, evidence FROM story({FIRST}) ORDER BY published_at")
    ((article_id,),) = desk.rows(FIRST[1:-1])
    _, *others, copy = told
    assert [alike_id for alike_id, _ in others] == [article_id] * 2
    assert all("alike by" in str(evidence) for _, evidence in others)
    assert copy[0] == article_id
    assert str(copy[1]).startswith("the same words")
    alone = "SELECT article_id FROM articles WHERE title LIKE 'Parliament%'"
    assert desk.rows(f"SELECT alike_id, evidence FROM story(({alone}))") == [
        (None, "nobody else tells of it")
    ]


def test_what_is_told_weeks_later_or_without_a_date_is_another_story(tmp_path: Path):
    """The same words of another month are of another fog."""
    desk = Desk(tmp_path)
    pages = tell(*FERRY[:2])
    desk.ingest(entry("a"), entry("b"), pages=pages)
    late = {
        "https://harbour.test/b": Paper(
            text=pages["https://harbour.test/b"].text, title="Aurora at Skagen again",
            published_at=AT + timedelta(days=40),
        ),
        "https://harbour.test/c": Paper(text=FERRY[2] * 2, title=FERRY[2], published_at=None),
    }  # fmt: skip
    assert desk.rows("SELECT count(*) FROM stories") == [(1,)]
    room = Desk(tmp_path / "other")
    room.ingest(*map(entry, "abc"), pages=pages | late)
    assert room.rows("SELECT count(*) FROM stories") == [(3,)]
