"""Tests of the blocks of a page, and of the choice among them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.blocks import measure_page
from etl.extract.blocks.cut import choose_blocks
from etl.extract.blocks.forest import judge, load_forest
from etl.extract.blocks.walk import BLOCKS_MAX, read_blocks
from etl.extract.evidence import make_evidence, measure_support, words_of
from etl.extract.metadata import read_declared
from etl.extract.tree import drop_textless, parse_html

from .pages import PROSE, TITLE, URL, extract_or_fail, make_html

CHANCES = st.lists(st.tuples(st.floats(0.001, 0.999), st.integers(1, 400)), min_size=1, max_size=40)


def read(body: str) -> list[str]:
    """Return the texts of the blocks of `body`."""
    return [block.text for block in read_blocks(parse_html(f"<html><body>{body}</body></html>"))]


def keep(pairs: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """Return the pairs of chance and words that are kept, sorted."""
    chances, words = map(np.array, zip(*pairs, strict=True))
    is_kept = choose_blocks(chances, words.astype(np.float64)).is_kept
    return sorted(pair for pair, is_in in zip(pairs, is_kept, strict=True) if is_in)


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<p>a <b>b</b>c</p>d", ["a bc", "d"]),
        ("<div>a<br>b<br><br>c<p>d</div>e", ["a", "b", "c", "d", "e"]),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", ["a | b", "c"]),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", ["a", "b"]),
        ("<p> \u00a0 </p><p>|</p>", []),
    ],
)
def test_a_block_is_a_line_as_a_reader_sees_it(body: str, texts: list[str]):
    """Inline elements part nothing, line breaks and block elements do."""
    assert read(body) == texts


def test_blocks_know_what_is_around_them():
    """Names of classes, kinds of elements, links, and which elements hold them."""
    body = '<article><div class="article-body"><p>Text <a href="/x">link</a></p></div></article>'
    (block,) = read_blocks(parse_html(f"<html><body>{body}</body></html>"))
    assert (block.tag, block.linked, block.links) == ("p", 4, 1)
    assert block.near
    assert block.around & block.near == block.near
    assert len(block.path) == len({*block.path})


def test_a_page_of_endless_lines_is_read_only_so_far():
    """A hostile page costs no more than the longest live blog."""
    assert len(read("<br>x" * (BLOCKS_MAX + 500))) == BLOCKS_MAX


def test_support_is_by_letters_alone():
    """Quotes, spaces and case differ between readings of one page."""
    evidence = make_evidence('The "old" bridge\nreopened on Tuesday, at dawn, and nobody minded')
    assert measure_support("".join(words_of("the OLD bridge")), evidence) == 1.0
    assert measure_support("".join(words_of("on Tuesday at dawn; and")), evidence) == 0.9
    assert measure_support("".join(words_of("old")), evidence) == 0.0


@given(CHANCES)
def test_no_other_cut_by_chance_is_expected_to_be_better(pairs: list[tuple[float, int]]):
    """The blocks above the cut have the highest expected F1 of all that a threshold can keep."""
    chances = np.array([chance for chance, _ in pairs])
    words = np.array([float(count) for _, count in pairs])
    chosen = choose_blocks(chances, words)
    for threshold in chances:
        kept = chances >= threshold
        expected = 2 * (chances * words)[kept].sum()
        score = expected / (words[kept].sum() + (chances * words).sum())
        assert score <= chosen.expected + 1e-9


@given(CHANCES, st.randoms())
def test_the_order_of_blocks_decides_nothing(pairs: list[tuple[float, int]], random):  # noqa: ANN001 - hypothesis' own Random
    """Equal chances are kept or left together."""
    assert keep(pairs) == keep(random.sample(pairs, len(pairs)))


def test_the_forest_says_the_same_of_a_page_whatever_it_saw_before():
    """Chances are sums of whole numbers."""
    tree = parse_html(make_html())
    declared = read_declared(tree, URL)
    drop_textless(tree)
    blocks, columns = measure_page(tree, declared, title=TITLE)
    first = judge(columns, load_forest())
    assert len(first) == len(blocks)
    again = judge({name: column.repeat(3) for name, column in columns.items()}, load_forest())
    assert (again == first.repeat(3)).all()


def test_long_pages_are_judged_in_parts_as_they_would_be_whole():
    """Rows are judged by themselves."""
    forest = load_forest()
    random = np.random.default_rng(1)
    columns = {name: random.normal(size=700) for name in forest.traits}
    whole = judge(columns, forest)
    tail = judge({name: column[600:] for name, column in columns.items()}, forest)
    assert (whole[600:] == tail).all()


def test_a_body_split_over_sibling_blocks_is_one_text():
    """Publishers put advertisements between the parts of an article."""
    parts = "".join(
        f'<div class="body-part"><p>{text}</p></div><div class="ad">Advertisement</div>'
        for text in PROSE
    )
    assert extract_or_fail(make_html(paragraphs=(), extra=parts)).paragraphs == PROSE


def test_a_copy_of_the_whole_text_in_one_element_is_left_out():
    """Some sites hand their scripts the text once more."""
    more = tuple(f"{text} So it was in {n}." for n in (2024, 2025) for text in PROSE)
    copied = f'<div class="story-content">{" ".join(more)}</div>'
    assert extract_or_fail(make_html(paragraphs=more, extra=copied)).paragraphs == more


def test_a_pull_quote_is_left_out():
    """It stands in the text already."""
    quote = f'<aside class="pull-quote"><p>\u201c{PROSE[1][:90]}\u201d</p></aside>'
    page = make_html().replace(f"<p>{PROSE[2]}</p>", f"{quote}<p>{PROSE[2]}</p>")
    assert extract_or_fail(page).paragraphs == PROSE


def test_a_page_without_a_block_has_no_columns():
    """Nothing is measured where there is nothing."""
    tree = parse_html("<html><body><img src=x></body></html>")
    assert measure_page(tree, read_declared(tree, URL), title="") == ([], {})
