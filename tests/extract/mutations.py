"""Pages damaged at random, as broken software and bad will damage them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from .pages import PROSE, make_html

_TAG = re.compile(rb"<[^<>]{0,300}>")
_PIECES = (
    b"<div>", b"</div>", b"<p>", b"<table>", b"<td>", b"<!--", b"-->", b"<script>", b"<style>",
    b"<br>" * 50, b"<a href=x>", b"</a>", b"<h1>", b"&#0;", b"&amp;" * 20, b"\0", b"\xff\xfe",
    b"\xed\xa0\x80", b"<![CDATA[", b"<svg>", b"<template>", b"<button>", b"<nav>", b"<form>",
    b'<script type="application/ld+json">{"@type":"NewsArticle","datePublished":', b"<plaintext>",
    b'<meta charset="utf-16">', b"<time datetime=9999-99-99>", b'<p class="byline">By ' * 30,
)  # fmt: skip
_LARGEST = 3_000_000

SEEDS = (
    make_html(node={"@type": "NewsArticle", "articleBody": PROSE[0], "author": [{"name": "A B"}]}),
    make_html(head='<meta name="author" content="Ada Quill"><meta charset="utf-8">', language="de"),
    make_html(extra="<table><tr><td>1<td>2</table><ul><li>a<li>b</ul><blockquote>q</blockquote>"),
)
"""Pages of our own to begin with."""


def _cut(page: bytes, chance: random.Random) -> bytes:
    return page[: chance.randrange(len(page) + 1)]


def _flip(page: bytes, chance: random.Random) -> bytes:
    changed = bytearray(page)
    for _ in range(chance.randrange(1, 40)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _insert(page: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randrange(1, 12)):
        place = chance.randrange(len(page) + 1)
        times = chance.choice((1, 1, 1, 5, 400))
        page = page[:place] + chance.choice(_PIECES) * times + page[place:]
    return page


def _drop_tags(page: bytes, chance: random.Random) -> bytes:
    share = chance.random()
    return _TAG.sub(lambda tag: b"" if chance.random() < share else tag.group(), page)


def _swell(page: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(page))
    piece = page[start : start + chance.randrange(1, 4_000)]
    return page[:start] + piece * chance.choice((2, 10, 300)) + page[start:]


def _shuffle(page: bytes, chance: random.Random) -> bytes:
    size = chance.randrange(20, 2_000)
    pieces = [page[n : n + size] for n in range(0, len(page), size)]
    chance.shuffle(pieces)
    return b"".join(pieces)


def _recode(page: bytes, chance: random.Random) -> bytes:
    return page.decode("utf-8", "replace").encode(chance.choice(("utf-16", "utf-32", "cp037")))


_DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut, _flip, _insert, _insert, _drop_tags, _swell, _shuffle, _recode,
)  # fmt: skip


def mutate(page: bytes, chance: random.Random) -> bytes:
    """Return `page` after one to four damages, at most 3 MB of it."""
    for _ in range(chance.randrange(1, 5)):
        if page:
            page = chance.choice(_DAMAGES)(page, chance)[:_LARGEST]
    return page
