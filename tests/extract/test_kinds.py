"""Tests of pages that are no article: lists, galleries, videos, walls."""

from __future__ import annotations

import pytest

from etl.outcomes import Reason

from .pages import PROSE, extract_or_fail, make_html, refuse_or_fail

SITE = "https://www.gazette.example"
ARTICLE = '<meta property="og:type" content="article">'


@pytest.mark.parametrize(
    ("url", "head", "node"),
    [
        (f"{SITE}/tag/bridges", "", None),
        (f"{SITE}/kategorie/politik/", "", None),
        (f"{SITE}/autoren/ada-quill", "", None),
        (f"{SITE}/search", "", None),
        (f"{SITE}/town", "", {"@type": "CollectionPage"}),
        (f"{SITE}/town/ada", "", {"@graph": [{"@type": "WebPage"}, {"@type": "ProfilePage"}]}),
    ],
)
def test_a_list_of_articles_is_none(url: str, head: str, node: dict[str, object] | None):
    """However much text its teasers come to; the reason says what gave it away."""
    refused = refuse_or_fail(make_html(head=head, node=node), url=url)
    assert refused.reason is Reason.NOT_AN_ARTICLE
    assert refused.detail.startswith("a list")


@pytest.mark.parametrize(
    ("url", "head", "node"),
    [
        (f"{SITE}/videos/bridge-reopens", "", None),
        (f"{SITE}/town/bridge", '<meta property="og:type" content="video.other">', None),
        (f"{SITE}/town/bridge", "", {"@type": "ImageGallery"}),
    ],
)
def test_pictures_with_a_caption_are_no_article_and_with_a_text_are_one(
    url: str, head: str, node: dict[str, object] | None
):
    """News sites write articles around films."""
    caption = make_html(head=head, node=node, paragraphs=PROSE[:2])
    assert refuse_or_fail(caption, url=url).reason is Reason.NOT_AN_ARTICLE
    extract_or_fail(make_html(head=head, node=node, paragraphs=(*PROSE, *PROSE)), url=url)


@pytest.mark.parametrize("url", [f"{SITE}/tag/bridges", f"{SITE}/videos/bridge-reopens"])
def test_what_says_it_is_an_article_is_one_wherever_it_stands(url: str):
    """Some sites keep their articles in folders called after topics."""
    extract_or_fail(make_html(head=ARTICLE, paragraphs=PROSE[:2]), url=url)


@pytest.mark.parametrize(
    "prompt",
    [
        "We value your privacy. We and our partners store information on a device.",
        "Wir schätzen Ihre Privatsphäre. Alle akzeptieren",
        "Before you continue, choose what we may store.",
        "Nous respectons votre vie privée. Tout accepter",
        "Pardon our interruption. As you were browsing, something made us think you are a bot.",
        "Press & hold to confirm you are a human and not a bot.",
        "Please enable JS and disable any ad blocker",
        "Bitte bestätigen Sie, dass Sie ein Mensch sind.",
    ],
)
def test_a_consent_wall_is_blocked_and_never_an_article(prompt: str):
    """The article stands behind it, and we were not let in."""
    html = make_html(title="The Gazette", paragraphs=(prompt,))
    assert refuse_or_fail(html).reason is Reason.BLOCKED


def test_prompts_beside_an_article_are_not_its_text():
    """Consent, donations and newsletters are asked for in the middle of articles."""
    consent, letter, donation = (
        f'<div class="{name}"><p>{text}</p><button>Yes</button></div>'
        for name, text in (
            ("cookie-consent", "We and our partners store and read cookies on your device."),
            ("newsletter-signup", "Sign up and get the best stories in your inbox every morning."),
            ("donation-box", "Please support independent journalism, it takes only a minute."),
        )
    )
    html = make_html(extra=consent).replace(
        f"<p>{PROSE[2]}</p>", f"{letter}<p>{PROSE[2]}</p>{donation}"
    )
    assert extract_or_fail(html).paragraphs == PROSE


def test_the_next_article_of_an_endless_page_is_not_this_ones_text():
    """Some sites append the next article to the one that was asked for."""
    following = "".join(
        f"<p>The ferry company said on Monday that fares would rise by a tenth from spring, {text}"
        "</p>"
        for text in ("it gave no reason.", "and the council objected.", "as fuel had become dear.")
    )
    html = make_html(head=ARTICLE).replace(
        "</article>",
        '</article><div class="infinite-scroll next-article"><article class="related-article">'
        f'<h1><a href="/ferry">Ferry fares rise</a></h1>{following}</article></div>',
    )
    assert extract_or_fail(html).paragraphs == PROSE


@pytest.mark.parametrize(
    ("url", "node", "kind"),
    [
        (f"{SITE}/town/bridge", {"@type": "LiveBlogPosting"}, "live_blog"),
        (f"{SITE}/town/live-blog/bridge-reopens", None, "live_blog"),
        (f"{SITE}/town/bridge-liveticker-1", None, "live_blog"),
        (f"{SITE}/town/what-it-is-to-live-by-the-bridge", None, "article"),
        (f"{SITE}/town/bridge", {"@type": "NewsArticle"}, "article"),
    ],
)
def test_a_live_blog_is_a_kind_of_its_own(url: str, node: dict[str, object] | None, kind: str):
    """Its text goes on while something does."""
    article = extract_or_fail(make_html(node=node, paragraphs=(*PROSE, *PROSE)), url=url)
    assert article.kind == kind
