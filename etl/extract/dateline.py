"""The days that stand in words on a page: beside its headline, after "updated", before its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages
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
_UPDATED = re.compile(
    r"(?<!\w)(?:updated?|modified|revised|aktualisiert|aktualisierung|geändert|stand(?=:)|"
    r"mise? à jour|modifiée?|actualizad[oa]|actualización|atualizad[oa]|atualização|"
    r"aggiornat[oa]|aggiornamento|bijgewerkt|uppdaterad|oppdatert|opdateret|päivitetty|güncelle\w+|zaktualizowan[oy]|"
    r"aktualizováno|обновлено|оновлено|更新|업데이트)(?!\w)"
)
# "BERLIN, 3 May 2024 (dpa) -": a place, a day, who reports it, a dash.
_OPENING = re.compile(r"\s*([^\W\d_][^\n]{6,80}?)\s?[\u2013\u2014-]{1,2}\s")
_PLACE = re.compile(r"[^\W\d_a-z]{3,}(?!\w)|.*\([^()]{2,40}\)")
_CLOCK = re.compile(
    r"(?<![\d:.])(\d{1,2})[:.h](\d\d)(?::\d\d)?\s*(?:([ap])\.?m\b)?(?!\d|[.:]\d)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d]+|\d+")
_TITLE_END = re.compile(r"[|\u2013\u2014-]\s*([^|]{6,12})$")


def find_datelines(tree: HtmlElement, declared: Declared) -> Iterator[tuple[str, str]]:
    """Yield the day at the end of the page's title, or the first of the lines after its headline.

    As ("dateline", ISO date): only days that are written in full, the month by name in the
    page's language or English, or in an order that leaves no doubt. What only says when the text
    was changed ("Updated: 3 May 2024") is left to `find_update`.
    """
    ended = _TITLE_END.search(declared.title_tag or "")
    was_update = False
    for line in (ended.group(1) if ended else "", *_lines_after(tree, declared)):
        is_update = was_update or _says_update(line)
        day = _read_line(line, declared)
        was_update = is_update and day is None
        if day and not is_update:
            yield "dateline", day.isoformat()
            return


def _read_line(line: str, declared: Declared) -> date | None:
    """Return the day that stands in a short line that is not what the page is about."""
    if not 0 < len(line.strip()) <= _LINE_CHARS or _is_title(line, declared):
        return None
    days = (read_day(line, language) for language in _languages_of(declared))
    return next((day for day in days if day), None)


def find_days(tree: HtmlElement, declared: Declared, days: Iterable[date]) -> frozenset[date]:
    """Return those of `days` that stand beside the page's headline, the year written or not."""
    wanted, found = tuple(days), set()
    months = [_patterns_of(language)[2] for language in _languages_of(declared)]
    for line in _lines_after(tree, declared):
        if 0 < len(line.strip()) <= _LINE_CHARS and not _is_title(line, declared):
            words = _WORD.findall(line.casefold())
            named = {known[word] for known in months for word in words if word in known}
            numbers = {int(word) for word in words if word.isdecimal() and len(word) <= len("31")}
            whole = read_day(line, _languages_of(declared)[0])
            found |= {
                day
                for day in wanted
                if day == whole or (whole is None and day.month in named and day.day in numbers)
            }
    return frozenset(found)


def find_clock(tree: HtmlElement, declared: Declared) -> datetime | None:
    """Return the day and the time of day that stand in one line beside the headline, as written."""
    for line in _lines_after(tree, declared):
        if len(line.strip()) <= _LINE_CHARS and not _is_title(line, declared):
            day = read_day(line, _languages_of(declared)[0])
            clock = _CLOCK.search(line)
            if day and clock and (time := _make_time(*clock.groups())):
                return datetime.combine(day, time)
    return None


def _make_time(hour: str, minute: str, half: str | None) -> time | None:
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half.lower() == "p" else 0)
    try:
        return time(hours, int(minute))
    except ValueError:
        return None


def _languages_of(declared: Declared) -> tuple[str, ...]:
    """Return the languages a page may name months in: its own, else those of its domain."""
    said = declared.html_language or declared.meta.get("og:locale") or ""
    language = said.replace("_", "-").split("-")[0].lower()
    country = (urlsplit(declared.url).hostname or "").rpartition(".")[2].upper()
    spoken = get_official_languages(country, de_facto=True) if len(country) == len("xx") else ()
    return tuple(dict.fromkeys((language, *spoken))) if not language else (language,)


def _is_title(line: str, declared: Declared) -> bool:
    """Return whether `line` is what the page is about: "Sale winners (2020/7/11-12)" is no date."""
    key = key_of(line)
    return len(line.strip()) > _DAY_CHARS and key in key_of(declared.title_tag or "")


def find_update(tree: HtmlElement, declared: Declared) -> Iterator[tuple[str, str]]:
    """Yield the day and hour that a line after the headline says the text was changed at.

    As ("updated line", ISO time): "Updated: 3 May 2024 10:15", also over two lines.
    """
    language = _languages_of(declared)[0]
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
        and (day := read_day(opening[1], _languages_of(declared)[0]))
    ):
        yield "text dateline", day.isoformat()


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
    at = _make_time(*found.groups()) if found else None
    return f"T{at:%H:%M}" if at else ""


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
