"""Tests of days and names that stand in words beside a headline."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from etl.extract.dateline import find_opening, read_day
from etl.extract.metadata import read_declared
from etl.extract.tree import parse_html

from .pages import TITLE, extract_or_fail, make_html

BARE = "https://gazette.example/a/bridge"


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("Domenica 03 Novembre 2024", "it", date(2024, 11, 3)),
        ("Bridgetown, 3 Nov 2024, 22:11 GMT+10", "en", date(2024, 11, 3)),
        ("November 3rd, 2024", "fr", date(2024, 11, 3)),
        ("3 de noviembre de 2024", "es", date(2024, 11, 3)),
        ("3. November 2024", "de", date(2024, 11, 3)),
        ("Stand: 03.11.2024, 10 Uhr", "de", date(2024, 11, 3)),
        ("2024\u5e7411\u67083\u65e5", "ja", date(2024, 11, 3)),
        ("2024-11-03 10:00", "xx-none", date(2024, 11, 3)),
        ("03/11/2024", "en", None),
        ("31 November 2024", "en", None),
        ("3 November", "en", None),
        ("call 10.10.20245", "", None),
    ],
)
def test_a_day_is_read_only_where_it_stands_in_full(text: str, language: str, day: date | None):
    """The month by name, or in an order that leaves no doubt."""
    assert read_day(text, language) == day


def test_the_day_beside_the_headline_is_taken_before_any_other_in_the_page():
    """Headers show today's date, boxes those of other articles."""
    html = make_html(extra="<p>Harbourtown <span>3 November 2024</span></p>")
    html = html.replace("<body>", "<body><h1>The Gazette</h1><p>Monday, 9 December 2024</p>")
    html = html.replace("<head>", f"<head><title>{TITLE} | The Gazette</title>")
    article = extract_or_fail(html, url=BARE)
    assert article.published_at == datetime(2024, 11, 3, tzinfo=UTC)
    chosen = [claim for claim in article.claims if claim.field == "published_at"]
    assert [(claim.source, claim.is_chosen) for claim in chosen] == [("dateline", True)]


def test_a_day_that_cannot_be_is_not_taken_from_beside_the_headline():
    """What is left then is what htmldate finds."""
    html = make_html(extra="<p>3 November 2071</p>")
    assert extract_or_fail(html, url=BARE).published_at is None


def dates_of(html: str) -> tuple[datetime | None, datetime | None, dict[str, str]]:
    """Return both dates of a page whose address has none, and what of each source became of it."""
    html = html.replace("<head>", f"<head><title>{TITLE} | The Gazette</title>")
    article = extract_or_fail(html, url=BARE)
    claims = {claim.source: claim.value for claim in article.claims if claim.is_chosen}
    return article.published_at, article.modified_at, claims


def test_a_line_that_says_updated_dates_the_change_and_not_the_publication():
    """Both stand beside the headline, the change first."""
    html = make_html(extra="<p>Updated: 5 May 2024 10:15</p><p>Published 3 May 2024</p>")
    published, modified, _ = dates_of(html)
    assert published == datetime(2024, 5, 3, tzinfo=UTC)
    assert modified == datetime(2024, 5, 5, 10, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("Updated: 3 May 2024 10:15", datetime(2024, 5, 3, 10, 15, tzinfo=UTC)),
        ("Last updated <b>3 May 2024, 2:05 p.m.</b>", datetime(2024, 5, 3, 14, 5, tzinfo=UTC)),
        ("Aktualisiert am 03.05.2024, 10:15 Uhr", datetime(2024, 5, 3, 10, 15, tzinfo=UTC)),
        ("Mis à jour le 3 May 2024 à 10h15", datetime(2024, 5, 3, 10, 15, tzinfo=UTC)),
        ("Stand: 03.05.2024", datetime(2024, 5, 3, tzinfo=UTC)),
    ],
)
def test_where_nothing_else_says_when_the_updated_line_does(line: str, at: datetime):
    """A text that was changed that day was out that day."""
    published, modified, claims = dates_of(make_html(extra=f"<p>{line}</p>"))
    assert modified == at
    assert published is not None
    assert published.date() == at.date()
    assert claims


def test_an_updated_line_never_overrides_what_the_page_declares():
    """Meta tags say both; the line is not even read."""
    head = (
        '<meta property="article:published_time" content="2024-05-03T08:00:00Z">'
        '<meta property="article:modified_time" content="2024-05-04T08:00:00Z">'
    )
    html = make_html(extra="<p>Updated: 6 May 2024 10:15</p>").replace("<head>", f"<head>{head}")
    published, modified, claims = dates_of(html)
    assert published == datetime(2024, 5, 3, 8, tzinfo=UTC)
    assert modified == datetime(2024, 5, 4, 8, tzinfo=UTC)
    assert "updated line" not in claims


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("HARBOURTOWN, 3 May 2024 (GZ) - The bridge over the old river will open again",
         "2024-05-03"),
        ("Harbourtown, May 3, 2024 (GZ) \u2014 The bridge over the old river will open",
         "2024-05-03"),
        ("The bridge of 3 May 2024 - the old one - will open again after many years", None),
        ("HARBOURTOWN, 3 May (GZ) - The bridge over the old river will open again soon", None),
    ],
)  # fmt: skip
def test_the_dateline_a_text_opens_with_is_evidence_of_its_day(line: str, day: str | None):
    """A place, a day in full, who reports it, a dash."""
    tree = parse_html(f"<html><body><h1>{TITLE}</h1><p>{line}</p></body></html>")
    found = list(find_opening(tree, read_declared(tree, BARE)))
    assert found == ([("text dateline", day)] if day else [])


@pytest.mark.parametrize(
    ("extra", "node", "authors"),
    [
        ('<ul><li><a href="/autoren/name/ada-quill">Dr. Ada Quill</a></li></ul>', {},
         ("Dr. Ada Quill",)),
        ('<p>On <a href="/people/ada-quill">Ada Quill</a> and her bridge.</p>', {}, ()),
        ('<p class="byline">By Ada Quill</p>', {"author": "maria"}, ("Ada Quill",)),
        ('<p class="byline">Please enter your name</p>', {"author": "maria"}, ("maria",)),
        ("", {"author": ["GAZETTE NORTH", "Ada Quill"]}, ("Ada Quill",)),
    ],
)  # fmt: skip
def test_authors_are_the_people_the_page_names(
    extra: str, node: dict[str, object], authors: tuple[str, ...]
):
    """Links to authors' pages, bylines behind an account's name; a site's newsroom is nobody."""
    html = make_html(extra=extra, node={"@type": "NewsArticle", **node})
    assert extract_or_fail(html).authors == authors


def test_a_name_of_the_sites_initials_is_the_site():
    """Deutsche Welle writes at dw.com."""
    html = make_html(node={"@type": "NewsArticle", "author": "Bridge Town"})
    assert extract_or_fail(html, url="https://bt.example/a/bridge").authors == ()
