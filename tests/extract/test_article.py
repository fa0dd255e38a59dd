"""Tests of extract_article as a whole."""

from __future__ import annotations

import pytest
from lxml.html import tostring

from etl.errors import ExtractError
from etl.extract import ExtractOptions, extract_article
from etl.extract.body import extract_body
from etl.extract.metadata import read_declared
from etl.extract.tree import parse_html
from etl.outcomes import Reason
from etl.records import Article, Rejected
from tests.patience import ends

from .pages import (
    PROSE,
    TITLE,
    URL,
    extract,
    extract_or_fail,
    make_hints,
    make_html,
    make_page,
    refuse_or_fail,
)


def test_paragraphs_come_out_in_order_without_boilerplate():
    """Navigation, footer, heading and title are not text."""
    article = extract_or_fail(make_html())
    assert article.paragraphs == PROSE
    assert article.title == TITLE
    assert article.extractor.startswith("trafilatura-")
    assert (article.source, article.charset, article.language) == ("gazette.example", "utf-8", "en")


def test_repeated_paragraphs_are_kept_as_they_stand():
    """Dropping repeats is dedup's decision, which records them."""
    repeated = (*PROSE, *PROSE[1:])
    assert extract_or_fail(make_html(paragraphs=repeated)).paragraphs == repeated


def test_a_paragraph_equal_to_the_title_is_dropped():
    """Case and punctuation make no difference."""
    article = extract_or_fail(make_html(paragraphs=(f"{TITLE.upper()}!", *PROSE)))
    assert article.paragraphs == PROSE


def test_links_after_a_closing_heading_are_cut():
    """A heading over teasers ends the article, the same heading before prose does not."""
    teasers = ("Related articles", "Ferry fares rise", "Harbour walk planned")
    assert extract_or_fail(make_html(paragraphs=(*PROSE, *teasers))).paragraphs == PROSE
    amid = (*PROSE[:3], "Related articles", PROSE[3])
    assert extract_or_fail(make_html(paragraphs=amid)).paragraphs[-1] == PROSE[3]


def test_extraction_leaves_the_tree_as_it_was():
    """The second pass and the fallbacks read the same tree as the first."""
    tree = parse_html(make_html(title="", paragraphs=PROSE[:2]))
    before = tostring(tree)
    body = extract_body(tree, read_declared(tree, URL), title=TITLE, min_chars=200)
    assert body.paragraphs == PROSE[:2]
    assert tostring(tree) == before


def test_a_table_is_one_paragraph_with_a_line_a_row():
    """Cells are separated by bars."""
    rows = "".join(f"<tr><td>Bridge {name}</td><td>{cost}</td></tr>" for name, cost in ("A1", "B2"))
    article = extract_or_fail(make_html().replace("</article>", f"<table>{rows}</table></article>"))
    assert article.paragraphs[-1] == "Bridge A | 1\nBridge B | 2"


def test_the_json_ld_body_is_taken_where_the_page_has_no_text():
    """Pages drawn by scripts often carry their text in the metadata."""
    node = {"@type": "NewsArticle", "articleBody": "\n".join(PROSE)}
    article = extract_or_fail(make_html(paragraphs=(), node=node))
    assert article.paragraphs == PROSE
    assert article.extractor.startswith("json-ld/")


def test_the_json_ld_body_does_not_replace_text():
    """It holds captions and teasers more often than what was missed."""
    node = {"@type": "NewsArticle", "articleBody": "Something else entirely. " * 90}
    assert extract_or_fail(make_html(node=node)).paragraphs == PROSE


