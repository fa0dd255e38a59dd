"""Tests of the tree the extractor is given."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement, tostring

from etl.extract.thin import thin
from etl.extract.tree import parse_html

from .pages import PROSE, extract_or_fail, make_html


def show(body: str) -> str:
    """Return what is left of `body`."""
    return str(
        tostring(thin(parse_html(f"<html><body>{body}</body></html>"))[0], encoding="unicode")
    )


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("<p>a</p><aside>x</aside>tail", "<p>a</p>tail"),
        ("<p>a <small>b</small> c</p>", "<p>a b c</p>"),
        ("<p>a</p><div><a>x</a> <span><a>y</a></span></div>tail", "<p>a</p>tail"),
        ("<p>a <a>b</a></p>", "<p>a <a>b</a></p>"),
        ("<p>a</p><p><a>b</a></p>", "<p>a</p><p><a>b</a></p>"),
        ("<div>a <div><a>b</a> c</div></div>", "<div>a <div><a>b</a> c</div></div>"),
        ("<p>a<b> </b>b</p>", "<p>a<b> </b>b</p>"),
        ("<p>Related:</p><ul><li><a>b</a></li></ul>", "<p>Related:</p><ul><li><a>b</a></li></ul>"),
    ],
)
def test_only_what_no_article_is_in_is_left_out(body: str, left: str):
    """Text outside links stays, and so do links in it and the spaces between words."""
    assert show(body) == f"<body>{left}</body>"


def test_the_tree_itself_is_not_changed():
    """The fallbacks read all of the page."""
    tree = parse_html(make_html(extra="<div><a>Elsewhere</a></div>"))
    before = tostring(tree)
    assert tostring(thin(tree)) != before
    assert tostring(tree) == before


def test_teasers_between_paragraphs_are_not_text():
    """A box of links to other articles is left out wherever it stands."""
    box = "".join(f"<div><a href='/{n}'>{PROSE[0]} Again, {n}.</a></div>" for n in range(2))
    html = make_html().replace(f"<p>{PROSE[2]}</p>", f"<div>{box}</div><p>{PROSE[2]}</p>")
    assert extract_or_fail(html).paragraphs == PROSE


def test_every_element_is_of_the_one_class_chosen_without_calling_python():
    """The extractor takes no other tree for HTML; a class by tag costs a call an element."""
    tree = parse_html("<form><label>a</label><input name='b'><select></select></form>")
    assert {type(element) for element in tree.iter()} == {HtmlElement}
