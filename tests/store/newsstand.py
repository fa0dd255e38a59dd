"""A warehouse of nothing but articles that are compared, and worlds of articles to fill it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import duckdb
import pyarrow as pa

from etl.dedup import sketch_whole
from etl.dedup.corpus import Document, find_clusters, find_duplicates
from etl.dedup.sketch import list_keys, pack_sketch
from etl.dedup.wear import find_hot
from etl.events import weigh_words
from etl.store.duplicates import UNSKETCHED, pair_articles
from etl.store.migrate import migrate
from etl.store.sql import run_script
from etl.store.stage import TEXT, lent
from etl.terms import BODY_AT, index_words

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SITES = ("anchor.test", "beacon.test", "courier.test", "dispatch.test")
WRITTEN = pa.schema({
    "article_id": TEXT, "source": TEXT, "title": TEXT, "text": TEXT,
    "published_at": pa.timestamp("us", "UTC"),
})  # fmt: skip
WORDS = [
    f"{start}{middle}{end}"
    for start in ("ba", "do", "ke", "lu", "mi", "no", "ra", "si")
    for middle in ("ran", "tel", "vis", "mon", "dar")
    for end in ("a", "er", "ing", "o", "us")
]
FOOT = "Follow this site for breaking news and write to us whenever you find a mistake in it."
FRAME = (
    "Weather for {name} on day {number}: a high of {high} degrees is expected with {rain} percent"
    " chance of rain.\n\nThe service updates its forecast every six hours and asks everybody to"
    " check the latest conditions before travelling anywhere.\n\nIn {name} the sun rises at"
    " {high} past six, and {person} of the service expects {rain} millimetres by the evening."
)


@dataclass(frozen=True)
class Piece:
    """An article as far as it is compared."""

    article_id: str
    source: str
    title: str
    text: str
    published_at: datetime | None


def make_world(seed: int, *, topics: int = 8) -> list[Piece]:
    """Return articles of some topics: copies, longer and cut ones, notices, template reports."""
    rnd = Random(seed)
    pieces: list[Piece] = []

    def add(title: str, text: str, *, day: int) -> None:
        at = NOON + timedelta(days=day, minutes=rnd.randint(0, 600))
        source = rnd.choice(SITES)
        whole = f"{text}\n\n{FOOT} {source}" if rnd.random() < 0.5 else text
        known = at if rnd.random() < 0.9 else None
        pieces.append(
            Piece(f"a{len(pieces):03}{rnd.randint(0, 999):03}", source, title, whole, known)
        )

    for topic in range(topics):
        told = [" ".join(_sentence(rnd) for _ in range(4)) for _ in range(4)]
        day = rnd.randint(0, 20)
        for _ in range(rnd.choice([1, 1, 2, 3, 6])):
            kept = [part for part in told if rnd.random() < 0.8] or told
            edited = "\n\n".join(kept).replace(rnd.choice(WORDS), rnd.choice(WORDS))
            extra = "\n\n" + _sentence(rnd) if rnd.random() < 0.3 else ""
            add(f"Topic {topic} of {told[0][:12]}", edited + extra, day=day + rnd.randint(0, 3))
    for _ in range(topics):
        name = rnd.choice(WORDS).title()
        facts = {"name": name, "number": rnd.randint(1, 99), "high": rnd.randint(10, 40),
                 "rain": rnd.randint(1, 99), "person": rnd.choice(WORDS).title()}  # fmt: skip
        for _ in range(rnd.choice([1, 1, 2])):
            add(f"Weather for {name}", FRAME.format(**facts), day=rnd.randint(0, 20))
    return pieces


def _sentence(rnd: Random) -> str:
    words = rnd.choices(WORDS, k=rnd.randint(8, 16))
    words[3] = words[3].title()
    words[5] = str(rnd.randint(1, 999))
    return f"{words[0].title()} {' '.join(words[1:])}."


@dataclass(frozen=True)
class Marks:
    """What a piece is compared by."""

    shingles: tuple[int, ...]
    sketch: bytes
    event_keys: tuple[int, ...]
    event_weights: tuple[int, ...]


def read_piece(piece: Piece) -> Marks:
    """Return what refining makes of a piece, as far as it is compared."""
    shingles, sketch = sketch_whole(piece.title, piece.text)
    indexed = index_words(title=piece.title, text=piece.text, language=None)
    return Marks(shingles, pack_sketch(sketch), *weigh_words(indexed, body_at=BODY_AT))


def make_reader() -> Callable[[Piece], Marks]:
    """Return what a worker process does with a piece."""
    return read_piece


Reader = Callable[[Sequence[Piece]], list[Marks]]


def read_here(pieces: Sequence[Piece]) -> list[Marks]:
    """Return the marks of a batch, read in this process."""
    return [read_piece(piece) for piece in pieces]


class Newsstand:
    """A warehouse in memory; `put` loads articles, or other versions of them, as one batch."""

    def __init__(self, *, read: Reader = read_here) -> None:
        self.read = read
        self.con = duckdb.connect()
        self.con.execute("SET TimeZone = 'UTC'")
        migrate(self.con, now=NOON)

    def put(self, pieces: Sequence[Piece]) -> None:
        """Load a batch."""
        self.load(pieces, self.read(pieces))

    def load(self, pieces: Sequence[Piece], marks: Sequence[Marks]) -> None:
        """Load a batch whose pieces were read."""
        self._write(pieces)
        rows = [
            {"article_id": piece.article_id, "version": 1, "shingles": mark.shingles,
             "sketch": mark.sketch}
            for piece, mark in zip(pieces, marks, strict=True)
        ]  # fmt: skip
        with lent(self.con, "unsketched", rows, UNSKETCHED):
            run_script(self.con, "keep_unsketched")
        pair_articles(self.con)

    def take_away(self, article_ids: Iterable[str]) -> None:
        """Take articles out, as clearing does; what they shook is settled by the next `put`."""
        self.con.execute("CREATE OR REPLACE TEMP TABLE gone AS SELECT unnest(?) AS article_id",
                         [list(article_ids)])  # fmt: skip
        self.con.execute("CREATE TEMP TABLE IF NOT EXISTS shaken (key UINTEGER)")
        self.con.execute(
            "INSERT INTO shaken SELECT key FROM core.shingles SEMI JOIN "
            "(FROM core.sketches SEMI JOIN gone USING (article_id)) USING (article_no)"
        )
        self.con.execute(
            "DELETE FROM core.shingles WHERE article_no IN (SELECT article_no FROM core.sketches "
            "SEMI JOIN gone USING (article_id))"
        )
        for table in ("sketches", "articles", "versions"):
            self.con.execute(f"DELETE FROM core.{table} WHERE article_id IN (FROM gone)")
        self.con.execute(
            "DELETE FROM core.duplicate_pairs "
            "WHERE article_id IN (FROM gone) OR other_id IN (FROM gone)"
        )

    def _write(self, pieces: Sequence[Piece]) -> None:
        rows = [asdict(piece) for piece in pieces]
        with lent(self.con, "written", rows, WRITTEN):
            for table in ("articles", "versions"):
                self.con.execute(
                    f"DELETE FROM core.{table} WHERE article_id IN (SELECT article_id FROM written)"
                )
            self.con.execute(
                "INSERT INTO core.articles (article_id, url, canonical_url, source, feed_url, "
                "first_seen_at, last_seen_at, version, story_id) SELECT article_id, article_id, "
                "article_id, source, '', $now, $now, 1, article_id FROM written",
                {"now": NOON},
            )
            self.con.execute(
                "INSERT INTO core.versions (article_id, version, seen_from, run_id, title, "
                "authors, text, text_sha256, content_hash, word_count, keywords, is_paywalled, "
                "is_truncated, repeated_paragraphs, page_id, extractor, tagger, change, "
                "published_at) SELECT article_id, 1, $now, '', title, [], text, '', '', 0, [], "
                "false, false, 0, '', '', '', 'first', published_at FROM written",
                {"now": NOON},
            )

    def clear(self) -> None:
        """Take everything out: as new."""
        for table in (
            "sketches", "shingles", "hot_keys", "duplicate_pairs", "articles", "versions",
        ):  # fmt: skip
            self.con.execute(f"DELETE FROM core.{table}")
        self.con.execute("DROP TABLE IF EXISTS shaken")

    def pairs(self) -> list[tuple]:
        """Return every pair with what was measured of it."""
        return self.con.execute("FROM core.duplicate_pairs ORDER BY ALL").fetchall()

    def hot(self) -> set[int]:
        """Return the hot keys."""
        return {key for (key,) in self.con.execute("FROM core.hot_keys").fetchall()}

    def originals(self) -> dict[str, str]:
        """Return what each article repeats, or itself."""
        return dict(
            self.con.execute(
                "SELECT article_id, coalesce(duplicate_of, article_id) FROM core.articles"
            ).fetchall()
        )


def compare_all(
    pieces: Sequence[Piece],
) -> tuple[set[int], list[tuple[str, str, float]], dict[str, str]]:
    """Return hot keys, pairs with scores, what each article repeats: all compared with all."""
    ordered = sorted(pieces, key=lambda piece: piece.article_id)
    documents = [_document(piece) for piece in ordered]
    hot = find_hot((one.keys, one.site, one.day) for one in documents)
    pairs = sorted(
        (ordered[a].article_id, ordered[b].article_id, verdict.score)
        for (a, b), verdict in find_duplicates(documents, hot)
    )
    places = find_clusters(documents)
    originals = {piece.article_id: ordered[place.original].article_id
               for piece, place in zip(ordered, places, strict=True)}  # fmt: skip
    return set(hot), pairs, originals


def _document(piece: Piece) -> Document:
    _, sketch = sketch_whole(piece.title, piece.text)
    at = piece.published_at
    day: date | None = at.date() if at else None
    return Document(keys=list_keys(sketch), sketch=sketch, site=piece.source, day=day,
                    order=(at is None, at.isoformat() if at else "", piece.article_id))  # fmt: skip


def in_batches(pieces: Sequence[Piece], rnd: Random) -> list[list[Piece]]:
    """Return the pieces in another order, cut into batches of any size."""
    mixed = rnd.sample(list(pieces), len(pieces))
    cuts = sorted(rnd.sample(range(1, len(mixed)), rnd.randint(0, min(12, len(mixed) - 1))))
    return [mixed[a:b] for a, b in zip([0, *cuts], [*cuts, len(mixed)], strict=True)]


def other_version(piece: Piece, rnd: Random) -> Piece:
    """Return the article with another text, title or day."""
    text = " ".join(
        rnd.choice(WORDS) if rnd.random() < 0.3 else word for word in piece.text.split(" ")
    )
    return replace(piece, text=text, title=f"{piece.title} again", published_at=NOON)
