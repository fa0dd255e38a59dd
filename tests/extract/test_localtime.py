"""The day of an article is its publisher's, also where its system writes UTC."""

from __future__ import annotations

import pytest

from etl.records import Article
from etl.zones import keep_zone

from .pages import PROSE, extract_or_fail, make_html

LATE = "2026-11-02T23:30:00Z"


def find_day(article: Article) -> str:
    """Return the day the publisher of `article` would name."""
    at = keep_zone(article.published_at, article.published_raw, article.published_offset_minutes)
    assert at is not None
    assert at == article.published_at  # the moment stays
    return at.date().isoformat()


def read(*, url: str, raw: str = LATE, head: str = "", language: str = "en") -> Article:
    """Return the article of a page at `url` that says it was published at `raw`."""
    node: dict[str, object] = {"@type": "NewsArticle", "datePublished": raw}
    html = make_html(head=head, node=node, language=language)
    return extract_or_fail(html, url=url)


@pytest.mark.parametrize(
    ("url", "raw", "shown", "day"),
    [
        ("https://gazzetta.example.it/a/ponte-1", LATE, "3 Novembre 2026", "2026-11-03"),
        ("https://gazzetta.example.it/a/ponte-1", LATE, "martedì 3 novembre", "2026-11-03"),
        ("https://gazzetta.example.it/a/ponte-1", LATE, "2 novembre 2026", "2026-11-02"),
        ("https://gazzetta.example.it/a/ponte-1", LATE, "", "2026-11-02"),
        ("https://gazette.example.ca/a/1", "2026-11-03T00:30:00Z", "November 2", "2026-11-02"),
        ("https://gazette.example.io/a/bridge-1", LATE, "November 3, 2026", "2026-11-02"),
        # What names its own distance is not asked for another.
        ("https://g.example.it/1", "2026-11-02T20:00:00-05:00", "3/11/2026", "2026-11-02"),
        # A day alone is the publisher's already.
        ("https://g.example.it/1", "2026-11-02", "3 novembre 2026", "2026-11-02"),
    ],
)
def test_a_time_in_utc_is_read_by_the_clocks_of_the_sites_country(
    url: str, raw: str, shown: str, day: str
):
    """Half past eleven at night in Greenwich is tomorrow in Rome, if the page says so too."""
    node: dict[str, object] = {"@type": "NewsArticle", "datePublished": raw}
    html = make_html(node=node, language="", extra=f"<div>{shown}</div>")
    assert find_day(extract_or_fail(html, url=url)) == day


def test_where_the_day_is_the_same_the_country_tells_the_hour():
    """Noon in Greenwich is one in Rome, and two in summer."""
    url = "https://gazzetta.example.it/a/ponte-1"
    assert read(url=url, raw="2026-11-02T12:00:00Z").published_offset_minutes == 60
    assert read(url=url, raw="2026-07-02T12:00:00Z").published_offset_minutes == 120
    torn = "https://gazette.example.io/a/bridge-1"
    assert read(url=torn, raw="2026-11-02T12:00:00Z").published_offset_minutes is None


@pytest.mark.parametrize(
    ("clock", "minutes"),
    [
        ("Published 8:30 PM EST, Mon November 2, 2026", -5 * 60),
        ("November 3, 2026, 07:00", 5 * 60 + 30),
        ("November 3, 2026, 07:07", None),  # no clock is seven minutes off
    ],
)
def test_day_and_time_beside_the_headline_tell_the_distance(clock: str, minutes: int | None):
    """They are by the readers' clocks."""
    node: dict[str, object] = {"@type": "NewsArticle", "datePublished": "2026-11-03T01:30:00Z"}
    html = make_html(node=node, extra=f"<div>{clock}</div>")
    article = extract_or_fail(html, url="https://gazette.example.com/a/bridge-1")
    assert article.published_offset_minutes == minutes


def test_a_revision_is_of_the_day_it_was_made():
    """A wiki says since when it has had the page."""
    node: dict[str, object] = {
        "@type": "Article", "datePublished": "2005-07-26T16:22:26Z",
        "dateModified": "2026-04-07T12:00:00Z",
    }  # fmt: skip
    html = make_html(node=node)
    url = "https://wiki.example/index.php?title=Bridge&diff=2&oldid=1"
    assert extract_or_fail(html, url=url).published_raw == "2026-04-07T12:00:00Z"
    assert extract_or_fail(html, url="https://w.example/Bridge").published_raw != "2026-04-07"


def test_another_naming_of_the_same_moment_tells_the_distance():
    """JSON-LD in UTC, the meta tag with the offset."""
    head = '<meta property="article:published_time" content="2026-11-03T08:30:00+09:00">'
    article = read(url="https://gazette.example.com/a/bridge-1", head=head)
    assert article.published_offset_minutes == 9 * 60
    assert find_day(article) == "2026-11-03"
    chosen = [c.rule for c in article.claims if c.field == "published_at" and c.is_chosen]
    assert chosen == ["best source; the day by 2026-11-03T08:30:00+09:00"]


def test_other_times_of_the_page_tell_the_distance_if_they_agree():
    """What a script says of other things is by the same clock."""
    url, raw = "https://gazette.example.com/a/bridge-1", "2026-11-03T02:30:00Z"
    script = "<script>var shows = [{'at': 'Mon, 02 Nov 2026 %s'}, {'at': '2026-10-01T09:00:00%s'}]"
    agreed = f"{script}</script>" % ("18:00:00 -0500", "-04:00")
    assert find_day(read(url=url, raw=raw, head=agreed)) == "2026-11-02"
    torn = f"{script}</script>" % ("18:00:00 -0500", "+08:00")
    assert read(url=url, raw=raw, head=torn).published_offset_minutes is None


def test_a_language_of_one_zone_tells_the_distance():
    """Japanese is read in Tokyo; English is read everywhere."""
    url, raw = "https://gazette.example.com/a/bridge-1", "2026-11-02T12:00:00Z"
    assert read(url=url, raw=raw, language="ja").published_offset_minutes == 9 * 60
    assert read(url=url, raw=raw, language="en").published_offset_minutes is None


def test_days_within_the_headline_are_what_it_is_about():
    """A blog that repeats its headline in a link, and has the date after it."""
    headline = "Winners of the sale in Bern (2026-10-11, and 18 more)"
    html = make_html(
        head=f"<title>{headline} - The Gazette</title>",
        title="The Gazette",
        extra=f'<div><a href="/a">{headline}</a> <span>October 12, 2026</span></div>',
        paragraphs=PROSE,
    )
    article = extract_or_fail(html, url="https://gazette.example/a/winners")
    assert article.published_raw == "2026-10-12"
