"""Whose day it was: the publisher's distance from UTC, where a time names none but UTC's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

import pytz
from lxml.html import HtmlElement

from etl.extract.dateline import find_clock, find_days
from etl.extract.metadata import Declared
from etl.zones import read_offset

_MINUTES_AN_HOUR = 60
_MINUTES_MAX = 14 * 60
_QUARTER = 15
_BY_PAGE = "by other times on the page"
_STAMP = re.compile(r"\d\d:\d\d:\d\d(?:\.\d{1,9})?\s?([+-]\d\d:?\d\d)(?!\d)")
_SEARCHED_CHARS = 200_000
# Of countries with several zones, the one that most of its newspapers are made in.
_PRESS_ZONES = {
    "ar": "America/Argentina/Buenos_Aires", "au": "Australia/Sydney", "br": "America/Sao_Paulo",
    "ca": "America/Toronto", "cl": "America/Santiago", "cn": "Asia/Shanghai",
    "cy": "Asia/Nicosia", "de": "Europe/Berlin", "ec": "America/Guayaquil", "es": "Europe/Madrid",
    "id": "Asia/Jakarta", "kz": "Asia/Almaty", "mn": "Asia/Ulaanbaatar",
    "mx": "America/Mexico_City", "my": "Asia/Kuala_Lumpur", "nz": "Pacific/Auckland",
    "pt": "Europe/Lisbon", "ru": "Europe/Moscow", "ua": "Europe/Kiev", "uk": "Europe/London",
    "us": "America/New_York", "uz": "Asia/Tashkent", "vn": "Asia/Ho_Chi_Minh",
}  # fmt: skip
# Domains of countries that all the world takes for their letters.
_ANYBODYS = frozenset({
    "ac", "ag", "ai", "am", "as", "bz", "cc", "cd", "co", "dj", "fm", "gg", "gl", "im", "io",
    "la", "li", "ly", "me", "ms", "mu", "nu", "pm", "pw", "re", "sc", "sh", "so", "st", "tk",
    "tl", "to", "tv", "vc", "vg", "ws", "yt",
})  # fmt: skip
# Languages read in one zone, or in several of the same time.
_TONGUES = {
    "bg": "bg", "ca": "es", "cs": "cz", "da": "dk", "de": "de", "el": "gr", "et": "ee", "fi": "fi",
    "he": "il", "hr": "hr", "hu": "hu", "it": "it", "ja": "jp", "ka": "ge", "ko": "kr", "lt": "lt",
    "lv": "lv", "nb": "no", "nl": "nl", "no": "no", "pl": "pl", "sk": "sk", "sl": "si", "th": "th",
    "tr": "tr", "uk": "ua", "vi": "vn",
}  # fmt: skip


class Offset(NamedTuple):
    """Minutes east of UTC, and what says so."""

    minutes: int
    said_by: str


def find_offset(
    at: datetime, raw: str, others: Iterable[tuple[datetime, str]], declared: Declared,
    tree: HtmlElement,
) -> Offset | None:  # fmt: skip
    """Return how far from UTC the publisher of a page was at `at`; None where nothing tells.

    What `raw` itself names counts if it is not UTC, which publishing systems write whatever their
    readers' clocks show; then another naming of the same minute (`others`), and day and time
    beside the headline. What the rest suggests is taken where the day stays the same, or stands
    beside the headline: some sites show Greenwich's.
    """
    for moment, text in ((at, raw), *others):
        minutes = read_offset(text)
        if minutes and abs((moment - at).total_seconds()) < _MINUTES_AN_HOUR:
            return Offset(minutes, "as given" if text is raw else f"by {text}")
    if shown := _compare_clock(at, find_clock(tree, declared)):
        return shown
    for found in _suggest(at, declared, tree):
        day = (at + timedelta(minutes=found.minutes)).date()
        if day == at.date():
            return found
        days = find_days(tree, declared, (day, at.date()))
        if days == {day} or (not days and found.said_by == _BY_PAGE):
            return found
    return None


def _compare_clock(at: datetime, shown: datetime | None) -> Offset | None:
    """Return how far `shown`, a time without a zone, is ahead of `at`, where clocks are so."""
    if shown is None:
        return None
    ahead = (shown - at.replace(tzinfo=None)).total_seconds() / _MINUTES_AN_HOUR
    minutes = round(ahead / _QUARTER) * _QUARTER
    is_a_zones = abs(minutes) <= _MINUTES_MAX and abs(ahead - minutes) <= 1
    return Offset(minutes, "by the clock beside the headline") if is_a_zones else None


def _suggest(at: datetime, declared: Declared, tree: HtmlElement) -> Iterator[Offset]:
    """Yield what the site's country, other times on the page and its language suggest."""
    suffix = (urlsplit(declared.url).hostname or "").rpartition(".")[2]
    if suffix not in _ANYBODYS and (found := _offset_of(suffix, at)) is not None:
        yield Offset(found, f"by the domain .{suffix}")
    stamps = Counter(minutes for text in _find_stamps(tree) if (minutes := read_offset(text)))
    if stamps and max(stamps) - min(stamps) <= _MINUTES_AN_HOUR:  # summer and winter
        yield Offset(stamps.most_common(1)[0][0], _BY_PAGE)
    language = (declared.html_language or "").replace("_", "-").split("-")[0].lower()
    if (found := _offset_of(_TONGUES.get(language, ""), at)) is not None:
        yield Offset(found, f"by the language {language}")


def _offset_of(country: str, at: datetime) -> int | None:
    """Return the minutes that clocks of a country are ahead of UTC, None where they differ."""
    zones = pytz.country_timezones.get(country.upper(), ())
    name = _PRESS_ZONES.get(country) or (zones[0] if len(zones) == 1 else None)
    if name is None:
        return None
    shift = at.astimezone(UTC).astimezone(pytz.timezone(name)).utcoffset()
    return int(shift.total_seconds()) // _MINUTES_AN_HOUR if shift is not None else None


def _find_stamps(tree: HtmlElement) -> Iterator[str]:
    """Yield the offsets of times of day in scripts and in attributes of <time> and <meta>."""
    left = _SEARCHED_CHARS
    for element in tree.iter("script", "time", "meta"):
        said = element.get("datetime") or element.get("content") or element.text or ""
        for found in _STAMP.finditer(said[: max(0, left)]):
            yield found.group(1)
        left -= len(said)
