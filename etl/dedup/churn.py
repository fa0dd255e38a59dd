"""What on a page changes by itself, and says nothing: relative times, stamps, counters, links.

A line counts as churn by its own form alone, whatever it is compared with. It must be short and
hold nothing else: a figure in a sentence ("3 people died") is never churn. In doubt a line is
text: a version too many can be told by its sentences, one too few is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache, lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_timedelta

from etl.dedup.signs import REMEMBERED, key_of_signs, list_sentences
from etl.dedup.site_words import COUNTED, FILLERS, RELATED, STAMPS
from etl.words import normalize, tokenize

LONGEST_CHARS = 90
"""No line longer than this is churn."""

_TEXTS_REMEMBERED = 4
"""Two versions are asked whether anything but churn differs, and then what."""

_Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]
# One of each plural form that any language has (CLDR): 1, 2, few, many, other.
_AMOUNTS = (1, 2, 3, 5, 11, 21, 100)
_SECONDS: dict[_Unit, int] = {
    "second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800, "month": 2_629_800,
    "year": 31_557_600,
}  # fmt: skip
_Width = Literal["long", "short", "narrow"]
_WIDTHS: tuple[_Width, ...] = ("long", "short", "narrow")
_CLOSERS = "\"'\u201d\u2019\u00bb "
_ENDS = frozenset(".!?\u2026\u3002\uff01\uff1f\u061f\u0964")
_DIGITS = re.compile(r"[0-9]+")
_CLOCK = re.compile(
    r"(?<![\w:])[0-9]{1,2}(?:[:.h][0-9]{2}){1,2}(?: ?(?:[ap]\.?m\b\.?|uhr\b|h\b|hrs?\b))?"
    r"|(?<!\w)[0-9]{1,2} ?(?:[ap]\.?m\b\.?|uhr\b)"
)
_NUMERIC_DATE = re.compile(
    r"(?<!\w)(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4})"
    r"(?:t(?=[0-9]))?"
)
_ZONE = re.compile(
    r"(?<!\w)(?:utc|gmt|z|[ecmp][sd]?t|[cew]es?t|[bijkw]st|ae[sd]t|nz[sd]t|msk|sgt|hkt|wi[bt])"
    r"(?: ?[+-][0-9]{1,2}(?::?[0-9]{2})?)?(?!\w)"
)
_FIGURE = re.compile(r"(?<![\w.,])[0-9]+(?:[.,  ][0-9]+)*(?: ?(?:[km]|mio|mln|tsd)\b\.?)?(?!\w)")


def is_churn(
    old_title: str, old_text: str, new_title: str, new_text: str, *, language: str | None
) -> bool:
    """Return whether two states of an article differ only by what changes by itself.

    Spaces, paragraph breaks and the shapes of quotes and dashes are nothing of meaning either. A
    title that differs at all is a change.
    """
    if old_title != new_title:
        return False
    return find_telling(old_text, language=language) == find_telling(new_text, language=language)


def find_telling(text: str, *, language: str | None) -> str:
    """Return the signs (see `key_of_signs`) of the sentences of `text` that are not churn."""
    return " ".join(key_of_signs(sentence) for sentence in drop_churn(text, language=language))


@lru_cache(_TEXTS_REMEMBERED)
def drop_churn(text: str, *, language: str | None) -> tuple[str, ...]:
    """Return the sentences of `text` in order, without the lines that are churn."""
    lines = (line for line in text.split("\n") if line.strip())
    told = _leave_out_links(line for line in lines if not is_churn_line(line, language=language))
    return tuple(sentence for line in told for sentence in list_sentences(line))


def _leave_out_links(lines: Iterator[str]) -> Iterator[str]:
    """Yield lines but those of a list of links: headlines in a row under "Most read"."""
    is_list = False
    for line in lines:
        if " ".join(tokenize(normalize(line))) in RELATED:
            is_list = True
        elif not is_list or _is_sentence(line):
            is_list = False
            yield line


def ends_links(line: str, *, language: str | None) -> bool:
    """Return whether a line is a sentence, so that no list of links goes on beyond it."""
    return (
        _is_sentence(line)
        and " ".join(tokenize(normalize(line))) not in RELATED
        and not is_churn_line(line, language=language)
    )


def _is_sentence(line: str) -> bool:
    """Say if a line is more than a headline: it ends as sentences do, or is long."""
    return len(line) > 2 * LONGEST_CHARS or line.rstrip(_CLOSERS)[-1:] in _ENDS


@lru_cache(REMEMBERED)
def is_churn_line(line: str, *, language: str | None) -> bool:
    """Return whether a line is a stamp, a counter or a pointer to other articles, all by itself."""
    if len(line) > LONGEST_CHARS:
        return False
    folded = normalize(line)
    return (
        _is_relative(folded, language)
        or _is_stamp(folded, language)
        or _is_counter(folded)
        or _is_pointer(folded)
    )


def _is_relative(folded: str, language: str | None) -> bool:
    """Say if the line is "Updated 3 minutes ago" and nothing more, in its language or English."""
    rest, count = _relative(language).subn(" ", folded)
    return count > 0 and all(word in STAMPS or word in FILLERS for word in tokenize(rest))


def _is_stamp(folded: str, language: str | None) -> bool:
    """Say if the line is "Last updated: 21 November 2026, 09:30" and nothing more."""
    rest = folded
    for pattern in (_relative(language), _months(language), _NUMERIC_DATE, _CLOCK):
        rest = pattern.sub(" ", rest)
    words = tokenize(_ZONE.sub(" ", rest))
    return (
        rest != folded
        and any(word in STAMPS for word in words)
        and all(word in STAMPS or word in FILLERS for word in words)
    )


def _is_counter(folded: str) -> bool:
    """Say if the line is "1,234 views · 12 comments" and nothing more."""
    rest, count = _FIGURE.subn(" ", folded)
    words = tokenize(rest)
    return (
        count > 0
        and any(word in COUNTED for word in words)
        and all(word in COUNTED or word in FILLERS for word in words)
    )


def _is_pointer(folded: str) -> bool:
    """Say if the line is "Read more: another headline"."""
    label, colon, rest = folded.partition(":")
    return bool(colon and rest.strip()) and " ".join(tokenize(label)) in RELATED


@cache
def _relative(language: str | None) -> re.Pattern[str]:
    """Return a pattern for CLDR's past times, "vor 5 Minuten", in a language and in English."""
    phrases = {form for locale in _locales(language) for form in _phrases(locale)}
    shapes = {_shape(normalize(phrase)) for phrase in phrases}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(shapes, key=len, reverse=True))})")


