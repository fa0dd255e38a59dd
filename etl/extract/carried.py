"""The article in what a feed carried for an entry, taken where its page could not be had.

A feed's HTML has no navigation to tell from prose. What is in the way stands at the end: where
the post appeared first, "Read more", links to share it and to others.
"""

from __future__ import annotations

from typing import NamedTuple

from lxml.html import fragment_fromstring

from etl.errors import ExtractError
from etl.extract.authors import choose_authors
from etl.extract.canonical import choose_canonical
from etl.extract.decode import decode_page
from etl.extract.language import choose_language
from etl.extract.lines import Line, mend_markup, read_lines
from etl.extract.metadata import Declared
from etl.extract.options import ExtractOptions
from etl.extract.phrases import CREDIT, FURNITURE, MORE_LINK, MORE_TEXT, ONWARD, RELATED, key_of
from etl.extract.published import choose_entry_dates
from etl.extract.quality import find_lack, is_cut
from etl.extract.tidying import tidy_lines
from etl.extract.titles import choose_title
from etl.extract.tree import check_limits, check_size, find_bloated_tag, parse_html
from etl.records import Article, Claim, Page, Rejected
from etl.rulesets import FEED_EXTRACTOR
from etl.urls import source_of

_QUOTED_CHARS = 200
_LINK_LINE_CHARS = 140
_LINK_SHARE = 0.8
_CREDIT_CHARS = 60
# Hostile texts say "Read more." thousands of times.
_CUTS_MAX = 50
_END_CHARS = 700
_ELLIPSIS_CHARS = 10
# The entry's own hints are all that is declared; nothing in the text is read as metadata.
_NOTHING = fragment_fromstring("<div></div>")


class _Cleared(NamedTuple):
    """Lines without what follows the text, and whether that sent the reader to the rest of it."""

    lines: list[str]
    is_summary: bool


def extract_carried(page: Page, *, options: ExtractOptions) -> Article | Rejected:
    """Return the article in a carried text, or why it has none.

    Args:
        page: its body is HTML in UTF-8; title, authors and date are those of its hints.
        options: limits, as for pages.
    """
    url = page.ref.final_url
    declared = Declared(
        url=url, meta={}, links={}, node={}, html_language=None, title_tag=None, alternates=()
    )
    title = choose_title(_NOTHING, declared, page.hints)
    lines = _read(page, options)
    if isinstance(lines, Rejected):
        return lines
    cleared = clear_end(lines, title=title.text)
    paragraphs = tidy_lines(cleared.lines, title.text)
    text = "\n\n".join(paragraphs)
    if refused := find_lack(title=title.text, text=text, min_chars=options.min_chars):
        return refused
    authors = choose_authors(_NOTHING, declared, page.hints)
    dates = choose_entry_dates(declared, page.hints, fetched_at=page.ref.fetched_at)
    language = choose_language(declared, text)
    canonical = choose_canonical(declared, linked=page.ref.url, linked_by="feed")
    taken = Claim(
        field="text",
        value=text[:_QUOTED_CHARS],
        source="feed",
        rule="the page could not be had",
        is_chosen=True,
    )
    return Article(
        url=page.ref.url,
        canonical_url=canonical.url,
        declared_canonical_url=None,
        source=source_of(url),
        title=title.text,
        authors=authors.names,
        published_at=dates.published_at,
        published_raw=dates.published_raw,
        modified_at=None,
        language=language.code,
        paragraphs=paragraphs,
        section=None,
        keywords=(),
        image_url=None,
        is_paywalled=False,
        is_truncated=cleared.is_summary or is_cut(text),
        extractor=FEED_EXTRACTOR,
        charset="utf-8",
        claims=(taken, *title.claims, *authors.claims, *dates.claims, *language.claims,
                *canonical.claims),
    )  # fmt: skip


def clear_end(lines: list[Line], *, title: str) -> _Cleared:
    """Return the lines of a text up to what feeds append to it, lists of links left out."""
    kept = [one for one in lines if not (one.is_item and one.linked >= _LINK_SHARE)]
    is_summary = False
    for _ in range(_CUTS_MAX):
        if not kept:
            break
        last = kept.pop()
        rest, sends_on = _cut_end(last, title)
        is_summary = is_summary or sends_on
        if rest == last.text:
            kept.append(last)
            break
        if rest:
            kept.append(last._replace(text=rest, closing="", linked=0.0))
    return _Cleared([one.text for one in kept], is_summary)


def _cut_end(line: Line, title: str) -> tuple[str, bool]:
    """Return a closing line without what is appended to it, and whether that leads to the rest."""
    text = line.text
    if line.closing and (more := MORE_LINK.match(key_of(line.closing))):
        leads_on = not more["rest"] or more["phrase"] in ONWARD or more["rest"] == key_of(title)
        return text[: text.rindex(line.closing)].rstrip(" [(\u00bb\u2192-"), leads_on
    start = max(0, len(text) - _END_CHARS)
    if more := MORE_TEXT.search(text, start):
        return text[: more.start()].rstrip(), True
    if credit := CREDIT.search(text, start):
        return text[: credit.start()].rstrip(), False
    if len(text) < _ELLIPSIS_CHARS and is_cut(text) and not key_of(text):
        return "", True
    return ("" if _is_appended(line, title) else text), False


def _is_appended(line: Line, title: str) -> bool:
    """Return whether a closing line is links, their heading, or a credit in any language."""
    is_links = len(line.text) <= _LINK_LINE_CHARS and line.linked >= _LINK_SHARE
    return is_links or key_of(line.text) in RELATED | FURNITURE or _is_credit(line, title)


def _is_credit(line: Line, title: str) -> bool:
    """Return whether the line is little but links to the entry and to its site, in any language."""
    outside = round(len(line.text) * (1 - line.linked))
    return line.linked > 0 and title != "" and title in line.text and outside <= _CREDIT_CHARS


def _read(page: Page, options: ExtractOptions) -> list[Line] | Rejected:
    """Return the lines of the text; none where there is no markup and no text either."""
    if refused := check_size(page, options):
        return refused
    text = mend_markup(decode_page(page.body, page.header("content-type")).text)
    if refused := find_bloated_tag(text):
        return refused
    try:
        tree = parse_html(text)
    except ExtractError:
        return []
    return check_limits(tree, options) or read_lines(tree)