def test_the_same_page_gives_the_same_article_after_other_pages():
    """No state of the extractor leaks from page to page."""
    first = extract_or_fail(make_html())
    for _ in range(5):
        extract(make_html(paragraphs=PROSE[::-1]))
    assert extract_or_fail(make_html()) == first


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"%PDF-1.7 ...", "text/html", Reason.NOT_HTML),
        (b'{"a": 1}', "text/html", Reason.NOT_HTML),
        (b'<?xml version="1.0"?><rss></rss>', "text/xml", Reason.NOT_HTML),
        (b"<b>x", "image/png", Reason.NOT_HTML),
        (b"", "text/html", Reason.NOT_HTML),
        (make_html(paragraphs=("Too little.",)), "text/html", Reason.TOO_SHORT),
        (make_html(title=""), "text/html", Reason.NO_TITLE),
        ("<title>Just a moment...</title><body>Enable JavaScript and cookies", "text/html",
         Reason.BLOCKED),
        (make_html(title="Page not found"), "text/html", Reason.NOT_AN_ARTICLE),
        ("<html>" + "<div>" * 300 + PROSE[0], "text/html", Reason.UNPARSABLE),
        ("<p " + "a=1 " * 3_000 + ">" + PROSE[0], "text/html", Reason.UNPARSABLE),
        (make_html(extra="<i></i>" * 40_000), "text/html", Reason.UNPARSABLE),
    ],
)  # fmt: skip
def test_what_is_no_article_is_refused_with_its_reason(
    body: str | bytes, content_type: str, reason: Reason
):
    """Every refusal is a closed reason and a detail."""
    with ends():
        refused = refuse_or_fail(body, content_type=content_type)
        assert refused.reason is reason
        assert refused.detail


def test_refusals_give_their_figures():
    """The reader sees what was measured and against what."""
    refused = extract_article(make_page(make_html()), options=ExtractOptions(min_chars=9_000))
    assert refused == Rejected(
        reason=Reason.TOO_SHORT, detail=f"{len('  '.join(PROSE))} < 9000 chars"
    )
    limited = extract_article(make_page(make_html()), options=ExtractOptions(max_body_bytes=10))
    assert isinstance(limited, Rejected)
    assert limited.detail.endswith("> 10 bytes")


def test_a_home_page_is_no_article_unless_it_says_so():
    """A redirect to the front page is what many sites answer for deleted articles."""
    assert refuse_or_fail(make_html(), url="https://a.example/").reason is Reason.NOT_AN_ARTICLE
    extract_or_fail(make_html(node={"@type": "NewsArticle"}), url="https://a.example/")


def test_an_article_about_walls_is_not_blocked():
    """A wall is recognised only where there is little text."""
    prose = tuple(f"{text} The captcha and the security check stayed." for text in PROSE)
    extract_or_fail(make_html(title="Access denied: the captcha turns thirty", paragraphs=prose))


def test_short_articles_in_wide_scripts_are_kept():
    """Ninety Han characters say what 270 Latin ones do."""
    prose = (
        "市议会周二表示，经过十一个月的维修，这座横跨河流的老桥重新开放，首批公交车在黎明前驶过。",
    ) * 1
    more = (
        "工程师更换了四十根缆索和大部分桥面，这项工程的费用是两年前发现第一批裂缝时计划的两倍。",
    )
    article = extract_or_fail(
        make_html(title="老桥重新开放", paragraphs=prose + more, language="zh")
    )
    assert article.language == "zh"


def test_what_cannot_be_parsed_raises():
    """A page without one element has nothing to refuse an article from."""
    with pytest.raises(ExtractError):
        extract("   <!-- nothing -->")


def test_a_wrong_charset_header_changes_nothing():
    """The text is right whatever the server says of it."""
    html = make_html(title="Größe der Brücke überrascht", paragraphs=(*PROSE, "Süß — 東京 — Київ."))
    wrong = extract_or_fail(html, content_type="text/html; charset=koi8-u")
    assert wrong == extract_or_fail(html)