def _shape(phrase: str) -> str:
    """Return a phrase as a pattern for any number; whole words where its script has spaces."""
    shape = r"[0-9]+".join(map(re.escape, _DIGITS.split(phrase)))
    is_word = tokenize(phrase + "x") == [*tokenize(phrase)[:-1], tokenize(phrase)[-1] + "x"]
    return shape + (r"(?!\w)" if is_word else "")


def _phrases(locale: Locale) -> Iterator[str]:
    for unit, seconds in _SECONDS.items():
        for amount in _AMOUNTS:
            past = timedelta(seconds=-amount * seconds)
            for width in _WIDTHS:
                try:
                    phrase = format_timedelta(
                        past, granularity=unit, threshold=1000, add_direction=True,
                        format=width, locale=locale,
                    )  # fmt: skip
                except KeyError:  # CLDR has no such width in this language.
                    continue
                # Narrow French is "-5 min", which is a duration too; of one letter it may be any.
                if (
                    _DIGITS.search(phrase)
                    and len(re.findall(r"[^\W\d]", phrase)) > 1
                    and not phrase.startswith("-")
                ):
                    yield phrase


@cache
def _months(language: str | None) -> re.Pattern[str]:
    """Return a pattern for dates with the month in words, with or without day, year and weekday."""
    months, days = set(), set()
    for locale in _locales(language):
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                months |= {
                    normalize(name).rstrip(".") for name in locale.months[use][width].values()
                }
                days |= {normalize(name).rstrip(".") for name in locale.days[use][width].values()}
    month = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    day = "|".join(sorted(map(re.escape, days), key=len, reverse=True))
    number = r"[0-9]{1,2}(?:st|nd|rd|th|er|[.ºª])?"
    return re.compile(
        rf"(?<!\w)(?:(?:{day})\b\.?,? )?(?:{number} (?:de )?)?(?:{month})\b\.?"
        rf"(?: {number}(?![0-9:]))?(?:,? (?:de )?[12][0-9]{{3}}\b)?|(?<!\w)(?:{day})\b"
    )


@cache
def _locales(language: str | None) -> tuple[Locale, ...]:
    """Return the text's language, if CLDR has it, and English, which sites' templates keep to."""
    english = Locale.parse("en")
    try:
        found = Locale.parse(language) if language else english
    except (UnknownLocaleError, ValueError, TypeError):
        found = english
    return (english,) if found == english else (found, english)
