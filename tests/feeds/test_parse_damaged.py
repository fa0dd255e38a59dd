"""Feeds in every state: wrong charsets, loose ends, bombs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.patience import ends

from .documents import (
    BOMB,
    MOMENT,
    RDF,
    RSS_ITEM,
    entry_of,
    item,
    parse,
    rss,
)


@pytest.mark.parametrize(
    ("document", "content_type"),
    [
        (rss(item(title="Straße")).replace(b"UTF-8", b"ISO-8859-1"), None),
        (rss(item(title="Straße")).decode().replace("UTF-8", "ISO-8859-1").encode("latin-1"), None),
        (
            rss(item(title="Straße")).decode().replace("UTF-8", "zip").encode("latin-1"),
            "text/xml; charset=latin1",
        ),
        (b"\xef\xbb\xbf" + rss(item(title="Straße")), None),
        (rss(item(title="Straße")).decode().encode("utf-16"), None),
        (rss(item(title="Straße")).decode().encode("utf-16-be"), None),
        (rss(item(title="Stra\x00\x1f&#223;e")), None),
        (
            rss(item(title="Straße")).decode().replace("UTF-8", "utf-16").encode("utf-16-be")
            + b"\0\n",
            None,
        ),
        (rss(item(title="Straße")).replace(b"Example", b"Ex\xe4mple"), None),
        (rss(item(title="Straße") + "<!-- \u20ac -->").rsplit(b"\xac", 1)[0], None),
    ],
)
def test_the_charset_is_found_whatever_is_claimed(document: bytes, content_type: str | None):
    """Wrong declarations, marks, headers and forbidden characters."""
    assert parse(document, content_type=content_type).entries[0].title == "Straße"


@pytest.mark.parametrize(
    "document",
    [
        b"<b>Warning</b>: mysql_connect()\n" + rss(),
        b"\n\n" + rss(),
        rss().replace(b"</channel></rss>", b""),
        rss() + b"<script>counter()</script>",
        rss().replace(b"<title>Ministers", b"<title>AT&T & Ministers"),
        rss().replace(b'xmlns:dc="http://purl.org/dc/elements/1.1/" ', b""),
        rss().replace(b"</description>", b"</descripton>"),
        rss().replace(b"<rss ", b"<RSS ").replace(b"</rss>", b"</RSS>"),
        rss().replace(b"pubDate", b"pubdate"),
        ("<root>" + RSS_ITEM.replace("dc:", "").replace("content:", "") + "</root>").encode(),
    ],
)
def test_a_damaged_feed_gives_what_is_in_it(document: bytes):
    """Junk before and after, cut off, bare ampersands, missing namespaces, wrong tags and cases."""
    (entry,) = parse(document).entries
    assert entry.title is not None
    assert entry.title.endswith("Ministers agree on a harbour tax")
    assert entry.published_at == MOMENT


@pytest.mark.parametrize(
    ("label", "charset", "title"),
    [
        ("ISO-8859-1", "cp1252", "\u201eStraße\u201c \u2013 5 €"),
        ("Shift_JIS", "cp932", "日本～①髙"),
        ("gb2312", "gb18030", "你好，镕"),
        ("windows-1251", "cp1251", "Привет"),
        ("koi8-r", "koi8-r", "Привет"),
    ],
)
def test_a_label_means_what_browsers_take_it_for(label: str, charset: str, title: str):
    """Publishers write the superset and declare the old name."""
    document = rss(item(title=title)).decode().replace("UTF-8", label)
    assert parse(document.encode(charset)).entries[0].title == title


@pytest.mark.parametrize(
    "document",
    [
        '[{"id": 1, "url": "https://n.test/a", "title": "A\\ud83d\\u0000"}]',
        '{"items": [{"id": 1, "external_url": "https://n.test/a", "title": "A"}]}',
        '{"items": [{"id": "https://n.test/a", "title": "A"}], "n": ' + "9" * 5_000 + "}",
        '\ufeff{"items": [{"id": 1.5, "url": "/a", "title": "A"}], "home_page_url": "https://n.test"}',
    ],
)
def test_a_json_feed_may_be_loose(document: str):
    """A bare list, no version, no url but an id, endless numbers, half an emoji."""
    (entry,) = parse(document).entries
    assert (entry.url, entry.title) == ("https://n.test/a", "A")
    assert str(entry).encode()


@pytest.mark.parametrize(
    "document",
    [
        RDF.replace("http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/"),
        RDF.replace("http://purl.org/rss/1.0/", "http://channel.netscape.com/rdf/simple/0.9/"),
        RDF.replace("<link>https://news.test/a</link>", ""),
        RDF.replace('"http://purl.org/dc/elements/1.1/"', '"HTTPS://purl.org/dc/elements/1.1"'),
        rss("<item><title>A</title><link>/a</link><dc:date>2026-02-17T14:12:06Z</dc:date></item>")
        .decode()
        .replace('version="2.0"', 'version="0.91"')
        .replace("?>", '?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "rss-0.91.dtd">'),
        """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>A</title>
        <link rel="alternate" type="text/html" href="/a"/><issued>2026-02-17T14:12:06Z</issued>
        <modified>2026-02-18T00:00:00Z</modified></entry></feed>""",
        """<Channel xmlns="http://purl.org/net/rss1.1#"
        xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><items><item
        rdf:about="https://news.test/a"><title>A</title><date>2026-02-17T14:12:06Z</date></item>
        </items></Channel>""",
        "<!-- <rss> <html> -->" + RDF.partition("?>")[2],
    ],
    ids=["0.90", "0.9", "about", "spelling", "0.91", "atom 0.3", "1.1", "comment"],
)
def test_old_formats_are_read_too(document: str):
    """RSS 0.90 to 1.1 and Atom 0.3, in every namespace they had."""
    (entry,) = parse(document).entries
    assert (entry.title, entry.url) == ("A", "https://news.test/a")
    assert entry.published_at == MOMENT


def test_a_link_without_end_is_kept_only_so_far():
    """It is still seen to be too long to be asked, and nothing stores 100 kB of it."""
    entry = entry_of("<link>https://n.test/" + "a" * 100_000 + "</link>")
    assert entry.url is not None
    assert 8_192 < len(entry.url) < 8_300


def test_an_item_inside_the_text_of_another_is_cut_out_of_it():
    """One end tag is missing: the text ends where the next item begins."""
    first, second = parse(
        "<rss><item><title>a</title><description>one<item><title>b</title></item></description>"
        "</item></rss>"
    ).entries
    assert (first.title, first.summary, second.title) == ("a", "one", "b")


@pytest.mark.parametrize("reference", ["&#55296;", "&#xD800;", "&#x0D800;", "&#0;", "&#x110000;"])
def test_half_a_character_in_a_damaged_feed_breaks_nothing(reference: str):
    """Where items are read one by one, what stood in CDATA is markup."""
    text = f"<![CDATA[<item><title>b{reference}</title><link>/b</link></item>]]>"
    (first, second) = parse(
        f"<rss><channel><item><title>a</title><link>/a</link><description>{text}<x></item></channel>"
    ).entries
    assert (first.title, second.title) == ("a", "b")


def test_an_ampersand_in_a_link_survives():
    """Unescaped in XML, as CMSes write it, or escaped: the same address."""
    for link in (
        "https://n.test/?a=1&b=2",
        "https://n.test/?a=1&amp;b=2",
        "<![CDATA[https://n.test/?a=1&b=2]]>",
    ):
        assert entry_of(f"<link>{link}</link>").url == "https://n.test/?a=1&b=2"  # fmt: skip


def test_an_entity_bomb_is_read_unexpanded_and_at_once():
    """A billion laughs cost no time and no memory."""
    with ends():
        (entry,) = parse(BOMB).entries
    assert entry.url == "https://news.test/a"
    assert entry.title == "&j;"


def test_an_external_entity_is_not_opened(tmp_path: Path):
    """A feed cannot read our files."""
    secret = tmp_path / "secret"
    secret.write_text("swordfish", encoding="utf-8")
    document = (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
        + rss("<item><title>&x;</title><link>https://n.test/</link></item>").decode().split("?>")[1]
    )
    (entry,) = parse(document).entries
    assert "swordfish" not in str(entry)
