"""Tests of the URL an article is known by, and of what is claimed about it."""

from __future__ import annotations

import pytest

from etl.extract.naming import find_loss
from etl.records import Article, Claim

from .pages import URL, extract_or_fail, make_hints, make_html

HOST = "https://www.gazette.example"


def claims_of(article: Article, field: str = "canonical_url") -> dict[str, Claim]:
    """Return the claims for a field by their source."""
    found = {claim.source: claim for claim in article.claims if claim.field == field}
    assert sum(claim.is_chosen for claim in found.values()) == (field == "canonical_url")
    return found


def test_every_source_of_the_url_is_a_claim():
    """The page's own statement wins; the others say the same, another, or where it was before."""
    stated = f"{HOST}/town/bridge-reopens-48213"
    head = (
        f'<link rel="canonical" href="{stated}"><meta property="og:url" content="{stated}#top">'
        '<link rel="amphtml" href="/amp/48213">'
    )
    node = {"@type": "NewsArticle", "mainEntityOfPage": {"@id": f"{URL}?page=2"}, "url": stated}
    found = claims_of(
        extract_or_fail(
            make_html(head=head, node=node), linked="https://go.example/x", hints=make_hints()
        )
    )
    assert {source: claim.rule for source, claim in found.items()} == {
        "link rel=canonical": "same site, same number or slug",
        "og:url": "agrees with the chosen one",
        "json-ld mainEntityOfPage": "the page states another",
        "json-ld url": "agrees with the chosen one",
        "redirect": "the page states another",
        "feed": "the page states another",
    }
    assert found["link rel=canonical"].is_chosen
    assert (found["redirect"].value, found["feed"].value) == (URL, "https://go.example/x")


def test_without_a_statement_redirects_say_where_the_page_is():
    """Then the link only says where it was asked for."""
    article = extract_or_fail(make_html(), linked="https://go.example/x", hints=make_hints())
    found = claims_of(article)
    assert article.canonical_url == URL
    assert {source: claim.is_chosen for source, claim in found.items()} == {
        "redirect": True, "feed": False,
    }  # fmt: skip
    assert found["feed"].rule == "it redirects elsewhere"
    assert list(claims_of(extract_or_fail(make_html(), hints=make_hints()))) == ["feed"]
    assert list(claims_of(extract_or_fail(make_html()))) == ["url"]


def test_a_syndicated_page_keeps_its_own_url():
    """Whom it was copied from is declared, and for others to compare."""
    other = "https://wire.example/town/2026/11/03/bridge-reopens-48213"
    article = extract_or_fail(make_html(head=f'<link rel="canonical" href="{other}">'))
    assert (article.canonical_url, article.declared_canonical_url) == (URL, other)
    assert claims_of(article)["link rel=canonical"].rule == "refused: another site"


def test_the_next_source_is_asked_when_one_is_refused():
    """A template's home page in rel=canonical, the article in og:url."""
    stated = f"{HOST}/48213"
    head = f'<link rel="canonical" href="{HOST}"><meta property="og:url" content="{stated}">'
    article = extract_or_fail(make_html(head=head))
    assert article.canonical_url == stated
    assert claims_of(article)["link rel=canonical"].rule == "refused: the home page"


def test_an_endless_url_is_refused_and_cut():
    """It would be copied into every row."""
    head = f'<link rel="canonical" href="{URL}?{"x" * 5_000}">'
    article = extract_or_fail(make_html(head=head))
    claim = claims_of(article)["link rel=canonical"]
    assert (article.canonical_url, article.declared_canonical_url) == (URL, None)
    assert (claim.rule, len(claim.value)) == ("refused: longer than 2,000 characters", 2_000)


@pytest.mark.parametrize(
    ("own", "stated", "loss"),
    [
        ("/a/bridge-reopens-48213?ref=x", "/a/bridge-reopens-48213", None),
        ("/a/bridge-reopens-48213/amp", "/b/bridge-reopens-48213", None),
        ("/a/bridge-reopens-48213/amp", "/a/bridge-reopens-48213", None),
        ("/town/bridge-48213.html", "/48213", None),
        ("/town/48213", "/story?id=48213", None),
        ("/story.php?id=48213", "/town/bridge-48213", None),
        ("/amp/news/bridge", "/news/bridge", None),
        ("/news/bridge-reopens-monday?view=full", "/town/bridge-reopens-monday", None),
        ("/x?a=1&b=2", "/y/x?b=2&a=1", "no number or slug in common"),
        ("/ab", "/AB", None),
        ("/story.php?id=48213", "/story.php", "drops ?id"),
        ("/story?key=abc", "/story/", "drops ?key"),
        ("/news-detail?id=48213", "/news-detail", "drops ?id"),
        ("/2026/11/03/weather", "/weather", "drops the number"),
        ("/2026/11/03/letters-to-the-editor", "/letters-to-the-editor", "drops the number"),
        ("/20261103/weather", "/20261103/", "a page above it"),
        ("/section-10045/bridge-48213", "/section-10045/", "a page above it"),
        ("/section-10045/bridge-48213", "/section-10045/all", "drops the number 48213"),
        ("/podcast/12", "/podcast", "a page above it"),
        ("/town/bridge-reopens", "/index.php", "a page above it"),
        ("/town/bridge-reopens", "/town/ferry-fares-rise", "no number or slug in common"),
    ],
)
def test_a_declared_url_may_not_lose_what_names_the_page(own: str, stated: str, loss: str | None):
    """Else all the articles of a template that drops ?id= would be one."""
    found = find_loss(HOST + own, HOST + stated)
    assert (found is None) if loss is None else (found or "").startswith(loss)


def test_other_forms_of_the_page_are_claims_and_never_chosen():
    """AMP and languages; not the page itself, nor what is no URL, and only so many."""
    head = (
        '<link rel="amphtml" href="/amp/48213"><link rel="alternate" hreflang="DE" href="/de/1">'
        '<link rel="alternate" hreflang="de" href="/de/1"><link rel="alternate" href="/feed">'
        f'<link rel="alternate" hreflang="en" href="{URL}#x">'
        '<link rel="alternate" hreflang="fr" href="javascript:1">'
        '<link rel="alternate" hreflang="x-default" href="https://other.example/">'
    )
    found = claims_of(extract_or_fail(make_html(head=head)), "alternate_url")
    assert {source: claim.value for source, claim in found.items()} == {
        "amphtml": f"{HOST}/amp/48213",
        "hreflang:de": f"{HOST}/de/1",
        "hreflang:x-default": "https://other.example/",
    }
    many = "".join(f'<link rel=alternate hreflang=l{n} href="/{n}">' for n in range(99))
    assert len(claims_of(extract_or_fail(make_html(head=many)), "alternate_url")) == 31
