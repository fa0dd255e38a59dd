"""A batch at a time, in any order, the same pairs are found as by comparing all with all."""

from __future__ import annotations

from random import Random

import pytest

from tests.store.newsstand import Newsstand, compare_all, in_batches, make_world, other_version


def assert_is_all_of(stand: Newsstand, pieces: list) -> None:
    """What the warehouse has is what comparing all its articles at once gives."""
    hot, pairs, originals = compare_all(pieces)
    assert stand.hot() == hot
    assert [(one, other, score) for one, other, _, _, _, score, *_ in stand.pairs()] == pairs
    assert stand.originals() == originals


@pytest.mark.parametrize("seed", range(3))
def test_any_order_and_any_batches_give_the_same_pairs_and_originals(seed: int):
    """Keys become hot on the way, and pairs found through them are looked at again."""
    pieces, rnd = make_world(seed), Random(seed)
    told = None
    for _ in range(4):
        stand = Newsstand()
        for batch in in_batches(pieces, rnd):
            stand.put(batch)
        assert_is_all_of(stand, pieces)
        told = told or (stand.pairs(), stand.originals())
        assert (stand.pairs(), stand.originals()) == told
    assert len(told[0]) > 5


@pytest.mark.parametrize("seed", range(3))
def test_versions_replays_and_removals_leave_no_trace(seed: int):
    """Versions that came and went, articles loaded twice and articles taken out leave none."""
    pieces, rnd = make_world(seed), Random(seed + 50)
    stand = Newsstand()
    for batch in in_batches(pieces, rnd):
        stand.put([other_version(piece, rnd) if rnd.random() < 0.3 else piece for piece in batch])
        if rnd.random() < 0.5:
            stand.put(batch)
    stand.put(pieces)
    gone = {piece.article_id for piece in rnd.sample(pieces, 8)}
    originals = stand.originals()
    bereaved = {originals[article_id] for article_id in gone}
    stand.take_away(gone)
    left = [piece for piece in pieces if piece.article_id not in gone]
    stand.put([piece for piece in left if originals[piece.article_id] in bereaved])
    assert_is_all_of(stand, left)


def test_what_became_boilerplate_parts_what_it_joined():
    """Two notices look like one article until the notice is seen to be the site's."""
    pieces = make_world(9)
    stand = Newsstand()
    stand.put(pieces[:10])
    few = stand.hot()
    stand.put(pieces[10:])
    assert not few
    assert stand.hot()
    assert_is_all_of(stand, pieces)
