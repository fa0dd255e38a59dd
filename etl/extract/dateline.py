"""The days that stand in words on a page: beside its headline, after "updated", before its text."""

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

_LINE_CHARS = 60
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
_UPDATED = re.compile(
    r"(?<!\w)(?:updated?|modified|revised|aktualisiert|aktualisierung|geändert|stand(?=:)|"
    r"mise? à jour|modifiée?|actualizad[oa]|actualización|atualizad[oa]|atualização|"
    r"aggiornat[oa]|aggiornamento|bijgewerkt|uppdaterad|oppdatert|opdateret|päivitetty|güncelle\w+|zaktualizowan[oy]|"
    r"aktualizováno|обновлено|оновлено|更新|업데이트)(?!\w)"
)
_CLOCK = re.compile(r"(?<![\d:.])([01]?\d|2[0-3])[:.h]([0-5]\d)(?!\d)(?:\s*(am|pm|a\.m\.|p\.m\.))?")
# "BERLIN, 3 May 2024 (dpa) -": a place, a day, who reports it, a dash.
_OPENING = re.compile(r"\s*([^\W\d_][^\n]{6,80}?)\s?[\u2013\u2014-]{1,2}\s")
_PLACE = re.compile(r"[^\W\d_a-z]{3,}(?!\w)|.*\([^()]{2,40}\)")
_NOON = 12
_TITLE_END = re.compile(r"[|\u2013\u2014-]\s*([^|]{6,12})$")


def find_datelines(tree: HtmlElement, declared: Declared) -> Iterator[tuple[str, str]]:
    """Yield the day at the end of the page's title, or the first of the lines after its headline.

    As ("dateline", ISO date): only days that are written in full, the month by name in the
    page's language or English, or in an order that leaves no doubt. What only says when the text
    was changed ("Updated: 3 May 2024") is left to `find_update`.
    """
    language = _language_of(declared)
    ended = _TITLE_END.search(declared.title_tag or "")
    was_update = False
    for line in (ended.group(1) if ended else "", *_lines_after(tree, declared)):
        is_update = was_update or _says_update(line)
        was_update = is_update and not read_day(line, language)
        if 0 < len(line.strip()) <= _LINE_CHARS and (day := read_day(line, language)):
            if is_update:
                continue
            yield "dateline", day.isoformat()
            return


def find_update(tree: HtmlElement, declared: Declared) -> Iterator[tuple[str, str]]:
    """Yield the day and hour that a line after the headline says the text was changed at.

    As ("updated line", ISO time): "Updated: 3 May 2024 10:15", also over two lines.
    """
    language = _language_of(declared)
    was_update = False
    for line in _lines_after(tree, declared):
        if len(line.strip()) > _LINE_CHARS:
            continue
        is_update = was_update or _says_update(line)
        day = read_day(line, language)
        was_update = is_update and day is None
        if is_update and day:
            yield "updated line", day.isoformat() + _read_clock(line)
            return


def find_opening(tree: HtmlElement, declared: Declared) -> Iterator[tuple[str, str]]:
    """Yield the day in the dateline a text opens with, "BERLIN, 3 May 2024 (dpa) -".

    As ("text dateline", ISO date), of the first long line after the headline.
    """
    line = next((one for one in _lines_after(tree, declared) if len(one) > _LINE_CHARS), "")
    opening = _OPENING.match(line)
    if (
        opening
        and _PLACE.match(opening[1])
        and (day := read_day(opening[1], _language_of(declared)))
    ):
        yield "text dateline", day.isoformat()


def _language_of(declared: Declared) -> str:
    return (declared.html_language or "").replace("_", "-").split("-")[0].lower()


def _lines_after(tree: HtmlElement, declared: Declared) -> list[str]:
    headline = find_headline(tree, declared)
    lines: Any = [] if headline is None else _AFTER(headline)
    return list(lines)


def _says_update(line: str) -> bool:
    """Return whether a short line says first, before any figure, that something was changed."""
    before = re.split(r"\d", line.casefold(), maxsplit=1)[0]
    return len(line.strip()) <= _LINE_CHARS and _UPDATED.search(before) is not None


def _read_clock(line: str) -> str:
    found = _CLOCK.search(_DAY_FIRST.sub(" ", line.casefold()))
    if found is None:
        return ""
    hour, half = int(found[1]), (found[3] or "")[:1]
    if half and hour <= _NOON:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return f"T{hour:02d}:{found[2]}"


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
