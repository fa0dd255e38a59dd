"""However the same news comes in, the same is made of it; in 200 ways, benchmarks/orders.py."""

from __future__ import annotations

from random import Random

from tests.store.newsroom import Newsroom, load_some_way, make_news, open_reader
from tests.store.newsstand import make_world


def test_orders_batches_replays_and_numbers_of_workers_leave_one_digest():
    """Of pairs, boilerplate, stories, words and events, and of the views that say why."""
    pieces, rnd = make_world(1, topics=5) + make_news(1, events=4), Random(1)
    digests = set()
    for workers in (0, 1, 3):
        with open_reader(workers) as read:
            digest, _ = load_some_way(room := Newsroom(read=read), pieces, rnd)
        digests.add(digest)
    assert len(digests) == 1
    assert len(room.pairs()) > 5
    assert all(room.events())


def test_the_digest_tells_one_article_more():
    """A digest that is always the same would be none."""
    pieces = make_news(3, events=3)
    room = Newsroom()
    room.put(pieces[:-1])
    before = room.digest()
    room.put(pieces[-1:])
    assert room.digest() != before
