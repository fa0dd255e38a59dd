"""Tests of titles, authors, dates, language and the rest of the metadata."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.authors import clean_names
from etl.extract.language import detect_language, parse_language
from etl.extract.published import parse_moment

from .pages import FETCHED_AT, PROSE, TITLE, URL, extract_or_fail, make_hints, make_html

SITE = '<meta property="og:site_name" content="The Gazette">'


@pytest.mark.parametrize(
    ("head", "h1", "title"),
    [
        (f"<title>{TITLE} | The Gazette</title>", "", TITLE),
        (f"<title>The Gazette - {TITLE}</title>", "", TITLE),
        (
            f'<title>x</title><meta property="og:title" content="{TITLE} - The Gazette">',
            TITLE,
            TITLE,
        ),
        ("<title>Crisis: what now?</title>", "", "Crisis: what now?"),
        ("<title>Mayor: «It is ours» - The Gazette</title>", "", "Mayor: «It is ours»"),
        (f"<title>{TITLE} » The Gazette</title>", "", TITLE),
        (f"<title>{TITLE} – Town – The Gazette</title>", TITLE, TITLE),
        ('<meta property="og:title" content="Tom &amp;amp; Ann">', "", "Tom & Ann"),
        ("<title>The Gazette</title>", TITLE, TITLE),
    ],
)
def test_the_title_is_voted_on_without_the_sites_name(head: str, h1: str, title: str):
    """The site's name is cut off, a colon of the headline's own is not."""
    assert extract_or_fail(make_html(head=SITE + head, title=h1)).title == title


def test_the_feeds_title_is_evidence_and_no_more():
    """It fills a gap; page elements that agree outvote it."""
    hints = make_hints(title="From the feed")
    assert extract_or_fail(make_html(title=""), hints=hints).title == "From the feed"
    head = f'<meta property="og:title" content="{TITLE}">'
    article = extract_or_fail(make_html(head=head), hints=hints)
    claims = [claim for claim in article.claims if claim.field == "title"]
    assert {claim.source: claim.is_chosen for claim in claims} == {
        "h1": True, "og:title": False, "feed": False,
    }  # fmt: skip


def test_a_headline_cut_short_votes_for_the_whole_one():
    """Three sources broke off at 110 letters or with dots; the page has all of it."""
    whole = "Old bridge over the river reopens after eleven months of repairs that cost twice what"
    long = f"{whole} had been planned, council says, and a second phase begins in spring"
    head = (
        f"<title>{whole} had...</title>"
        f'<meta property="og:title" content="{long[:108]}">'
        f'<meta property="twitter:title" content="{whole}\u2026">'
    )
    node: dict[str, object] = {"@type": "NewsArticle", "headline": long[:108]}
    assert extract_or_fail(make_html(head=head, title=long, node=node)).title == long


def test_a_logo_in_the_h1_is_hardly_heard():
    """It has no word of what the page says of itself elsewhere."""
    head = (
        f'<title>Bridge news</title><meta property="og:title" content="{TITLE}">'
        f'<meta name="twitter:title" content="{TITLE}">'
    )
    assert extract_or_fail(make_html(head=head, title="The Weekly Logo")).title == TITLE


@pytest.mark.parametrize("ending", ["Riverpost.com", "RiverPost Blog", "river-post"])
def test_a_site_is_known_by_its_domain(ending: str):
    """Its name is cut off where the page does not say how it is called."""
    head = f"<title>{TITLE} | {ending}</title>"
    url = "https://www.riverpost.com/town/bridge-1"
    assert extract_or_fail(make_html(head=head, title=""), url=url).title == TITLE


@pytest.mark.parametrize(
    ("said", "names"),
    [
        (["By Ann Lee and Bo Ek"], ("Ann Lee", "Bo Ek")),
        (
            ["Von Jörg Groß, Berlin Korrespondent", "Jörg Groß"],
            ("Jörg Groß", "Berlin Korrespondent"),
        ),
        (["Reuters", "AFP", "The Gazette", "https://x.example/ann"], ()),
        (["Lee, Ann"], ()),
        (["Ann Lee (ann@x.example)", "Redaktion", "News Desk"], ("Ann Lee",)),
        (["Doe, Jane"], ("Jane Doe",)),
        (["松岡大地"], ("松岡大地",)),
    ],
)
def test_authors_are_people(said: list[str], names: tuple[str, ...]):
    """Prefixes, agencies, desks, addresses and the site itself are left out."""
    if said == ["Lee, Ann"]:
        assert clean_names(said, {"annlee"}) == names
    else:
        assert clean_names(said, {"thegazette"}) == names


def test_json_ld_authors_win_and_references_are_followed():
    """An organisation is nobody; a node of the same graph is somebody."""
    node = {
        "@graph": [
            {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
            {"@type": ["Article", "NewsArticle"], "headline": TITLE,
             "author": [{"@id": "#ann"}, {"@type": "Organization", "name": "Bay Wire Co"}]},
        ]
    }  # fmt: skip
    head = '<meta name="author" content="Somebody Else">'
    article = extract_or_fail(make_html(head=head, node=node), hints=make_hints())
    assert article.authors == ("Ann Lee",)
    assert [c.source for c in article.claims if c.field == "authors"] == [
        "json-ld", "meta author", "feed",
    ]  # fmt: skip
    assert extract_or_fail(make_html(), hints=make_hints()).authors == ("Ada Quill",)


def test_a_byline_names_who_is_not_named_for_machines():
    """By the name of its class; not those of teasers, nor the box of all authors around it."""
    byline = (
        '<aside><span class="author">Teaser Smith</span></aside>'
        '<div class="article__authors"><span>Text:</span>'
        '<span class="author-name">Von David Straub</span></div>'
    )
    page = make_html(head='<meta name="author" content="Gazette">')
    article = extract_or_fail(page.replace("<article>", f"<article>{byline}"))
    assert article.authors == ("David Straub",)
    assert [c.source for c in article.claims if c.field == "authors" and c.is_chosen] == ["byline"]


def test_no_source_is_chosen_where_none_names_a_person():
    """Each says why, and the article has no authors."""
    article = extract_or_fail(make_html(head='<meta name="author" content="Gazette">'))
    assert article.authors == ()
    said = [(c.is_chosen, c.rule) for c in article.claims if c.field == "authors"]
    assert said == [(False, "no person's name")]


def test_a_byline_that_names_more_people_is_believed():
    """JSON-LD of some publishers has room for one author; names of teasers are not a byline."""
    node = {"@type": "NewsArticle", "headline": TITLE, "author": {"name": "Marlene Holm"}}
    page = make_html(node=node).replace(
        "<article>", '<article><p class="byline">Ingrid Borg og Marlene Holm</p>'
    )
    assert extract_or_fail(page).authors == ("Ingrid Borg", "Marlene Holm")
    for other in ("Ingrid Borg og Nora Vik", "Red.", "Quelle: sid", "Marlene Holm"):
        told = page.replace("Ingrid Borg og Marlene Holm", other)
        assert extract_or_fail(told).authors == ("Marlene Holm",)
    marked = page.replace(' class="byline"', "").replace(
        "Ingrid Borg og", '<a rel="author">Ingrid Borg</a> <a rel="author">Marlene Holm</a>'
    )
    assert extract_or_fail(marked).authors == ("Marlene Holm",)


def claims_of(head: str, **node: str) -> dict[str, str]:
    """Return source → rule of the claims for the publication."""
    html = make_html(head=head, node={"@type": "NewsArticle", **node})
    claims = extract_or_fail(html).claims
    return {claim.source: claim.rule for claim in claims if claim.field == "published_at"}


META = '<meta property="article:published_time" content="2026-11-02T08:00:00Z">'


def test_a_date_with_a_zone_beats_one_without():
    """JSON-LD first, but a naive time gives way to the meta tag's instant."""
    zoned = make_html(
        head=META, node={"@type": "Article", "datePublished": "2026-11-03T10:00+02:00"}
    )
    article = extract_or_fail(zoned)
    assert article.published_at == datetime(2026, 11, 3, 8, tzinfo=UTC)
    assert article.published_raw == "2026-11-03T10:00+02:00"
    naive = make_html(head=META, node={"@type": "Article", "datePublished": "2026-11-03 10:00"})
    assert extract_or_fail(naive).published_at == datetime(2026, 11, 2, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("1970-01-01T00:00:00Z", "epoch"),
        ("1985-05-05", "before 1990"),
        ((FETCHED_AT + timedelta(days=2)).isoformat(), "future"),
        ("soon", "not a date"),
    ],
)
def test_impossible_dates_are_refused_and_named(raw: str, fault: str):
    """The next source is taken; the claim keeps what was refused and why."""
    html = make_html(head=META, node={"@type": "NewsArticle", "datePublished": raw})
    assert extract_or_fail(html).published_at == datetime(2026, 11, 2, 8, tzinfo=UTC)
    assert fault in claims_of(META, datePublished=raw)["json-ld datePublished"]


