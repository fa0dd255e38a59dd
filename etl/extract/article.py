"""A page's article, or why it has none."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from lxml.html import HtmlElement

from etl.extract.authors import choose_authors
from etl.extract.body import extract_body
from etl.extract.canonical import choose_canonical
from etl.extract.carried import extract_carried
from etl.extract.decode import decode_page
from etl.extract.formats import find_other_format
from etl.extract.kinds import find_article_kind
from etl.extract.language import choose_language
from etl.extract.metadata import (
    read_declared,
    read_image_url,
    read_keywords,
    read_section,
)
from etl.extract.options import ExtractOptions
from etl.extract.published import choose_dates
from etl.extract.quality import find_refusal, is_paywalled, is_truncated
from etl.extract.signals import find_usage_signals
from etl.extract.titles import choose_title
from etl.extract.tree import check_limits, check_size, drop_textless, find_bloated_tag, parse_html
from etl.records import Article, Page, Rejected
from etl.urls import source_of


class _Opened(NamedTuple):
    """A page that is within the limits: its tree, and the charset it was read with."""

    tree: HtmlElement
    charset: str


def extract_article(page: Page, *, options: ExtractOptions) -> Article | Rejected:
    """Return the page's article, or why it has none; either way with its usage signals.

    Depends on `page` and `options` alone: the same bytes give the same article at any time.

    Args:
        page: `body` is undecoded bytes; `hints` are evidence for title, authors and date. A page
            of kind "entry" is what a feed carried: its article is made of that and the hints.
        options: limits; see `ExtractOptions`.

    Raises:
        ExtractError: the HTML could not be parsed at all.
    """
    if page.ref.kind == "entry":
        return extract_carried(page, options=options)
    opened = _open(page, options)
    if isinstance(opened, Rejected):
        return replace(opened, signals=find_usage_signals(page.headers, None))
    signals = find_usage_signals(page.headers, opened.tree)
    return replace(_read_article(page, opened, options), signals=signals)


def _open(page: Page, options: ExtractOptions) -> _Opened | Rejected:
    """Return the page's tree, or why it is none to look into."""
    if refused := check_size(page, options) or find_other_format(page):
        return refused
    decoded = decode_page(page.body, page.header("content-type") or page.ref.content_type)
    if refused := find_bloated_tag(decoded.text):
        return refused
    tree = parse_html(decoded.text)
    return check_limits(tree, options) or _Opened(tree, decoded.charset)


def _read_article(page: Page, opened: _Opened, options: ExtractOptions) -> Article | Rejected:
    tree = opened.tree
    declared = read_declared(tree, page.ref.final_url)
    title = choose_title(tree, declared, page.hints)
    authors = choose_authors(tree, declared, page.hints)
    dates = choose_dates(tree, declared, page.hints, fetched_at=page.ref.fetched_at)
    drop_textless(tree)
    body = extract_body(
        tree,
        declared,
        title=title.text,
        min_chars=options.min_chars,
        text_in=dict(options.text_in).get(page.hints.feed_url) if page.hints else None,
    )
    text = "\n\n".join(body.paragraphs)
    if refused := find_refusal(
        declared, title=title.text, text=text, tree=tree, min_chars=options.min_chars
    ):
        return refused
    language = choose_language(declared, text)
    canonical = choose_canonical(
        declared, linked=page.ref.url, linked_by="feed" if page.hints else "url"
    )
    return Article(
        url=page.ref.url,
        canonical_url=canonical.url,
        declared_canonical_url=canonical.declared_url,
        source=source_of(page.ref.final_url),
        title=title.text,
        authors=authors.names,
        published_at=dates.published_at,
        published_raw=dates.published_raw,
        modified_at=dates.modified_at,
        language=language.code,
        paragraphs=body.paragraphs,
        section=read_section(declared),
        keywords=read_keywords(declared),
        image_url=read_image_url(declared),
        is_paywalled=is_paywalled(declared, tree),
        is_truncated=is_truncated(text, declared, tree),
        extractor=body.extractor,
        charset=opened.charset,
        claims=(*title.claims, *authors.claims, *dates.claims, *language.claims, *canonical.claims),
        published_offset_minutes=dates.offset_minutes,
        kind=find_article_kind(declared),
    )
