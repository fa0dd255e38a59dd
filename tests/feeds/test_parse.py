"""Feeds of every kind, in; entries out."""

from __future__ import annotations

import calendar
import gzip

import pytest

from etl.errors import ParseError
from etl.feeds.reading.parse import MAX_FEED_BYTES, parse_feed

from .documents import (
    ATOM,
    FEED_URL,
    JSON_FEED,
    MOMENT,
    RDF,
    SITEMAP,
    entry_of,
    parse,
    rss,
)


def test_an_rss_item_is_read_whole():
    """Every part of an ordinary item, raw beside read."""
    (entry,) = parse(rss()).entries
    assert entry.title == "Ministers agree on a harbour tax"
    assert entry.url == "https://news.test/2026/harbour?utm_source=rss"
    assert (entry.guid, entry.feed_url) == ("n-1", FEED_URL)
    assert entry.published_raw == "Tue, 17 Feb 2026 14:12:06 GMT"
    assert entry.published_at == MOMENT
    assert entry.updated_at is None
    assert entry.authors == ("Ada Quill", "Ben Ink")
    assert entry.summary == "<p>They met for two days.</p>"
    assert entry.content_html == "<p>They met for <b>two</b> days.</p>"


def test_an_atom_entry_is_read_whole():
    """Relative link under xml:base, xhtml title and content, both times."""
    feed = parse(ATOM)
    (entry,) = feed.entries
    assert (feed.format, feed.title, feed.home_url) == (
        "atom",
        "The <Daily> Example",
        "https://news.test/",
    )
    assert (entry.title, entry.url) == ("Rain again", "https://news.test/rain")
    assert entry.published_at == MOMENT
    assert entry.updated_raw == "2026-02-18T08:00:00Z"
    assert entry.authors == ("Ada Quill",)
    assert entry.content_html is not None
    assert "<p>Wet.</p>" in entry.content_html


@pytest.mark.parametrize(
    ("document", "kind"),
    [(RDF, "rdf"), (JSON_FEED, "json"), (SITEMAP, "sitemap"), (rss().decode(), "rss")],
)
def test_each_format_gives_its_dated_entry(document: str, kind: str):
    """One entry each, dated alike; pages without news in a sitemap are none."""
    feed = parse(document)
    assert feed.format == kind
    assert [entry.published_at for entry in feed.entries] == [MOMENT]
    assert all(entry.url and entry.title for entry in feed.entries)


def test_a_json_feed_may_have_numbers_for_ids_and_plain_text():
    """The id becomes text, the text becomes markup, the link absolute."""
    (entry,) = parse(JSON_FEED).entries
    assert (entry.guid, entry.url, entry.title) == ("7", "https://news.test/a", "A & B")
    assert entry.content_html == "1 &lt; 2"
    assert entry.authors == ("Ada Quill",)