def test_where_the_page_has_no_date_the_feed_then_the_url_has():
    """A day in the URL is taken as UTC midnight; the feed's hour refines it."""
    assert extract_or_fail(make_html()).published_at == datetime(2026, 11, 3, tzinfo=UTC)
    at = datetime(2026, 11, 3, 5, 30, tzinfo=UTC)
    bare = "https://gazette.example/a/bridge"
    assert extract_or_fail(make_html(), url=bare).published_at is None
    hinted = extract_or_fail(make_html(), url=bare, hints=make_hints(published_at=at))
    assert hinted.published_at == at
    assert extract_or_fail(make_html(), hints=make_hints(published_at=at)).published_at == at


def test_a_change_before_the_publication_is_not_believed():
    """DateModified is kept apart, and only if it can be true."""
    node = {"@type": "Article", "datePublished": "2026-11-03T10:00Z"}
    later = make_html(node={**node, "dateModified": "2026-11-03T11:00Z"})
    assert extract_or_fail(later).modified_at == datetime(2026, 11, 3, 11, tzinfo=UTC)
    earlier = make_html(node={**node, "dateModified": "2026-10-03T11:00Z"})
    assert extract_or_fail(earlier).modified_at is None


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 - strategy bounds are naive
def test_every_iso_time_reads_back(at: datetime):
    """Whatever isoformat writes, parse_moment reads."""
    aware = at.replace(tzinfo=UTC)
    assert parse_moment(aware.isoformat()) == (aware, True)
    assert parse_moment(at.isoformat(" ")) == (aware, False)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Tue, 03 Nov 2026 10:00:00 +0200", (datetime(2026, 11, 3, 8, tzinfo=UTC), True)),
        ("1793692800", (datetime(2026, 11, 3, 8, tzinfo=UTC), True)),
        ("1793692800000", (datetime(2026, 11, 3, 8, tzinfo=UTC), True)),
        ("2026-11-03T10:00:00.1234567+0200", (datetime(2026, 11, 3, 8, 0, 0, 123456, UTC), True)),
        ("2026-13-45", None),
        ("", None),
    ],
)
def test_dates_are_read_as_publishers_write_them(raw: str, expected: tuple[datetime, bool] | None):
    """ISO, mail and Unix spellings."""
    assert parse_moment(raw) == expected


