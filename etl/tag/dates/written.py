"""Dates with the month in words, in every language CLDR names the months of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError

from etl.tag.dates.days import nearest_year
from etl.tag.dates.figures import Dated, fold
from etl.tag.dates.values import date_value

# What stands between the parts: "7. Oktober 2023", "7 de octubre de 2023", "1er mai"; in Russian
# and Ukrainian an ordinal ending may follow the figure.
_AFTER_DAY = (
    r"(?:\.|º|ª|°|er|-?\u0433\u043e|-?\u0448\u0456)?\s{1,2}(?:de |d'|d\u2019|del |di |do )?"
)
_BEFORE_YEAR = r",?\s{1,2}(?:de |del |do )?"
_MIN_MONTH_CHARS = 3


def find_written(folded: str, anchor: date | None, *, language: str) -> Iterator[Dated]:
    """Yield dates such as "7. oktober 2023", "7 octobre" and "outubro de 2023".

    `folded` is the text in small letters. A day without a year is the one nearest the anchor.
    """
    rules = _rules(language)
    if rules is None:
        return
    pattern, months = rules
    for match in pattern.finditer(folded):
        month = months[match["month"]]
        day = int(match["day"]) if match["day"] else None
        year = int(match["year"]) if match["year"] else None
        if year is None and anchor is not None:
            year = nearest_year(anchor, month, day or min(anchor.day, 28))
        value = date_value(year, month, day)
        if value and (match["day"] or match["year"]):
            end = match.end() - match[0].endswith(".")  # It ends the sentence.
            yield match.start(), end, value


@cache
def _rules(language: str) -> tuple[re.Pattern[str], dict[str, int]] | None:
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError, TypeError):
        return None
    months: dict[str, int] = {}
    for use in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[use][width].items():
                if len(word := fold(name).rstrip(".")) >= _MIN_MONTH_CHARS and word.isalpha():
                    months.setdefault(word, number)
    if not months:
        return None
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    return (
        re.compile(
            rf"(?<![\w.,])(?:(?P<day>[0-9]{{1,2}}){_AFTER_DAY})?\b(?P<month>{names})\b\.?"
            rf"(?:{_BEFORE_YEAR}(?P<year>[12][0-9]{{3}})(?!\w))?"
        ),
        months,
    )