@pytest.mark.parametrize(
    "document",
    [
        rss(""),
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>',
        '{"version": "https://jsonfeed.org/version/1", "items": []}',
        SITEMAP.split("<url>")[0] + "</urlset>",
    ],
)
def test_a_valid_feed_without_items_has_no_entries(document: bytes | str):
    """Silence is no error."""
    assert parse(document).entries == ()


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (b"", "empty answer"),
        (b" \n\xef\xbb\xbf", "empty answer"),
        ("<!DOCTYPE html><html><body>Hello", "link rel=alternate"),
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "HTML page"),
        ("<catalog><book/></catalog>", "<catalog>"),
        ("<opml><body/></opml>", "newshouse feeds import"),
        ("Not Found", "neither XML nor JSON"),
        ('{"posts": []}', "JSON Feed"),
        ("{", "cannot be read"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x1f\x8b\x08\x00" + b"\xff" * 20, "damaged gzip"),
        (gzip.compress(b"", mtime=0), "nothing in it"),
        (gzip.compress(bytes(MAX_FEED_BYTES + 1)), "once decompressed"),
        ("[1, 2]", "JSON Feed"),
        ("<urlset><url><loc>https://n.test/</loc></url></urlset>", "not of news"),
        ("<rss><channel><title>cut off", "damaged"),
    ],
)
def test_what_is_no_feed_is_named(document: bytes | str, words: str):
    """The error says what was found, and what to do where something can be done."""
    with pytest.raises(ParseError, match="not a feed") as caught:
        parse(document)
    assert words in caught.value.detail
    assert caught.value.url == FEED_URL


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>https://n.test/a</link>", "https://n.test/a"),
        ("<link>\n https://n.test/a\n </link>", "https://n.test/a"),
        ("<link>/a</link>", "https://news.test/a"),
        ("<link>//n.test/a</link>", "https://n.test/a"),
        ("<link href='https://n.test/a'/>", "https://n.test/a"),
        ("<atom:link rel='self' href='https://n.test/s'/>", None),
        ("<atom:link href='https://n.test/a'/>", "https://n.test/a"),
        (
            "<link>https://x.test</link><feedburner:origLink>https://n.test/a</feedburner:origLink>",
            "https://n.test/a",
        ),
        ("<guid>https://n.test/a</guid>", "https://n.test/a"),
        ("<guid isPermaLink='false'>https://n.test/a</guid>", None),
        ("<guid>n-1</guid>", None),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>mailto:a@n.test</link>", None),
        ("<link>http://[bad/</link>", "http://[bad/"),
        ("<link>data:text/html,x</link>", None),
        ("<link>file:///etc/passwd</link>", None),
        ("<link>www.n.test/a</link>", "https://www.n.test/a"),
        ("<link>http:/n.test/a</link>", "http://n.test/a"),
        ("<link>https:///n.test/a</link>", "https://n.test/a"),
        ("<link>http://https://n.test/a</link>", "https://n.test/a"),
        ("<link>\ufeffhttps://n.test/a\u200b</link>", "https://n.test/a"),
        ("<link>https://n.test/?a=1&amp;amp;b=2</link>", "https://n.test/?a=1&b=2"),
        ("<link>https://n.test/http://x.test/</link>", "https://n.test/http://x.test/"),
        ("<link/><atom:link rel='Alternate' href='https://n.test/a'/>", "https://n.test/a"),
        (
            "<atom:link rel='http://www.iana.org/assignments/relation/alternate' href='/a'/>",
            "https://news.test/a",
        ),
        (
            "<atom:link type='text/json' href='/b'/><atom:link type='text/html' href='/a'/>",
            "https://news.test/a",
        ),
        ("<guid isPermaLink='true'>/a</guid>", "https://news.test/a"),
        ("<guid isPermaLink='true'>tag:n.test,2026:1</guid>", None),
        (
            "<link>https://x.test/</link><pheedo:origLink>https://n.test/a</pheedo:origLink>",
            "https://n.test/a",
        ),
        ("<enclosure url='https://n.test/a.mp3' type='audio/mpeg'/>", None),
    ],
)
def test_the_link_is_the_publishers_page(item: str, url: str | None):
    """Absolute, http or https, the original before a counting detour, a permalink guid last."""
    assert entry_of(item).url == url


def test_relative_links_count_from_the_feeds_home():
    """A feed served elsewhere points home."""
    channel = "<link>https://paper.test/section/</link>"
    feed = parse(rss("<item><link>story</link></item>", channel=channel))
    assert feed.entries[0].url == "https://paper.test/section/story"


def test_after_a_redirect_links_count_from_there_and_ids_do_not():
    """`base_url` moves links, never the identity of an entry."""
    document = rss("<item><guid>1</guid><link>/story</link></item>")
    moved = parse_feed(document, url=FEED_URL, base_url="https://new.test/feed")
    assert moved.entries[0].url == "https://new.test/story"
    assert moved.entries[0].entry_id == parse(document).entries[0].entry_id


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("A &amp;amp; B", "A & B"),
        ("A &amp;amp;amp; B&amp;amp;#8217;s", "A & B’s"),
        ("A & B&nbsp;C", "A & B C"),
        ("<![CDATA[A &amp; <i>B</i>]]>", "A & B"),
        ("&lt;b&gt;A&lt;/b&gt;\n B", "A B"),
        ("A <b>B</b>", "A B"),
        ("1 &lt; 2", "1 < 2"),
        ("Caf&eacute; &unknown; x", "Café &unknown; x"),
        ("A&#xD800;&#0;&#31;&#x26; B&#9;C &#x41;", "A& B C A"),
        ("<!-- note -->", None),
        (" ", None),
    ],
)
def test_a_title_is_plain_text(written: str, title: str | None):
    """Tags, entities, declared or not, and runs of space are gone."""
    assert entry_of(f"<title>{written}</title><link>https://n.test/</link>").title == title