@pytest.mark.parametrize(
    ("raw", "code"),
    [("de-AT", "de"), ("en_GB", "en"), ("deu", "de"), ("jp", "ja"), ("xx-invalid!", "xx"),
     ("", None), ("english", None), (None, None)],
)  # fmt: skip
def test_language_tags_become_iso_639_1(raw: str | None, code: str | None):
    """Locales, three-letter codes and common mistakes."""
    assert parse_language(raw) == code


def test_the_text_overrides_an_obvious_lie():
    """Half the templates say English; what is in no known language has none."""
    german = tuple(
        f"Die alte Brücke über den Fluss ist nach elf Monaten wieder offen, und der Rat der Stadt "
        f"sagt, dass die ersten Busse auf ihr nicht vor dem Morgen fahren werden {n}."
        for n in "abc"
    )
    article = extract_or_fail(make_html(paragraphs=german, language="en-US"))
    assert article.language == "de"
    chosen = [c for c in article.claims if c.field == "language" and c.is_chosen]
    assert [claim.source for claim in chosen] == ["text"]
    zulu = ("Umkhandlu wedolobha uthe ibhuloho elidala selivuliwe futhi " * 12 + ".",)
    assert extract_or_fail(make_html(paragraphs=zulu)).language is None


def test_a_declared_language_is_believed_against_its_sister():
    """Spanish full of "de", "la" and "un" is not Romanian, whatever the count says."""
    text = (
        "La cosecha de trigo de la provincia de Córdoba cayó un tercio de la media de la década, "
        "dijo la Bolsa de Cereales de la ciudad de Rosario. La sequía de la primavera y la helada "
        "de octubre dejaron un saldo de pérdidas. "
    )
    article = extract_or_fail(make_html(paragraphs=[text * 2, text], language="es-AR"))
    assert article.language == "es"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("これは新しい橋です", "ja"),
        ("새 다리가 열렸다", "ko"),
        ("Новый мост открыт", "ru"),
        ("γέφυρα", "el"),
    ],
)
def test_scripts_tell_their_languages(text: str, language: str):
    """The likeliest language of a script comes first."""
    assert detect_language(text)[0] == language


def test_section_keywords_and_image_are_read():
    """Keywords are split and unique, the image's URL is absolute."""
    node = {"@type": "NewsArticle", "articleSection": ["Town"], "keywords": "bridge, River,bridge"}
    head = '<meta property="og:image" content="/img/bridge.jpg">'
    article = extract_or_fail(make_html(head=head, node=node))
    assert article.section == "Town"
    assert article.keywords == ("bridge", "River")
    assert article.image_url == "https://www.gazette.example/img/bridge.jpg"


def test_broken_json_ld_hides_nothing():
    """One block is cut short, the next one is read; raw line ends inside strings are."""
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline":</script>'
        '<script type="application/ld+json">/' + "/<![CDATA[\n"
        '{"@type": "NewsArticle", "headline": "Kept", "author": "Ann\nLee"}\n//]]></script>'
        '<script type="application/ld+json">' + "[" * 50_000 + "</script>"
    )
    article = extract_or_fail(make_html(head=head, title=""))
    assert (article.title, article.authors) == ("Kept", ("Ann Lee",))


def test_every_field_has_at_most_one_chosen_claim():
    """Provenance says which candidate won."""
    node = {
        "@type": "NewsArticle",
        "headline": TITLE,
        "datePublished": "2026-11-03",
        "author": "Ann Lee",
        "inLanguage": "en",
        "dateModified": "2026-11-03T09:00Z",
    }
    head = META + f'<title>{TITLE}</title><link rel="canonical" href="{URL}">'
    claims = extract_or_fail(make_html(head=head, node=node), hints=make_hints(title=TITLE)).claims
    chosen = [claim.field for claim in claims if claim.is_chosen]
    assert sorted(chosen) == sorted(set(chosen)) == sorted({claim.field for claim in claims})
    assert PROSE  # the page had text to be an article
