"""Ways to damage a feed as transport, publishers and attackers do; chance decides how."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from random import Random

from etl.errors import ParseError
from etl.feeds.reading.parse import parse_feed
from etl.records import Feed

from .documents import ATOM, BOMB, FEED_URL, JSON_FEED, RDF, SITEMAP, SITEMAP_INDEX, rss

SEEDS = (
    rss(),
    *(document.encode() for document in (ATOM, RDF, JSON_FEED, SITEMAP, SITEMAP_INDEX, BOMB)),
)
"""A document of each kind, and a bomb."""

MAX_GROWTH = 8
"""So many times as much as came in may come out, beside a kilobyte an entry."""

_TAG = re.compile(rb"<[^<>]{1,200}>")
_JUNK = (
    b"<item>",
    b"</item>",
    b"</",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"<!DOCTYPE rss [",
    b'<!ENTITY x "y">',
    b"&x;",
    b"&#x0;",
    b"&#55296;",
    b"&nbsp;",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x00",
    b"\x1b$B",
    b'<?xml version="1.0" encoding="shift_jis"?>',
    b"<link>javascript:alert(1)</link>",
    b"<link>file:///etc/passwd</link>",
    b"<link>http://[</link>",
    b"<link>" + b"a/" * 50_000 + b"</link>",
    b"<guid>http://\xc3\xa9.test:99999/</guid>",
    b"<pubDate>Mon, 99 Foo 99999 25:61:61 +9999</pubDate>",
    b"<skipHours><hour>99</hour><hour>x</hour></skipHours>",
    b"xml:base='http://['",
    b" xmlns='urn:x'",
    b'"\\ud800"',
    b"[[[[",
    b"1e999999",
)
_CHARSETS = (
    "utf-16-le",
    "utf-16-be",
    "utf-16",
    "utf-32",
    "latin-1",
    "shift_jis",
    "koi8-r",
    "utf-7",
)


def _span(content: bytes, random: Random, longest: int = 80) -> tuple[int, int]:
    start = random.randint(0, len(content))
    return start, min(len(content), start + random.randint(0, longest))


def _truncate(content: bytes, random: Random) -> bytes:
    return content[: random.randint(0, len(content))]


def _flip_bits(content: bytes, random: Random) -> bytes:
    flipped = bytearray(content)
    for _ in range(random.randint(1, 8)):
        if flipped:
            flipped[random.randrange(len(flipped))] ^= 1 << random.randrange(8)
    return bytes(flipped)


def _swap_tags(content: bytes, random: Random) -> bytes:
    tags = [match.span() for match in _TAG.finditer(content)]
    if len(tags) < 2:
        return content
    (a, b), (c, d) = sorted(random.sample(tags, 2))
    return content[:a] + content[c:d] + content[b:c] + content[a:b] + content[d:]


def _cut(content: bytes, random: Random) -> bytes:
    start, end = _span(content, random)
    return content[:start] + content[end:]


def _repeat(content: bytes, random: Random) -> bytes:
    start, end = _span(content, random)
    times = random.choice((2, 10, 300))
    return content[:start] + content[start:end] * times + content[end:]


def _insert(content: bytes, random: Random) -> bytes:
    at = random.randint(0, len(content))
    return content[:at] + random.choice(_JUNK) + content[at:]


def _nest(content: bytes, random: Random) -> bytes:
    tag = random.choice((b"item", b"entry", b"description", b"div", b"channel", b"x:y"))
    depth = random.choice((3, 300, 10_000))
    start, end = _span(content, random, len(content))
    opened, closed = b"<%b>" % tag * depth, b"</%b>" % tag * depth
    return content[:start] + opened + content[start:end] + closed + content[end:]


def _swell(content: bytes, random: Random) -> bytes:
    """Give some tag a huge attribute, or a great many."""
    tags = list(_TAG.finditer(content))
    if not tags:
        return content
    end = random.choice(tags).end() - 1
    attributes = random.choice(
        (
            b' a="' + b"x" * 200_000 + b'"',
            b"".join(b' a%d="1"' % number for number in range(2_000)),
            b"".join(b' xmlns:n%d="urn:%d"' % (number, number) for number in range(1_000)),
            b' xmlns="' + b"u" * 100_000 + b'"',
        )
    )
    return content[:end] + attributes + content[end:]


def _recode(content: bytes, random: Random) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(random.choice(_CHARSETS), "replace")


def _wrap(content: bytes, random: Random) -> bytes:
    """Hide a part in CDATA or a comment, perhaps without an end."""
    start, end = _span(content, random, len(content))
    before, after = random.choice(
        ((b"<![CDATA[", b"]]>"), (b"<![CDATA[", b""), (b"<!--", b"-->"), (b"<!--", b""))
    )
    return content[:start] + before + content[start:end] + after + content[end:]


def _bomb(content: bytes, random: Random) -> bytes:
    """Declare entities that grow, and use them."""
    declared = b"".join(
        b'<!ENTITY e%d "%b">' % (level, b"&e%d;" % (level - 1) * 20) for level in range(1, 9)
    )
    bomb = b'<!DOCTYPE x [<!ENTITY e0 "boom">%b]>' % declared
    start = content.find(b"?>") + 2 if content.startswith(b"<?xml") else 0
    at = random.randint(start, len(content))
    return content[:start] + bomb + content[start:at] + b"&e8;" + content[at:]


def _compress(content: bytes, random: Random) -> bytes:
    packed = gzip.compress(content, mtime=0)
    return packed[: random.choice((len(packed), len(packed) // 2, 11))]


_MUTATIONS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _truncate,
    _flip_bits,
    _swap_tags,
    _cut,
    _repeat,
    _insert,
    _insert,
    _nest,
    _swell,
    _recode,
    _wrap,
    _bomb,
    _compress,
)


def mutate(content: bytes, random: Random) -> bytes:
    """Return `content` damaged in one to four ways."""
    for _ in range(random.randint(1, 4)):
        content = random.choice(_MUTATIONS)(content, random)
    return content


def damage_part(content: bytes, start: int, end: int, random: Random) -> bytes:
    """Return `content` with a few bytes between `start` and `end` flipped, cut or added to."""
    damage = random.choice((_flip_bits, _cut, _insert, _swap_tags))
    return content[:start] + damage(content[start:end], random) + content[end:]


def check(content: bytes) -> Feed | None:
    """Parse `content`; return the feed, None where it is refused.

    Raises:
        AssertionError: what comes back is no feed an honest publisher could have sent.
    """
    refusal = None
    try:
        feed = parse_feed(content, url=FEED_URL)
    except ParseError as error:
        refusal = error.detail
    if refusal is not None:
        assert 0 < len(refusal) < 500
        return None
    assert len({entry.entry_id for entry in feed.entries}) == len(feed.entries)
    grown = 0
    for entry in feed.entries:
        assert entry.url is None or entry.url.lower().startswith(("http://", "https://"))
        assert len(entry.url or "") < 4 * 8_192  # a home, bases and a link, each of bounded length
        assert entry.feed_url == FEED_URL
        said = (entry.title, entry.guid, entry.published_raw, entry.summary, entry.content_html)
        grown += sum(len(words or "") for words in said)
    assert grown <= MAX_GROWTH * _unpacked_size(content) + 1_000 * len(feed.entries)
    "".join(str(entry) for entry in feed.entries).encode("utf-8")  # no half characters
    return feed


def _unpacked_size(content: bytes) -> int:
    # gzip of these small documents grows less than a thousandfold
    return len(content) * (1_000 if content.startswith(b"\x1f\x8b") else 1)
