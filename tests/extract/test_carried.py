"""Tests of articles made of what a feed carried."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract import ExtractOptions, extract_article
from etl.extract.lines import mend_markup, read_lines
from etl.extract.tree import parse_html
from etl.outcomes import Reason
from etl.records import Article, Rejected
from etl.rulesets import FEED_EXTRACTOR
from tests.patience import ends

from .pages import PROSE, TITLE, URL, make_hints, make_page

AT = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)
MARKUP = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
LINK = '<a href="https://www.gazette.example/x">'


def read(html: str, *, title: str | None = TITLE, url: str = URL) -> Article | Rejected:
    """Return what is made of a carried text."""
    hints = make_hints(title=title, published_at=AT)
    page = make_page(html, url=url, kind="entry", hints=hints)
    return extract_article(page, options=ExtractOptions())


def read_or_fail(html: str) -> Article:
    """Return the article of a carried text; a test that expects one fails without it."""
    article = read(html)
    assert isinstance(article, Article), article
    return article


def test_the_entry_is_the_articles_metadata():
    """Title, authors and date are the feed's, identity is the link's, language the text's."""
    article = read_or_fail(MARKUP)
    assert (article.title, article.authors, article.published_at) == (TITLE, ("Ada Quill",), AT)
    assert (article.url, article.canonical_url, article.source) == (URL, URL, "gazette.example")
    assert (article.language, article.extractor, article.charset) == ("en", FEED_EXTRACTOR, "utf-8")
    assert (article.paragraphs, article.is_truncated) == (PROSE, False)
    assert article.signals == ()


def test_provenance_says_that_the_text_is_the_feeds():
    """One chosen claim a field, all from the feed but what the text itself tells."""
    chosen = {claim.field: claim for claim in read_or_fail(MARKUP).claims if claim.is_chosen}
    text = chosen["text"]
    assert (text.source, text.rule) == ("feed", "the page could not be had")
    assert text.value == PROSE[0] + "\n\n" + PROSE[1][: 198 - len(PROSE[0])]
    assert {field: claim.source for field, claim in chosen.items()} == {
        "text": "feed", "title": "feed", "authors": "feed", "published_at": "feed",
        "canonical_url": "feed", "language": "text",
    }  # fmt: skip


@pytest.mark.parametrize(
    "html",
    [
        "<br>".join(PROSE),
        "<br /><br/>".join(PROSE),
        "\n \n".join(PROSE),
        "<div>" + "</div><div>".join(PROSE) + "</div>",
        f"<h2>{TITLE}</h2>{PROSE[0]}<ul><li>{PROSE[1]}</li><li>{PROSE[2]}</li></ul>{PROSE[3]}",
        MARKUP.replace("<", "&lt;").replace(">", "&gt;"),
        f"<html><head><title>x</title><style>p {{}}</style></head><body>{MARKUP}</body></html>",
        f'<img src="/p.gif" width=1 height=1 alt="x">{MARKUP}<script>var a = "b";</script>',
        f"<figure><img><figcaption>The bridge</figcaption></figure>{MARKUP}",
        f'<p class="a wp-caption-text">The bridge</p>{MARKUP}<div class="feedflare">Digg!</div>',
        f"<p>{TITLE.upper()}</p>{MARKUP}",
    ],
)
def test_any_markup_comes_out_as_paragraphs(html: str):
    """Blocks, breaks, blank lines, escaped once too often; captions and pixels left out."""
    assert read_or_fail(html).paragraphs == PROSE


@pytest.mark.parametrize(
    ("appended", "is_truncated"),
    [
        (f"<p>The post {LINK}{TITLE}</a> appeared first on {LINK}Gazette.example</a>.</p>", False),
        (f"<p>Der Beitrag {LINK}{TITLE}</a> erschien zuerst auf {LINK}G</a>.</p>", False),
        (f"<p>Zz {LINK}{TITLE}</a> qq zz {LINK}Gazette</a>.</p>", False),
        (f"The post {TITLE} appeared first on Gazette.", False),
        (f"<p>{LINK}Read more</a></p>", True),
        (f"<p>{LINK}Continue reading <span>{TITLE}</span> &rarr;</a></p>", True),
        (f"<p>[{LINK}Weiterlesen</a> &raquo;]</p>", True),
        ("<p>(more&hellip;)</p>", True),
        ("<p>Read the full article</p>", True),
        ("<p>[&hellip;]</p>", True),
        (f"<p>{LINK}Read more: Ferry fares rise</a></p>", False),
        (f"<p>Share this:</p><ul><li>{LINK}Tweet</a></li><li>{LINK}Mail</a></li></ul>", False),
        (f"<p>Related posts</p><p>{LINK}Ferry fares</a></p><p>{LINK}Harbour</a></p>", False),
        (f"<p>{LINK}Comments</a> | {LINK}Share</a></p>", False),
        (f"<p>{LINK}Leer más</a></p><p>La entrada {TITLE} se publicó primero en G.</p>", True),
    ],
)
def test_what_feeds_append_is_cut_off(appended: str, is_truncated: bool):
    """Where it appeared first, the way to the rest, links to share it and to others."""
    article = read_or_fail(MARKUP + appended)
    assert (article.paragraphs, article.is_truncated) == (PROSE, is_truncated)


