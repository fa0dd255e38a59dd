"""Pages hold their article, escaped, in HTML that says what real pages say."""

import json

import pytest
from babel.dates import format_date
from lxml import html

from etl.demo import Site
from etl.demo.layouts import render_article, render_home
from etl.demo.phrases import PHRASES

FOUR = pytest.mark.parametrize("index", range(4), ids=["classic", "jsonld", "card", "blog"])


def page_of(site: Site, slug: str, day: int = 1):
    """Return the parsed page of the article `slug` on `day`."""
    standing = site.on(day)
    article = next(each for each in standing.articles if each.slug == slug)
    return html.document_fromstring(render_article(standing, article))


def json_ld(page: html.HtmlElement):
    """Return the page's JSON-LD."""
    return json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])


def shown(page: html.HtmlElement) -> list[str]:
    """Return the text of every paragraph of the page, in order."""
    return [each.text_content() for each in page.xpath("//p")]


@FOUR
def test_page_has_title_language_canonical_link_and_text(sites: tuple[Site, ...], index: int):
    """Whatever the layout, and whatever characters the title has."""
    site = sites[index].on(2)
    for article in site.articles:
        source = render_article(site, article)
        page = html.document_fromstring(source)
        assert source.startswith("<!DOCTYPE html>\n<html lang=")
        assert page.get("lang") == site.language
        assert page.xpath("//link[@rel='canonical']/@href") == [site.url(article.path)]
        assert page.xpath("//link[@rel='alternate']/@href") == [site.feed_path]
        assert [each.text_content() for each in page.xpath("//h1")] == [article.title]
        paragraphs = shown(page)
        assert [each for each in paragraphs if each in article.printed] == list(article.printed)
        assert all(name in page.text_content() for name in article.authors)
        assert format_date(article.published, "long", locale=site.language) in page.text_content()


@FOUR
def test_links_of_a_page_stay_on_the_web(sites: tuple[Site, ...], index: int):
    """A related link leads to an article that is there."""
    site = sites[index].on(2)
    paths = {each.path for each in site.articles}
    for article in site.articles:
        page = html.document_fromstring(render_article(site, article))
        links = [each.partition("#")[0] for each in page.xpath("//a/@href")]
        assert set(links) - {"/", site.feed_path, f"mailto:?body={site.url(article.path)}"} <= paths


def test_repeating_page_holds_its_last_paragraphs_twice(sites: tuple[Site, ...]):
    """As pages do that a template prints twice."""
    paragraphs = shown(page_of(sites[0], "bells"))
    assert paragraphs.count("First we heard one bell.") == 1
    assert paragraphs.count("Then the third joined in.") == 2
    assert paragraphs.count("Then the whole town listened.") == 2


def test_paywalled_page_says_so_and_stops(sites: tuple[Site, ...]):
    """To readers with a prompt, to machines in JSON-LD."""
    page = page_of(sites[1], "seilbahn")
    assert "Das liest nur, wer bezahlt." not in page.text_content()
    assert PHRASES["de"].paywall in page.text_content()
    assert json_ld(page)["isAccessibleForFree"] is False


def test_json_ld_says_all_of_the_article(sites: tuple[Site, ...]):
    """Its date has a zone; a headline cannot end the script; dateModified waits for day 2."""
    first, second = (json_ld(page_of(sites[1], "seilbahn", day)) for day in (1, 2))
    assert first["@type"] == "NewsArticle"
    assert first["headline"] == "Die Seilbahn fährt </script> wieder"
    assert first["datePublished"] == "2026-11-19T18:30:00+01:00"
    assert first["author"] == [{"@type": "Person", "name": "Lena Grat"}]
    assert first["articleSection"] == "Region"
    assert first["keywords"] == ["Seilbahn", "Winter"]
    assert first["inLanguage"] == "de"
    assert "dateModified" not in first
    assert second["dateModified"] == "2026-11-21T09:30:00+01:00"


def test_card_page_has_social_tags_and_interruptions(sites: tuple[Site, ...]):
    """A pull quote, a caption and a link stand between the paragraphs."""
    page = page_of(sites[2], "ponte", 2)
    properties = {each.get("property"): each.get("content") for each in page.xpath("//meta")}
    assert properties["og:title"] == "A ponte nova abre"
    assert properties["article:published_time"] == "2026-11-18T10:00:00-03:00"
    assert properties["article:modified_time"] == "2026-11-21T09:30:00-03:00"
    assert page.xpath("//aside")[0].text_content().strip() == "“Dois vieram”"
    assert page.xpath("//figcaption")
    assert "Leia também: O rio baixou" in [each.strip() for each in shown(page)]


def test_classic_page_is_surrounded_by_what_is_not_the_article(sites: tuple[Site, ...]):
    """Navigation, related links, readers' remarks and a newsletter box."""
    text = page_of(sites[0], "ferry-returns").xpath("//body")[0].text_content()
    words = PHRASES["en"]
    for boilerplate in (words.home, words.related, *words.remarks, words.pitch, words.rights):
        assert boilerplate in text


def test_blog_page_is_an_hentry(sites: tuple[Site, ...]):
    """Title, time, author and text carry their microformat classes."""
    page = page_of(sites[3], "ferry-again")
    post = page.xpath("//*[contains(@class, 'hentry')]")[0]
    assert post.xpath(".//*[@class='entry-title']/text()") == ["Ferry service resumes"]
    assert post.xpath(".//*[@class='fn']/text()") == ["Wire Staff"]
    assert post.xpath(".//time[@class='published']/@datetime") == ["2026-11-20T10:00:00+00:00"]
    assert post.xpath(".//*[@class='entry-content']/p[1]/text()")[0].startswith("(Northern Wire)")


@FOUR
def test_home_page_links_to_every_article_of_the_day(sites: tuple[Site, ...], index: int):
    """Under the headings of their sections."""
    site = sites[index].on(1)
    page = html.document_fromstring(render_home(site))
    links = page.xpath("//div[@class='teaser']//a/@href")
    assert sorted(links) == sorted(each.path for each in site.articles)
    assert set(page.xpath("//h2/text()")) == {each.section for each in site.articles}