@pytest.mark.parametrize(
    ("node", "ending", "is_paywalled", "is_truncated"),
    [
        ({"isAccessibleForFree": False}, ".", True, False),
        ({"isAccessibleForFree": "http://schema.org/False"}, ".", True, False),
        ({"isAccessibleForFree": True}, ".", False, False),
        ({"isAccessibleForFree": "False"}, ". <b>Subscribe to continue reading</b>.", True, True),
        ({}, " and so the \u2026", False, True),
    ],
)
def test_a_paywall_is_flagged_apart_from_a_cut_text(
    node: dict[str, object], ending: str, *, is_paywalled: bool, is_truncated: bool
):
    """Metered pages often carry the whole text."""
    prose = (*PROSE[:-1], PROSE[-1].rstrip(".") + ending)
    article = extract_or_fail(make_html(node={"@type": "NewsArticle", **node}, paragraphs=prose))
    assert (article.is_paywalled, article.is_truncated) == (is_paywalled, is_truncated)


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("/town/2026/11/03/bridge-reopens-48213?utm_source=x", URL),
        ("https://gazette.example/a/48213", "https://gazette.example/a/48213"),
        ("https://www.gazette.example/", URL),
        ("https://other.example/town/2026/11/03/bridge-reopens-48213", URL),
        ("https://www.gazette.example/town/2026/other-article-99999", URL),
        ("http://[broken", URL),
    ],
)
def test_a_declared_canonical_is_believed_only_of_this_page(href: str, canonical: str):
    """Some sites declare one URL for all pages, or another site's."""
    head = f'<link rel="canonical" href="{href}">'
    assert extract_or_fail(make_html(head=head)).canonical_url == canonical


def test_a_page_that_ends_too_early_is_read_on():
    """A template of parts has an end in its first; HTML5 says that what follows is the body's."""
    page = make_html().replace("</nav>", "</nav></body></html>" + " " * 2_000)
    assert extract_or_fail(page).paragraphs == PROSE


@pytest.mark.parametrize("opening", ["<button>Menu", "<nav><ul><li>Home"])
def test_an_element_nobody_closed_does_not_take_the_article_with_it(opening: str):
    """libxml2 lets a button hold all that follows; three of 812 pages of news looked so."""
    page = make_html().replace("<body>", f"<body><header>{opening}", 1)
    page = page.replace("<article>", "<main><article>").replace("</article>", "</article></main>")
    article = extract_or_fail(page)
    assert [line for line in article.paragraphs if line in PROSE] == list(PROSE)


def test_the_users_selector_says_where_the_text_is():
    """For pages of that feed alone, and only where it finds an article's worth."""
    hints = make_hints(title=TITLE)
    lines = "".join(f"<div>{text} <a href='/n'>note</a></div>" for text in PROSE)
    page = make_html(extra=f'<section class="notes">{lines}</section>')

    def read(feed_url: str, selector: str) -> Article | Rejected:
        options = ExtractOptions(text_in=((feed_url, selector),))
        return extract_article(make_page(page, hints=hints), options=options)

    chosen = read(hints.feed_url, "section.notes, section.notes div")
    assert isinstance(chosen, Article)
    assert chosen.paragraphs == tuple(f"{text} note" for text in PROSE)
    assert chosen.extractor.startswith("selector/")
    usual = extract_article(make_page(page, hints=hints), options=ExtractOptions())
    assert read(hints.feed_url, "section.none") == usual
    assert read("https://other.example/feed", "section.notes") == usual


@pytest.mark.parametrize(
    ("name", "asks", "node", "is_paywalled"),
    [
        ("article-paywall", "Subscribe to continue reading.", None, True),
        ("piano-inline", "Jetzt weiterlesen mit einem Abo.", None, True),
        (
            "paywall",
            "Sign in to read the comments of others.",
            {"isAccessibleForFree": True},
            False,
        ),
        ("wallpaper", "Subscribe to continue reading.", None, False),
        ("paywall", "", None, False),  # sites leave the empty frame of it in free articles
        (
            "body",
            "",
            {"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": "False"}},
            True,
        ),
    ],
)
def test_a_wall_that_asks_for_a_subscription_marks_a_sold_article(
    name: str, asks: str, node: dict[str, object] | None, *, is_paywalled: bool
):
    """Where the publisher does not say so in its metadata; "free" there is believed."""
    said = {"@type": "NewsArticle", **node} if node else None
    html = make_html(node=said).replace("</article>", f'<div class="{name}">{asks}</div></article>')
    assert extract_or_fail(html).is_paywalled is is_paywalled
