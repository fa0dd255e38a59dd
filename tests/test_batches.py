"""The rhythm of batches; what the pipeline does to news is in test_laws."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from etl.batches import FIRST_BATCH, batch_size, one_ahead, take

MOST_TASKS = 200


@given(st.integers(min_value=0, max_value=5_000_000))
def test_a_run_of_any_size_has_few_tasks(pages: int):
    """Prefect's server wants at most some 200 tasks a run; a batch of pages is three."""
    batches, left, size = 0, pages, FIRST_BATCH
    while left > 0:
        left -= size
        batches += 1
        size = min(2 * size, batch_size(pages))
    assert 3 * batches + 2 < MOST_TASKS


@given(st.lists(st.integers()))
def test_one_ahead_changes_neither_items_nor_order(items: list[int]):
    """It only asks for one more before it gives one away."""
    assert list(one_ahead(items)) == items


def test_one_ahead_has_started_the_next_before_it_gives_one_away():
    """So that the workers have something to do while a batch is loaded."""
    started: list[int] = []
    ahead = one_ahead(started.append(n) or n for n in range(3))
    assert next(ahead) == 0
    assert started == [0, 1]


def test_take_ends_with_an_empty_list():
    """Which is how a stage knows there is nothing left."""
    items = iter(range(3))
    assert [take(items, 2), take(items, 2), take(items, 2)] == [[0, 1], [2], []]