@pytest.mark.parametrize(
    ("written", "content"),
    [
        ("<content:encoded>&lt;p&gt;a&lt;/p&gt;</content:encoded>", "<p>a</p>"),
        ("<content:encoded><![CDATA[<p>a</p>]]></content:encoded>", "<p>a</p>"),
        ("<atom:content type='text'>1 &lt; 2</atom:content>", "1 &lt; 2"),
        ("<atom:content>&lt;p&gt;a&lt;/p&gt;</atom:content>", "<p>a</p>"),
        ("<atom:content type='html' src='https://n.test/a'/>", None),
        ("<atom:content type='text/html' mode='base64'>PHA+YTwvcD4=</atom:content>", None),
        ("<atom:content type='image/png'>iVBORw0KGgo</atom:content>", None),
        (
            "<atom:content><p xmlns='http://www.w3.org/1999/xhtml'>a<br/></p></atom:content>",
            "<p>a<br></p>",
        ),
        (
            "<y:full-text xmlns:y='http://news.yandex.ru'>a</y:full-text><content:encoded/>",
            "a",
        ),
    ],
)
def test_the_text_a_feed_carries_is_html(written: str, content: str | None):
    """Escaped, in CDATA, as XML or plain; what is elsewhere or no text is none."""
    assert entry_of(written).content_html == content


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("<author>a@n.test</author>", ()),
        ("<author>Ada Quill &lt;a@n.test&gt;</author>", ("Ada Quill",)),
        (
            "<dc:creator>Ada</dc:creator><dc:creator>Ben</dc:creator><author>Ada</author>",
            ("Ada", "Ben"),
        ),
        ("<atom:author><atom:name>Ada</atom:name></atom:author>", ("Ada",)),
    ],
)
def test_authors_are_names_not_mailboxes(written: str, names: tuple[str, ...]):
    """In every spelling, each once."""
    assert entry_of(written).authors == names


def test_an_unreadable_date_stays_verbatim():
    """What we received is kept even where nothing can be read into it."""
    entry = entry_of("<pubDate>some day</pubDate><link>https://n.test/</link>")
    assert (entry.published_raw, entry.published_at) == ("some day", None)


def test_of_several_dates_the_first_readable_one_counts():
    """Verbatim as well: a placeholder beside a real date is not what was received."""
    entry = entry_of(
        "<pubDate>Mon, 01 Jan 0001 00:00:00 +0000</pubDate><dc:date>2026-02-17T14:12:06Z</dc:date>"
    )
    assert (entry.published_raw, entry.published_at) == ("2026-02-17T14:12:06Z", MOMENT)


@pytest.mark.parametrize(
    ("channel", "ttl_s"),
    [
        ("<ttl>30</ttl>", 1800),
        ("<ttl>0</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<sy:updatePeriod> hourly </sy:updatePeriod>", 3600),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            21600,
        ),
        ("<ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 3600),
        ("<ttl>90</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 5400),
    ],
)
def test_the_interval_a_feed_asks_for_is_read(channel: str, ttl_s: int | None):
    """Its ttl, or its update period divided by its frequency; the longer, where it says both."""
    assert parse(rss(channel=channel)).ttl_s == ttl_s


ALL_HOURS = "".join(f"<hour>{hour}</hour>" for hour in range(24))
ALL_DAYS = "".join(f"<day>{day}</day>" for day in calendar.day_name)


@pytest.mark.parametrize(
    ("channel", "hours", "days"),
    [
        ("<skipHours><hour>0</hour><hour> 07 </hour></skipHours>", {0, 7}, set()),
        ("<skipDays><day>Sunday</day><day>monday</day></skipDays>", set(), {0, 6}),
        ("<skipHours><hour>24</hour></skipHours>", {0}, set()),
        ("<skiphours><hour>25</hour><hour>-1</hour><hour>noon</hour></skiphours>", set(), set()),
        ("<skipDays><day>Sonntag</day><day/></skipDays>", set(), set()),
        (f"<skipHours>{ALL_HOURS}</skipHours><skipDays>{ALL_DAYS}</skipDays>", set(), set()),
    ],
)
def test_the_hours_and_days_to_be_left_out_are_read(channel: str, hours: set[int], days: set[int]):
    """RSS 2.0's skipHours (24 is RSS 0.91's midnight) and skipDays; who skips all skips none."""
    feed = parse(rss(channel=channel))
    assert (feed.skip_hours, feed.skip_days) == (hours, days)
