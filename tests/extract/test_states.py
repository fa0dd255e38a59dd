"""Tests of text that stands only in what a page's scripts are handed."""

from __future__ import annotations

import json

import pytest

from .pages import PROSE, extract, extract_or_fail, make_html

TEASER = {
    "headline": "Ferry fares rise", "url": "/ferry",
    "text": "Passengers will pay a tenth more from spring, the company said. " * 12,
}  # fmt: skip
HTML_BODY = "".join(f"<p>{text}</p>" for text in PROSE)
PUSHED = "5:" + json.dumps({"text": HTML_BODY, "pad": "x" * 600}) + "\n"


def drawn(script: str) -> str:
    """Return a page whose text a script is to draw."""
    return make_html(paragraphs=(), extra='<div id="root"></div>').replace(
        "</body>", f"{script}</body>"
    )


def next_data(article: object) -> str:
    """Return what Next.js hands its page."""
    state = {"props": {"pageProps": {"article": article, "related": [TEASER, TEASER]}}}
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'


@pytest.mark.parametrize(
    "script",
    [
        next_data({"body": HTML_BODY}),
        next_data({"content": [{"type": "paragraph", "text": text} for text in PROSE]}),
        next_data({"blocks": [{"kind": "p", "children": [{"text": text}]} for text in PROSE]}),
        next_data({"stored": json.dumps({"paragraphs": list(PROSE)})}),
        f"<script>window.__PRELOADED_STATE__ = {json.dumps({'a': {'html': HTML_BODY}})};</script>",
        f"<script>self.__next_f.push({json.dumps([1, PUSHED])})</script>",
    ],
)
def test_text_that_only_scripts_have_is_found(script: str):
    """In one piece or in many; teasers of other articles beside it are not the text."""
    article = extract_or_fail(drawn(script))
    assert article.paragraphs == PROSE
    assert article.extractor.startswith("page-state/")


def test_the_state_does_not_replace_text():
    """It is looked at only where the page shows nothing."""
    page = make_html().replace("</body>", f"{next_data({'body': HTML_BODY * 3})}</body>")
    assert extract_or_fail(page).extractor.startswith("trafilatura-")


@pytest.mark.parametrize(
    "script",
    [
        '<script type="application/json">' + "[" * 100_000 + "</script>",
        '<script type="application/json">{"a": ' + json.dumps("{" * 600) + "}</script>",
        '<script>window.__S__ = {"cut": "' + "x" * 600 + "</script>",
        next_data([TEASER] * 30),
    ],
)
def test_a_state_that_holds_no_article_is_passed_over(script: str):
    """Broken, nested without end, or teasers alone."""
    assert not hasattr(extract(drawn(script)), "paragraphs")
