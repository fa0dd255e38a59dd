"""The day that stands in words beside a page's headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from lxml import etree
from lxml.html import HtmlElement

from etl.extract.headline import find_headline
from etl.extract.metadata import Declared
from etl.extract.phrases import key_of

_LINE_CHARS = 60
_DAY_CHARS = 30
# Kicker, headline, standfirst and byline come to some twenty lines; teasers have dates too.
_AFTER = etree.XPath("following::text()[normalize-space()][position() <= 40]")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d\d)(?!\d)")
_YEAR_FIRST = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-/.\u5e74]\s?(\d{1,2})[-/.\u6708]\s?(\d{1,2})(?!\d)"
)
_NAMED = (
    r"(?<!\w)(\d{1,2})(?:st|nd|rd|th|\.|\u00ba)?\s+(?:de\s+)?(MONTHS)\.?,?\s+(?:de\s+)?"
    r"((?:19|20)\d\d)"
)
_NAME_FIRST = r"(?<!\w)(MONTHS)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)"
_TITLE_END = re.compile(r"[|\u2013\u2014-]\s*([^|]{6,12})$")


def find_datelines(tree: HtmlElement, declared: Declared) -> Iterator[tuple[str, str]]:
    """Yield the day at the end of the page's title, or the first of the lines after its headline.

    As ("dateline", ISO date): only days that are written in full, the month by name in the
    page's language or English, or in an order that leaves no doubt.
    """
    language = (declared.html_language or "").replace("_", "-").split("-")[0].lower()
    headline = find_headline(tree, declared)
    lines: Any = [] if headline is None else _AFTER(headline)
    ended = _TITLE_END.search(declared.title_tag or "")
    for line in (ended.group(1) if ended else "", *lines):
        is_short = 0 < len(line.strip()) <= _LINE_CHARS
        if is_short and not _is_title(line, declared) and (day := read_day(line, language)):
            yield "dateline", day.isoformat()
            return


def _is_title(line: str, declared: Declared) -> bool:
    """Return whether `line` is what the page is about: "Sale winners (2020/7/11-12)" is no date."""
    key = key_of(line)
    return len(line.strip()) > _DAY_CHARS and key in key_of(declared.title_tag or "")


def read_day(text: str, language: str) -> date | None:
    """Return the first day that `text` names in full, None where it names none."""
    named, name_first, months = _patterns_of(language)
    folded = text.casefold()
    if found := named.search(folded):
        return _make_day(found[3], months[found[2]], found[1])
    if found := name_first.search(folded):
        return _make_day(found[3], months[found[1]], found[2])
    if found := _DAY_FIRST.search(text):
        return _make_day(found[3], int(found[2]), found[1])
    if found := _YEAR_FIRST.search(text):
        return _make_day(found[1], int(found[2]), found[3])
    return None


def _make_day(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _patterns_of(language: str) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, int]]:
    months: dict[str, int] = {}
    for code in dict.fromkeys(("en", language)):
        try:
            locale = Locale.parse(code) if code else None
        except (UnknownLocaleError, ValueError):
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                names = locale.months[context][width] if locale else {}
                months |= {name.casefold().rstrip("."): n for n, name in names.items()}
    words = "|".join(sorted((re.escape(name) for name in months if name.isalpha()), key=len)[::-1])
    return (
        re.compile(_NAMED.replace("MONTHS", words)),
        re.compile(_NAME_FIRST.replace("MONTHS", words)),
        months,
    )
