"""What is made to do harm ends, with an outcome."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from etl.errors import ExtractError
from etl.extract import ExtractOptions, extract_article
from etl.records import Article, Rejected
from tests.patience import ends

from .hostile import HOSTILE
from .mutations import SEEDS, mutate
from .pages import make_page

SMALL = 0.02


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_page_ends_as_an_article_or_refused(make: Callable[[float], bytes]):
    """In time that grows with its size and no faster; an hour of a worker is worth no page."""
    with ends(30):
        try:
            result = extract_article(make_page(make(SMALL)), options=ExtractOptions())
        except ExtractError:
            return
    assert isinstance(result, Article | Rejected)


def test_one_more_of_everything_is_refused_and_told():
    """Limits are counted before anything costs more than counting."""
    refused = extract_article(make_page(HOSTILE[1](0.01)), options=ExtractOptions())
    assert isinstance(refused, Rejected)
    assert "attributes in one element" in refused.detail


def test_damaged_pages_end_too():
    """The same damage is done for hours by `python -m evals.extraction.fuzz`."""
    chance = random.Random(11)
    with ends(120):
        for _ in range(150):
            page = make_page(mutate(chance.choice(SEEDS).encode(), chance))
            try:
                result = extract_article(page, options=ExtractOptions())
            except ExtractError:
                continue
            assert isinstance(result, Article | Rejected)
