"""A newsstand that also groups by event, and ways of filling it with the same news."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from random import Random

from etl.store.check import run_check
from etl.store.events import TOLD, group_events
from etl.store.sql import run_script
from etl.store.stage import lent
from etl.workers import WorkerPool
from tests.store.newsstand import (
    NOON,
    WORDS,
    Marks,
    Newsstand,
    Piece,
    Reader,
    in_batches,
    other_version,
    read_here,
)

LATE, TWICE = 0.15, 0.2
"""Of articles those that come in another version first, of batches those that come twice."""

LEFT = (
    "FROM core.hot_keys",
    "FROM core.duplicate_pairs",
    "SELECT article_id, story_id, duplicate_of FROM core.articles",
    "SELECT article_id, norm FROM core.event_leads",
    "SELECT article_id, key, weight FROM core.event_words JOIN core.event_leads USING (article_no)",
    "SELECT article_id, key FROM core.event_keys JOIN core.event_leads USING (article_no)",
    "FROM core.event_counts",
    "FROM core.event_pairs",
    "FROM core.event_stories",
    "FROM main.duplicates",
    "FROM main.stories",
    "FROM main.story_pairs",
)
"""What loading leaves, numbers apart that are given in order of arrival."""


class Newsroom(Newsstand):
    """A newsstand that groups what it loads by event, with the words a load would bring."""

    def load(self, pieces: Sequence[Piece], marks: Sequence[Marks]) -> None:
        """Load a batch."""
        super().load(pieces, marks)
        rows = [
            {"article_id": piece.article_id, "event_keys": mark.event_keys,
             "event_weights": mark.event_weights}
            for piece, mark in zip(pieces, marks, strict=True)
        ]  # fmt: skip
        with lent(self.con, "told", rows, TOLD):
            group_events(self.con, is_loading=True)
        while group_events(self.con):
            pass
        self.con.execute(
            "CREATE OR REPLACE TEMP VIEW touched AS SELECT article_id FROM core.articles"
        )
        run_script(self.con, "settle_current")
        assert run_check(self.con, "stories_are_of_articles") == ()

    def clear(self) -> None:
        """Take everything out: as new."""
        super().clear()
        for table in ("counts", "leads", "words", "keys", "pairs", "stories"):
            self.con.execute(f"DELETE FROM core.event_{table}")

    def events(self) -> tuple[list, list]:
        """Return all that was made of the articles."""
        return (
            self.con.execute("FROM core.event_pairs ORDER BY ALL").fetchall(),
            self.con.execute("FROM core.event_stories ORDER BY ALL").fetchall(),
        )

    def digest(self) -> str:
        """Return the digest of everything that was made of the articles."""
        left = [self.con.execute(f"{query} ORDER BY ALL").fetchall() for query in LEFT]
        return sha256(repr(left).encode()).hexdigest()


def make_news(seed: int, *, events: int = 10) -> list[Piece]:
    """Return articles of some events, each told in other sentences, some without a date."""
    rnd = Random(seed)
    pieces: list[Piece] = []
    for number in range(events):
        own = [f"{rnd.choice(WORDS)}{number}x{place}" for place in range(12)]
        day = rnd.randint(0, 70)
        for _ in range(rnd.choice([1, 1, 2, 3, 6, 14])):
            told = [rnd.choice(own) if rnd.random() < 0.4 else rnd.choice(WORDS) for _ in range(90)]
            at = NOON + timedelta(days=day + rnd.randint(0, 4), minutes=rnd.randint(0, 600))
            pieces.append(
                Piece(
                    f"e{len(pieces):03}{rnd.randint(0, 999):03}", f"s{rnd.randint(0, 9)}.test",
                    " ".join(told[:8]), " ".join(told[8:]), at if rnd.random() < 0.95 else None,
                )
            )  # fmt: skip
    return pieces


@contextmanager
def open_reader(workers: int) -> Iterator[Reader]:
    """Give a reader whose pieces go through so many worker processes; 0 = through this one."""
    if not workers:
        yield read_here
        return
    with WorkerPool(
        "tests.store.newsstand:make_reader", (), workers=workers, timeout_s=600
    ) as pool:

        def read(pieces: Sequence[Piece]) -> list[Marks]:
            pending = [pool.queue(piece, where=piece.article_id) for piece in pieces]
            return [one.result() for one in pending]

        yield read


def load_some_way(room: Newsroom, pieces: Sequence[Piece], rnd: Random) -> tuple[str, int]:
    """Return the digest of what one way of loading leaves, and how many batches it took.

    In another order, in batches of any size; some articles come in another version first, some
    batches twice.
    """
    room.clear()
    batches = 0
    late = []
    for batch in in_batches(pieces, rnd):
        first = [other_version(piece, rnd) if rnd.random() < LATE else piece for piece in batch]
        late += [piece for piece, now in zip(batch, first, strict=True) if piece is not now]
        for _ in range(1 + (rnd.random() < TWICE)):
            room.put(first)
            batches += 1
    if late:
        room.put(late)
    return room.digest(), batches + bool(late)