@pytest.mark.parametrize(
    ("ending", "left"),
    [
        (f"and so [&#8230;] The post {LINK}{TITLE}</a> appeared first on X.", "and so […]"),
        (f"and so&hellip; {LINK}Read more</a>", "and so…"),
        ("and so... Continue reading", "and so..."),
        ("and so…", "and so…"),
    ],
)
def test_a_summary_is_flagged_as_cut(ending: str, left: str):
    """An excerpt ends in an ellipsis, whatever follows it in the same paragraph."""
    article = read_or_fail(f"<p>{PROSE[0]}</p><p>{PROSE[1]} {ending}</p>")
    assert article.paragraphs == (PROSE[0], f"{PROSE[1]} {left}")
    assert article.is_truncated


@pytest.mark.parametrize(
    "last",
    [
        f"The post office, {LINK}closed</a> since spring, reopens as well.",
        f"More than thirty buses a day are to {LINK}cross it again</a>.",
        f'{LINK}{PROSE[0]}</a> "Once," they said.',
        "The council will read more on the matter.",
    ],
)
def test_prose_at_the_end_is_kept(last: str):
    """Words like those that feeds append, in sentences of the article's own."""
    article = read_or_fail(f"{MARKUP}<p>{last}</p>")
    assert len(article.paragraphs) == len(PROSE) + 1
    assert not article.is_truncated


def test_a_tables_row_is_a_line():
    """Cells are separated by bars, as in pages."""
    rows = "<tr><td>Bridge A</td><td>1</td></tr><tr><td>Bridge B</td><td>2</td></tr>"
    paragraphs = read_or_fail(f"{MARKUP}<table>{rows}</table><p>{PROSE[0]}!</p>").paragraphs
    assert paragraphs[len(PROSE)] == "Bridge A | 1\nBridge B | 2"


@pytest.mark.parametrize(
    ("html", "title", "reason"),
    [
        ("", TITLE, Reason.TOO_SHORT),
        ("<!-- nothing -->", TITLE, Reason.TOO_SHORT),
        ("[Update] Soon.", TITLE, Reason.TOO_SHORT),
        (f"<p>{LINK}Comments</a></p>", TITLE, Reason.TOO_SHORT),
        (MARKUP, None, Reason.NO_TITLE),
        (MARKUP, "", Reason.NO_TITLE),
        ("<i></i>" * 50_000 + MARKUP, TITLE, Reason.UNPARSABLE),
        ("<p " + "a=1 " * 3_000 + ">" + MARKUP, TITLE, Reason.UNPARSABLE),
    ],
)
def test_what_is_no_article_is_refused(html: str, title: str | None, reason: Reason):
    """By the same measures as pages."""
    with ends():
        refused = read(html, title=title)
    assert isinstance(refused, Rejected)
    assert refused.reason is reason


def test_a_text_that_begins_like_json_is_read():
    """What a feed carries has no media type to doubt."""
    assert read_or_fail(f"[Update] {MARKUP}").paragraphs[1:] == PROSE
    assert read_or_fail(f"{{sic}} {MARKUP}").paragraphs[1:] == PROSE


@given(st.text(st.sampled_from("<>/abp ri&;\n[…]\"'=-|"), max_size=200))
def test_any_text_is_read(text: str):
    """No markup is too broken; what is read is lines, the closing link a piece of its line."""
    assert isinstance(read(text), Article | Rejected)
    for line in read_lines(parse_html(f"<p>x{mend_markup(text)}")):
        assert line.text == " ".join(line.text.split()) != ""
        assert line.closing in line.text
        assert 0 <= line.linked <= 1


def test_hostile_texts_end():
    """Patterns that search the end of a text do not grow with the square of it."""
    with ends():
        for piece in (
            "Read more. ",
            "The post ",
            "( ",
            "[more ",
            f"{LINK}read more</a> ",
            "</p>",
            "&lt;p&gt;",
        ):
            read(piece * 20_000)
