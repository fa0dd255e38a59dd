"""Pages made to keep a parser busy for ever, to fill its memory, or to crash it.

Each is a function of a size: at 1.0 as large as `evals.extraction.hostile` sends them through
`newshouse extract`, small in the tests.
"""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Callable

from .pages import PROSE, TITLE, make_html

_PROSE = "".join(f"<p>{text}</p>" for text in PROSE)


def _around(middle: str | bytes, *, head: str = "") -> bytes:
    """Return `middle` after an article's own text."""
    content = middle.encode("utf-8", "surrogatepass") if isinstance(middle, str) else middle
    start = f"<html><head><title>{TITLE}</title>{head}</head><body><article><h1>{TITLE}</h1>"
    return start.encode() + _PROSE.encode() + content + b"</article></body></html>"


def _times(count: float, size: float) -> int:
    return max(1, int(count * size))


def fifty_megabytes(size: float) -> bytes:
    """A page of prose without end."""
    return _around(_PROSE * _times(50_000_000 / len(_PROSE), size))


def million_attributes(size: float) -> bytes:
    """One element that has them all."""
    return _around("<p " + " ".join(f"a{n}=1" for n in range(_times(1e6, size))) + ">x</p>")


def many_attributed(size: float) -> bytes:
    """The same attributes on elements of ten each."""
    tag = "<b " + " ".join(f"a{n}=1" for n in range(10)) + ">x</b>"
    return _around(tag * _times(1e5, size))


def million_breaks(size: float) -> bytes:
    """Nothing but line ends."""
    return _around("<br>" * _times(1e6, size))


def dated_spans(size: float) -> bytes:
    """Dates, for whoever looks for one."""
    return _around("<span>12 March 2024</span> " * _times(2e5, size))


def hundred_thousand_links(size: float) -> bytes:
    """A menu without end."""
    return _around("".join(f'<a href="/{n}">link {n}</a> ' for n in range(_times(1e5, size))))


def nested_elements(size: float) -> bytes:
    """Elements in elements, the text below them."""
    return _around("<div>" * _times(1e5, size) + _PROSE)


def nested_inline(size: float) -> bytes:
    """Fonts in fonts, unclosed, as old editors left them."""
    return _around("<font><b><i>x" * _times(3e4, size))


def long_attribute(size: float) -> bytes:
    """A picture in the mark-up."""
    return _around(f'<img alt="{"A" * _times(1e7, size)}">')


def long_class(size: float) -> bytes:
    """A list of names without end."""
    return _around(f'<div class="{"byline-author " * _times(5e5, size)}">x</div>')


def long_text(size: float) -> bytes:
    """A text node beyond what libxml2 takes by itself."""
    return _around("<p>" + "word " * _times(3e6, size))


def null_bytes(size: float) -> bytes:
    """Zeros between all letters of the text."""
    return _around(b"<p>" + b"a\0" * _times(1e6, size))


def utf16(size: float) -> bytes:
    """Two bytes a letter, with a mark before them."""
    return make_html(extra="<p>\u6771\u4eac</p>" * _times(2e4, size)).encode("utf-16")


def lone_surrogates(size: float) -> bytes:
    """Halves of letters, as broken software writes them."""
    return _around("<p>" + "\ud800 \udfff" * _times(2e5, size))


def gzip_bomb(size: float) -> bytes:
    """A small body that says it is packed; whoever unpacks it gets a gigabyte."""
    packer = zlib.compressobj(wbits=31)
    zeros = bytes(1_000_000)
    packed = b"".join(packer.compress(zeros) for _ in range(_times(1_000, size)))
    return packed + packer.flush()


def pdf(size: float) -> bytes:
    """Another format, sent as HTML."""
    return b"%PDF-1.7\n" + b"1 0 obj << /Length 99 >>\n" * _times(1e5, size)


def unclosed_comment(size: float) -> bytes:
    """All that follows is one comment."""
    return _around("<!-- " * _times(1e6, size))


def unclosed_tags(size: float) -> bytes:
    """Angles without end."""
    return _around("<" * _times(2e6, size))


def nested_json(size: float) -> bytes:
    """JSON-LD and page state, nested for ever."""
    nested = "[" * _times(5e5, size)
    kinds = ("application/ld+json", "application/json")
    return _around("".join(f'<script type="{kind}">{nested}</script>' for kind in kinds))


def wide_json(size: float) -> bytes:
    """JSON-LD of a hundred thousand articles."""
    nodes = [{"@type": "NewsArticle", "headline": f"Title {n}"} for n in range(_times(1e5, size))]
    return _around(f'<script type="application/ld+json">{json.dumps(nodes)}</script>')


def entities(size: float) -> bytes:
    """References to letters."""
    return _around("&amp;&#x41;&nosuch;" * _times(4e5, size))


def marks(size: float) -> bytes:
    """Combining marks on one letter."""
    return _around("<p>a" + "\u0301\u0323" * _times(5e5, size))


def bylines(size: float) -> bytes:
    """Authors in authors."""
    return _around('<div class="byline" rel="author">By ' * _times(230, size) + "x" * 1000)


def table_in_table(size: float) -> bytes:
    """Cells in cells, as wide as they are deep."""
    return _around("<table><tr><td>x<td>" * _times(1e4, size))


def noise(size: float) -> bytes:
    """Any bytes."""
    return b"<html><p>" + random.Random(5).randbytes(_times(3e6, size))


def torn_gzip(size: float) -> bytes:
    """A packed page that breaks off."""
    return gzip.compress(fifty_megabytes(size / 10))[:-400]


HOSTILE: tuple[Callable[[float], bytes], ...] = (
    fifty_megabytes, million_attributes, many_attributed, million_breaks, dated_spans,
    hundred_thousand_links, nested_elements, nested_inline, long_attribute, long_class, long_text,
    null_bytes, utf16, lone_surrogates, gzip_bomb, pdf, unclosed_comment, unclosed_tags,
    nested_json, wide_json, entities, marks, bylines, table_in_table, noise, torn_gzip,
)  # fmt: skip
"""Every one of them."""
