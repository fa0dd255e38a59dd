"""Read the dates publishers write in feeds, in the spellings they really use."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from etl.feeds.reading.date_words import MONTHS, ZONE_HOURS

MAX_DATE_CHARS = 80
"""Longer strings are no dates, and need not be searched for one."""

EARLIEST_YEAR = 1900
"""Hugo writes year 1 for a date nobody gave; a feed item older than this has none."""

_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h]|[时時시点]\s?)(?P<minute>\d{2})[分분]?(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?\b)?\s*(?P<zone>.*)"
)
_WEEKDAY = r"(?:[^\W\d_]{2,12}(?:\s?[.,]{1,2}\s*|\s+))?"
_NAME = r"(?P<name>[^\W\d_]{3,12})"
_OF = r"(?:\s+(?:de|of)\s+|[\s,-]+)"
_AT = r"(?:,?\s+(?:at|um|à|às|alle|a\s+las|om|kl\.?|[-|\N{EN DASH}])\s+|[,\s]+)"
_YMD = r"(?P<year>\d{4})(?:[-/]|\.\s?)(?P<month>\d{1,2})(?:(?:[-/]|\.\s?)(?P<day>\d{1,2})\.?)?"
_HAN = r"(?P<year>\d{4})[年년]\s?(?P<month>\d{1,2})[月월]\s?(?P<day>\d{1,2})[日일]"
_DIGITS = r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
_DIGIT_CLOCK = r"(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>\D.*)?)?"
_DAY_NAME_YEAR = (
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?{_OF}{_NAME}\.?{_OF}(?P<year>\d{{4}}|\d{{2}})"
    r"(?:\s\u0433\.?)?"  # the Russian year's "g."
)
_NAME_DAY_YEAR = rf"{_NAME}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
_ASCTIME = (
    rf"{_NAME}\s+(?P<day>\d{{1,2}})\s+(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}}):(?P<second>\d{{2}})"
    r"\s+(?P<zone>\S*)\s*(?P<year>\d{4})"
)
_DMY = r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"
# Which is the month? Only where the other cannot be one; "02/03/2026" is nobody's guess.
_DMY_PLAIN = r"(?P<day>1[3-9]|2\d|3[01])[/-](?P<month>\d{1,2})[/-](?P<year>\d{4})"
_MDY_PLAIN = r"(?P<month>\d{1,2})[/-](?P<day>1[3-9]|2\d|3[01])[/-](?P<year>\d{4})"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"{_YMD}(?:(?:T|,?\s+){_CLOCK})?",  # 2026-02-17T14:12:06.1+01:00, 2026. 2. 17. 14:12
        rf"{_WEEKDAY}{_DAY_NAME_YEAR}(?:{_AT}{_CLOCK})?",  # Tue, 17 Feb 2026 14:12:06 GMT
        rf"{_WEEKDAY}{_NAME_DAY_YEAR}(?:{_AT}{_CLOCK})?",  # Feb. 17, 2026, 2:12 PM EST
        rf"{_WEEKDAY}{_ASCTIME}",  # Tue Feb 17 14:12:06 +0000 2026
        rf"{_DIGITS}{_DIGIT_CLOCK}",  # 20260217T141206Z
        rf"{_DMY}(?:{_AT}{_CLOCK})?",  # 17.02.2026 14:12
        rf"{_DMY_PLAIN}(?:{_AT}{_CLOCK})?",  # 17/02/2026 14:12
        rf"{_MDY_PLAIN}(?:{_AT}{_CLOCK})?",  # 02/17/2026 2:12 PM
        rf"{_HAN}(?:\s*{_CLOCK})?",  # 2026年2月17日 14时12分
    )
)
# A name may follow, to say it again: "-0500 EST", "+0100 (CET)", "+01:00[Europe/Berlin]".
_OFFSET = re.compile(
    r"(?:gmt|utc|ut|z)?\s*([+\N{MINUS SIGN}-])\s?(\d{1,2})[:.]?(\d{2})?"
    r"(?:\s*[(\[].*|\s+[a-z]{1,5})?",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")


@lru_cache(maxsize=8_192)
def parse_date(raw: str | None) -> datetime | None:
    """Return the moment `raw` names, as an aware UTC datetime, or None where it names none.

    RFC 822, ISO 8601, asctime, American and German spellings and Unix seconds are read, with
    month names of some twenty languages. A date alone is its midnight. Without a zone, or with
    one nobody knows, the clock is taken for UTC: hours wrong beats a day lost. Dates before
    1900 and the Unix zero stand for "no date". Never raises.
    """
    text = " ".join((raw or "").split())
    if not text or len(text) > MAX_DATE_CHARS:
        return None
    try:
        moment = _read(text)
    except (ValueError, OverflowError):  # 30 February, month 13, the year 10000
        return None
    if moment is None or moment.year < EARLIEST_YEAR or moment == datetime(1970, 1, 1, tzinfo=UTC):
        return None
    return moment


def _read(text: str) -> datetime | None:
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), tz=UTC)
    for shape in _SHAPES:
        if match := shape.fullmatch(text):
            return _moment(match.groupdict())
    return None


def _moment(part: dict[str, str | None]) -> datetime | None:
    """Return the UTC datetime of a matched shape's groups, None if its month is no month.

    Raises:
        ValueError: there is no such day or time.
        OverflowError: it lies outside the years datetime knows.
    """
    digits = part.get("month")
    month = int(digits) if digits else _month(part.get("name") or "")
    if month is None:
        return None
    hour = _hour(int(part.get("hour") or 0), part.get("half"))
    # 24:00 is the next day's midnight; a leap second is its minute's last.
    day = datetime(_year(part["year"] or ""), month, int(part.get("day") or 1), tzinfo=UTC)
    clock = timedelta(
        hours=hour,
        minutes=int(part.get("minute") or 0),
        seconds=min(int(part.get("second") or 0), 59),
    )
    if clock > timedelta(days=1):
        return None
    return day + clock - _offset(part.get("zone") or "")


def _month(name: str) -> int | None:
    name = name.lower()
    return MONTHS.get(name[:4]) or MONTHS.get(name[:3])


def _year(digits: str) -> int:
    """Return the year; two digits are read as RFC 2822 says."""
    year = int(digits)
    if len(digits) == len("26"):
        year += 2000 if year < 50 else 1900  # noqa: PLR2004 - RFC 2822's own boundary
    return year


def _hour(hour: int, half: str | None) -> int:
    """Return the hour of the day; `half` is "am" or "pm" in any spelling, or None."""
    noon = 12
    if half is None or hour > noon:
        return hour
    return hour % noon + (noon if half[0] in "pP" else 0)


def _offset(zone: str) -> timedelta:
    """Return how far `zone` lies east of UTC; nothing where it is not known."""
    zone = zone.strip()
    if match := _OFFSET.fullmatch(zone):
        size = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        return size if match[1] == "+" else -size
    name = zone.strip("()").split(" ")[0].lower()
    return timedelta(hours=ZONE_HOURS.get(name, 0))
