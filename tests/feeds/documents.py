"""Small feeds of every kind, written for the tests."""

from __future__ import annotations

from datetime import UTC, datetime

from etl.feeds.reading.parse import parse_feed
from etl.records import Entry, Feed

FEED_URL = "https://news.test/feed.xml"

MOMENT = datetime(2026, 2, 17, 14, 12, 6, tzinfo=UTC)
"""When the entry of each of them was published."""

RSS_ITEM = """
<item>
  <title>Ministers agree on a harbour tax</title>
  <link>https://news.test/2026/harbour?utm_source=rss</link>
  <guid isPermaLink="false">n-1</guid>
  <pubDate>Tue, 17 Feb 2026 14:12:06 GMT</pubDate>
  <dc:creator>Ada Quill</dc:creator>
  <author>desk@news.test (Ben Ink)</author>
  <description>&lt;p&gt;They met for two days.&lt;/p&gt;</description>
  <content:encoded><![CDATA[<p>They met for <b>two</b> days.</p>]]></content:encoded>
</item>"""

NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:pheedo="http://www.pheedo.com/namespace/pheedo" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.test/blog/">
  <title type="html">The &amp;lt;Daily&amp;gt; Example</title>
  <link rel="self" href="https://news.test/feed.xml"/>
  <link href="https://news.test/"/>
  <entry>
    <id>tag:news.test,2026:1</id>
    <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Rain <b>again</b></div></title>
    <link rel="self" href="https://news.test/api/1"/>
    <link rel="alternate" href="../rain"/>
    <published>2026-02-17T15:12:06+01:00</published>
    <updated>2026-02-18T08:00:00Z</updated>
    <author><name>Ada Quill</name><email>ada@news.test</email></author>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Wet.</p></div></content>
  </entry>
</feed>"""

RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="https://news.test/"><title>Example</title><link>https://news.test/</link></channel>
  <item rdf:about="https://news.test/a">
    <title>A</title><link>https://news.test/a</link><dc:date>2026-02-17T14:12:06Z</dc:date>
  </item>
</rdf:RDF>"""

JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Example",
"home_page_url": "https://news.test/", "items": [
 {"id": 7, "url": "/a", "title": "A &amp; B", "date_published": "2026-02-17T14:12:06Z",
  "authors": [{"name": "Ada Quill"}], "content_text": "1 < 2"},
 "no item"]}"""

SITEMAP = """<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
  <url><loc>https://news.test/a</loc><news:news>
    <news:publication><news:name>Example</news:name><news:language>en</news:language></news:publication>
    <news:publication_date>2026-02-17T14:12:06Z</news:publication_date>
    <news:title>Rain again</news:title></news:news></url>
  <url><loc>https://news.test/contact</loc></url>
</urlset>"""

SITEMAP_INDEX = """<?xml version="1.0"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
  <sitemap><loc>https://news.test/pages-1.xml</loc><lastmod>2026-02-17</lastmod></sitemap>
  <sitemap><loc>https://news.test/news.xml.gz</loc><lastmod>2026-02-17</lastmod></sitemap>
</sitemapindex>"""

BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">
{}]><rss version="2.0"><channel><title>&j;</title>
<item><title>&j;</title><link>https://news.test/a</link><source url="&j;"/></item></channel></rss>
""".format(
    "\n".join(
        f'<!ENTITY {b} "{f"&{a};" * 30}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
)


def rss(items: str = RSS_ITEM, *, channel: str = "<title>Example</title>") -> bytes:
    """Return an RSS 2.0 document of these items."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return (
        f'{head}<rss version="2.0" {NAMESPACES}><channel>{channel}{items}</channel></rss>'.encode()
    )


def parse(content: bytes | str, *, content_type: str | None = None) -> Feed:
    """Parse `content` as the answer of the test feed."""
    body = content.encode() if isinstance(content, str) else content
    return parse_feed(body, url=FEED_URL, content_type=content_type)


def entry_of(item: str) -> Entry:
    """Return the one entry of an RSS feed with this item."""
    (entry,) = parse(rss(f"<item>{item}</item>")).entries
    return entry


def item(guid: str = "", link: str = "", title: str = "t", published: str = "") -> str:
    """Return an RSS item of these parts."""
    guid = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    rest = f"<link>{link}</link><title>{title}</title><pubDate>{published}</pubDate>"
    return f"<item>{guid}{rest}</item>"
