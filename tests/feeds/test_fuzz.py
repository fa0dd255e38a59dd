"""Whatever comes in: a feed or a ParseError, soon, and not much larger than what came."""

from __future__ import annotations

import gzip
import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.feeds.reading.discover import find_feed_links
from tests.patience import ends

from .documents import FEED_URL, rss
from .mutations import SEEDS, check, damage_part, mutate

ITEM = "<item><title>t</title><link>https://n.test/</link>%s</item>"


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
def test_random_bytes_raise_nothing_but_parse_errors(content: bytes):
    """Any bytes: a feed or a ParseError."""
    check(content)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(SEEDS), st.randoms(use_true_random=False))
def test_damaged_feeds_raise_nothing_but_parse_errors(content: bytes, random: Random):
    """Cut, flipped, nested, swollen, recoded, bombed: entries keep their shape and size."""
    with ends():
        check(mutate(content, random))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SEEDS), st.randoms(use_true_random=False))
def test_damaged_pages_name_feeds_or_none(content: bytes, random: Random):
    """Discovery never raises."""
    page = content.replace(b"<item>", b'<a href="/rss">').replace(
        b"<entry>", b"<base href='http://['>"
    )
    with ends():
        found = find_feed_links(mutate(page, random), url=FEED_URL, link_header=str(page[:500]))
    assert all(link.url.startswith(("http://", "https://")) for link in found)


WHOLE = rss(
    "".join(
        f"<item><title>{at}</title><link>https://n.test/{at}</link>"
        f"<description>a &gt; {at}</description></item>"
        for at in range(6)
    )
)


@pytest.mark.parametrize("end", range(0, len(WHOLE), 7))
def test_a_feed_cut_off_anywhere_keeps_its_whole_items(end: int):
    """A connection that breaks costs the item it breaks in, and no other."""
    content = WHOLE[:end]
    whole = content.count(b"</item>")
    feed = check(content)
    assert (len(feed.entries) if feed else 0) >= whole


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 5), st.randoms(use_true_random=False))
def test_a_fault_costs_the_item_it_is_in_and_no_other(damaged: int, random: Random):
    """Whatever stands or is missing inside one item, the five others are read."""
    starts = [match.start() for match in re.finditer(b"<item>", WHOLE)]
    start, end = starts[damaged] + len("<item>"), WHOLE.index(b"</item>", starts[damaged])
    feed = check(damage_part(WHOLE, start, end, random))
    assert feed is not None
    assert {str(at) for at in range(6)} - {entry.title for entry in feed.entries} <= {str(damaged)}


NAMESPACES = " ".join(f'xmlns:n{at}="urn:{at}"' for at in range(2_000))
HOSTILE = {
    "brackets": rss("<item><title>" + "<" * 1_000_000),
    "depth": rss("<x>" * 200_000),
    "ampersands": b"<rss><channel><item><title>" + b"&" * 300_000,
    "attributes": b"<rss " + b"a='1' " * 100_000 + b"/>",
    "lists": b"[" * 1_000_000,
    "numbers": b'{"items":[{"id":' + b"9" * 1_000_000 + b"}]}",
    "doctypes": b"<!DOCTYPE rss [" * 50_000,
    "cdata": rss("<![CDATA[" * 100_000),
    "comments": rss("<!--" * 100_000),
    "date": rss(ITEM % ("<pubDate>" + "1" * 1_000_000 + "</pubDate>")),
    "dates": rss(ITEM % ("<pubDate>Tue, 17 Feb</pubDate>" * 50_000)),
    "items": rss("<item/>" * 60_000),
    "authors": rss(ITEM % ("<author>" + "(" * 500_000 + "</author>")),
    "mailboxes": rss(ITEM % ("<author>" + "a@" * 200_000 + "</author>")),
    "hours": rss(channel="<skipHours>" + "<hour>1</hour>" * 20_000 + "</skipHours>"),
    "links": rss(ITEM % ("<atom:link rel='self' href='/a'/>" * 50_000)),
    "base": rss("<a xml:base='a/'>" * 200 + (ITEM % "").replace("https://n.test/", "x") * 1_000),
    "long base": rss(f"<a xml:base='{'b/' * 50_000}'>" + ITEM.replace("https://n.test/", "x") % ""),
    "namespaces": rss(ITEM % ("<description>" + "<b>x</b>" * 2_000 + "</description>")).replace(
        b"<rss ", f"<rss {NAMESPACES} ".encode()
    ),
    "long namespace": b"<rss xmlns='" + b"u" * 1_000_000 + b"'>" + b"<item/>" * 100_000 + b"</rss>",
    "long names": b"<rss>" + (b"<a" + b"b" * 40_000 + b"/>") * 50,
    "long complaint": b"<rss " + b"x" * 40_000 + b">",
    "items in texts": rss("<item><description>" * 120 + "<b>x</b>" * 20_000 + "</item>" * 120),
    "gzip": gzip.compress(bytes(100_000_000)),
    "gzip in gzip": gzip.compress(gzip.compress(bytes(1_000_000))),
    "sitemaps": b"<sitemapindex>" + b"<sitemap><loc>/a</loc></sitemap>" * 10_000,
    "words": rss("<item><title>" + "</t" * 300_000),
    "charset": b"<?xml version='1.0' encoding='" + b"x" * 500_000 + b"'?><rss/>",
}  # fmt: skip


@pytest.mark.parametrize("document", HOSTILE.values(), ids=HOSTILE)
def test_hostile_documents_take_no_time(document: bytes):
    """Whatever comes of them comes soon: a feed not much larger, or a sentence."""
    with ends(20):
        check(document)
