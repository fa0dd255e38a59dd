"""English date and time expressions: what each looks like and what it says.

Rules match on the text in small letters. "October 7" needs its capital, "in 2023" its
preposition: "may" and "march" are verbs, and most numbers of four figures are no years.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from etl.records import TimexType
from etl.tag import english_words as english
from etl.tag.cldr_dates import date_value
from etl.tag.english_words import any_of, duration, read_number
from etl.tag.relative_days import (
    UNKNOWN,
    calendar_value,
    month_value,
    part_of_day,
    season_value,
    weekday_value,
)
from etl.tag.timex_rules import Reading

_Said = tuple[TimexType, str] | None
_Reader = Callable[[re.Match[str], date | None], _Said]


@dataclass(frozen=True, slots=True)
class _Rule:
    """`pattern` marks the expression as its group `x`; `capital` groups must be capitalised.

    Every match begins with a word of `openers`, of which "0" is any that begins with a figure.
    """

    pattern: re.Pattern[str]
    read: _Reader
    openers: frozenset[str]
    capital: str | None = None


_MONTH = rf"(?P<month>{any_of(english.MONTHS)})\b\.?"
_WEEKDAY = rf"(?P<weekday>{any_of(d for d in english.WEEKDAYS if d.endswith('day'))})\b"
_UNIT = "(?P<unit>second|minute|hour|day|week|month|quarter|year|decade|centurie|century|night)"
_NUMBER = (
    r"(?P<number>[0-9]{1,4}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ]"
    rf"{any_of(english.in_order('ones')[:9])}|a few|a couple of|several"
    rf"|few|many|some|{any_of(english.NUMBERS)})"
)
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9:])"
_YEAR = r"(?P<year>1[5-9][0-9]{2}|20[0-9]{2})(?![\w%]|[.,][0-9])"
_NOT_COUNTED = rf"(?! {any_of(english.in_order('counted'))}\b)"
_WORD = re.compile(r"\w+")
_FIGURES = frozenset("0123456789")
_AHEAD = re.compile(rf"\b{any_of(english.in_order('ahead'))}\b[^.!?]*$")
_AHEAD_CHARS = 60
_SHIFT = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}


def find_english(text: str, folded: str, anchor: date | None) -> Iterator[Reading]:
    """Yield the expressions in `text`; `folded` is it in small letters. They may overlap."""
    for rule, starts in zip(_RULES, _find_starts(folded), strict=True):
        end = 0
        for start in starts:
            match = rule.pattern.match(folded, start) if start >= end else None
            if match is None:
                continue
            end = match.end()
            if rule.capital and not text[match.start(rule.capital)].isupper():
                continue
            if said := rule.read(match, anchor):
                first, last = match.span("x")
                # The full stop after "in May" ends the sentence; that of "3 p.m." does not.
                last -= text[last - 1] == "." and said[0] != "TIME"
                yield Reading(first, last, said[0], said[1])


def _find_starts(folded: str) -> list[list[int]]:
    """Return for each of `_RULES` where the words stand that it may begin with.

    Looking each word of a text up once is far cheaper than searching it for every rule.
    """
    starts: list[list[int]] = [[] for _ in _RULES]
    for word in _WORD.finditer(folded):
        opener = word[0]
        for place in _RULES_BY_OPENER.get("0" if opener[0] in _FIGURES else opener, ()):
            starts[place].append(word.start())
    return starts


def _date(match: re.Match[str], anchor: date | None) -> _Said:
    parts = match.groupdict()
    day = int(parts["day"]) if parts.get("day") else None
    year = int(parts["year"]) if parts.get("year") else None
    value = date_value(year, english.MONTHS[parts["month"]], day, anchor)
    return ("DATE", value) if value else None


def _month(match: re.Match[str], anchor: date | None) -> _Said:
    shift = _SHIFT.get(match["when"] or "", 0)
    return "DATE", month_value(english.MONTHS[match["month"]], shift, anchor)


def _year(match: re.Match[str], _: date | None) -> _Said:
    return "DATE", match["year"]


def _decade(match: re.Match[str], _: date | None) -> _Said:
    return "DATE", (match["century"] or "19") + match["decade"]


def _day_word(match: re.Match[str], anchor: date | None) -> _Said:
    shift = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}[match["word"]]
    value = calendar_value("day", shift, anchor)
    part = "night" if match["word"] == "tonight" else match["part"]
    return part_of_day(value, part)


def _vague(match: re.Match[str], _: date | None) -> _Said:
    return "DATE", english.VAGUE[match["x"]]


def _when_unit(match: re.Match[str], anchor: date | None) -> _Said:
    unit, shift = match["unit"], _SHIFT.get(match["when"], 0)
    if unit in english.PARTS_OF_DAY:
        return part_of_day(calendar_value("day", shift, anchor), unit)
    if unit in english.SEASONS:
        return "DATE", season_value(unit, shift, anchor)
    return "DATE", calendar_value(unit, shift, anchor)


def _weekday(match: re.Match[str], anchor: date | None) -> _Said:
    before = match.string[max(0, match.start() - _AHEAD_CHARS) : match.start()]
    is_ahead = _AHEAD.search(before) is not None
    number = english.WEEKDAYS[match["weekday"]]
    value = weekday_value(number, match["when"], anchor, is_ahead=is_ahead)
    return part_of_day(value, match["part"])


def _ago(match: re.Match[str], anchor: date | None) -> _Said:
    count, unit = read_number(match["number"]), match["unit"]
    sign = 1 if match["way"] == "from now" else -1
    if count is None or unit in english.CLOCK_UNITS:
        return "DATE", UNKNOWN[sign]
    return "DATE", calendar_value("day" if unit == "night" else unit, sign * count, anchor)


def _lasting(match: re.Match[str], _: date | None) -> _Said:
    number = match["number"] if "number" in match.re.groupindex else None
    return duration(read_number(number) if number else None, match["unit"])


def _every(match: re.Match[str], _: date | None) -> _Said:
    if match["weekday"]:
        return "SET", f"XXXX-WXX-{english.WEEKDAYS[match['weekday']]}"
    return "SET", duration(1, match["unit"])[1]


def _set_word(match: re.Match[str], _: date | None) -> _Said:
    return "SET", english.SETS[match["x"]]


def _quarter(match: re.Match[str], anchor: date | None) -> _Said:
    year = match["year"] or (f"{anchor.year:04d}" if anchor else "XXXX")
    return "DATE", f"{year}-Q{english.ORDINALS[match['nth']]}"


def _season(match: re.Match[str], _: date | None) -> _Said:
    return "DATE", f"{match['year']}-{english.SEASONS[match['season']]}"


def _clock(match: re.Match[str], anchor: date | None) -> _Said:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour > 12 or minute > 59:  # noqa: PLR2004 - a twelve-hour clock
        return None
    hour = hour % 12 + (12 if match["half"] == "p" else 0)
    return "TIME", f"{calendar_value('day', 0, anchor)}T{hour:02d}:{minute:02d}"


def _rule(pattern: str, read: _Reader, *openers: Iterable[str]) -> _Rule:
    """Return a rule whose matches all begin with the first word of one of `openers`."""
    compiled = re.compile(rf"(?:{pattern})(?!\w)")
    firsts = frozenset(opener.split()[0] for group in openers for opener in group)
    return _Rule(compiled, read, firsts, _CAPITALS.get(read))


_CAPITALS: dict[_Reader, str] = {_date: "month", _month: "month", _weekday: "weekday"}
_NTH = any_of(english.ORDINALS)
_PART = rf"(?: (?P<part>{any_of(english.PARTS_OF_DAY)}))?"
_EARLY = rf"{any_of(english.EARLY)}[- ]"
_LASTS = rf"(?:the )?{any_of(english.LASTS)} "
_NEAR = rf"(?P<when>{any_of(english.NEAR)}) |{_EARLY}"
_RELATIVE = any_of([*english.CALENDAR_UNITS, *english.PARTS_OF_DAY, *english.SEASONS])
_FIGURE = ("0",)
_NUMBERS = (*_FIGURE, *english.NUMBERS, "several", "few", "many", "some")
_THE = ("the",)
_DATES = (
    _rule(
        rf"(?P<x>(?:{any_of(english.WEEKDAYS)}\.?,? )?{_MONTH} {_DAY}(?:,? {_YEAR})?)",
        _date, english.WEEKDAYS, english.MONTHS),
    _rule(rf"(?P<x>{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR})?)", _date, _FIGURE),
    _rule(
        rf"(?P<x>(?:{_EARLY})?{_MONTH},? (?:of )?{_YEAR})", _date, english.EARLY, english.MONTHS),
    _rule(rf"{any_of(english.BY)} (?P<x>(?:{_NEAR})?{_MONTH})", _month, english.BY),
    _rule(rf"(?P<x>(?:{_NEAR}){_MONTH})", _month, english.NEAR, english.EARLY),
    _rule(
        rf"(?P<x>(?:(?P<when>last|next|this) )?{_WEEKDAY}{_PART})",
        _weekday, english.NEAR, english.WEEKDAYS),
    _rule(
        rf"{any_of((*english.BY, *english.BY_YEAR))}[- ](?P<x>{_YEAR}){_NOT_COUNTED}",
        _year, english.BY, english.BY_YEAR),
    _rule(rf"(?<=\()(?P<x>{_YEAR})(?=\))", _year, _FIGURE),
    _rule(
        rf"(?P<x>(?:the )?(?:{_EARLY})?(?P<century>1[5-9]|20)(?P<decade>[0-9])0s)",
        _decade, _THE, english.EARLY, _FIGURE),
    _rule(rf"(?P<x>the (?:{_EARLY})?(?P<century>)['\u2019](?P<decade>[2-9])0s)", _decade, _THE),
    _rule(
        rf"(?P<x>(?:the )?(?P<nth>{_NTH})[- ]quarter(?:,? (?:of )?{_YEAR})?)",
        _quarter, _THE, english.ORDINALS, _FIGURE),
    _rule(
        rf"(?P<x>(?P<season>{any_of(english.SEASONS)}) (?:of )?{_YEAR})", _season, english.SEASONS),
    _rule(
        r"(?P<x>(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))? ?(?P<half>[ap])\.?m\.?)",
        _clock, _FIGURE),
)  # fmt: skip
_RELATIVES = (
    _rule(
        rf"(?P<x>(?P<word>yesterday|today|tonight|tomorrow){_PART})",
        _day_word, ("yesterday", "today", "tonight", "tomorrow")),
    _rule(rf"(?P<x>{any_of(english.VAGUE)})", _vague, english.VAGUE),
    _rule(
        rf"(?P<x>(?:the |earlier |later )?(?P<when>{any_of(english.WHEN)}) (?P<unit>{_RELATIVE}))",
        _when_unit, _THE, ("earlier", "later"), english.WHEN),
    _rule(rf"(?P<x>{_NUMBER} {_UNIT}s? (?P<way>ago|earlier|from now))", _ago, _NUMBERS),
    _rule(
        rf"(?P<x>(?:{_LASTS})?(?!an? ){_NUMBER}[- ]{_UNIT}s?)",
        _lasting, _THE, english.LASTS, _NUMBERS),
    _rule(rf"{any_of(english.OVER)} (?P<x>(?:{_LASTS})?{_UNIT}s)", _lasting, english.OVER),
    _rule(rf"{any_of(english.THAN)} (?P<x>(?P<number>an?) {_UNIT})", _lasting, english.THAN),
    _rule(rf"(?P<x>(?:every|each) (?:{_WEEKDAY}|{_UNIT}))", _every, ("every", "each")),
    _rule(rf"(?P<x>{any_of(english.SETS)})", _set_word, english.SETS),
)  # fmt: skip
_RULES = _DATES + _RELATIVES
_RULES_BY_OPENER: dict[str, tuple[int, ...]] = {
    opener: tuple(place for place, rule in enumerate(_RULES) if opener in rule.openers)
    for opener in frozenset().union(*(rule.openers for rule in _RULES))
}
