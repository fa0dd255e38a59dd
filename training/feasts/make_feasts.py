"""Feasts that follow the moon, 1970 to 2060: `etl/tag/dates/feasts.csv` is what this prints.

    python -m venv moon && moon/bin/pip install ephem==4.2.1 hijridate==2.6.0 pyluach==2.3.0
    moon/bin/python training/feasts/make_feasts.py > etl/tag/dates/feasts.csv

Each row has the days a feast is called after (`first` to `last`) and how far off from them it may
be kept (`before`, `after`, in days): a Hebrew feast begins on its eve; where a month begins when
somebody sees the moon, it is a day sooner or later from country to country.
"""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import ephem
from hijridate import Hijri
from pyluach.dates import HebrewDate

YEARS = range(1970, 2061)
Row = tuple[str, date, date, int, int]

ISLAMIC = (("ramadan", 9, 1, None), ("eid-al-fitr", 10, 1, 1), ("eid-al-adha", 12, 10, 1))
"""Name, Umm al-Qura month and day, how many days (None: the month)."""

HEBREW = (
    ("passover", 1, 15, 7), ("shavuot", 3, 6, 1), ("rosh-hashanah", 7, 1, 2),
    ("yom-kippur", 7, 10, 1), ("sukkot", 7, 15, 7), ("hanukkah", 9, 25, 8), ("purim", 12, 14, 1),
)  # fmt: skip
"""Name, month (1 is Nisan) and day, how many days."""

CHINA, INDIA = timedelta(hours=8), timedelta(hours=5, minutes=30)
LIBRA = 180.0
"""Longitude at which the sun enters it."""


def islamic() -> Iterator[Row]:
    """Yield the feasts of the Umm al-Qura calendar; sighting may differ by a day."""
    for year in range(1389, 1485):
        for name, month, day, count in ISLAMIC:
            start = Hijri(year, month, day)
            first = start.to_gregorian()
            days = count or start.month_length()
            first = date(first.year, first.month, first.day)
            yield name, first, first + timedelta(days=days - 1), 1, 1


def hebrew() -> Iterator[Row]:
    """Yield the Jewish feasts, which begin at sunset of the day before."""
    for year in range(5730, 5822):
        leap = (7 * year + 1) % 19 < 7
        for name, month, day, count in HEBREW:
            placed = 13 if month == 12 and leap else month  # Purim is of the second Adar.
            first = HebrewDate(year, placed, day).to_pydate()
            yield name, first, first + timedelta(days=count - 1), 1, 0


def _longitude(moment: ephem.Date) -> float:
    sun = ephem.Sun(moment)
    return math.degrees(float(ephem.Ecliptic(sun, epoch=moment).lon)) % 360


def _day(moment: ephem.Date, zone: timedelta) -> date:
    at: datetime = moment.datetime() + zone
    return at.date()


def chinese() -> Iterator[Row]:
    """Yield the Chinese new year: the second new moon after that on or before the winter solstice.

    It is the third where thirteen months lie between two solstices and the first of them that has
    no principal term is one of these.
    """
    for year in YEARS:
        solstice = ephem.next_solstice(ephem.Date(f"{year - 1}/12/1"))
        months = [ephem.previous_new_moon(ephem.Date(solstice + 1))]
        if _day(months[0], CHINA) > _day(solstice, CHINA):
            months = [ephem.previous_new_moon(ephem.Date(months[0] - 1))]
        while len(months) < 15:
            months.append(ephem.next_new_moon(ephem.Date(months[-1] + 1)))
        end = ephem.next_solstice(ephem.Date(f"{year}/12/1"))
        count = sum(_day(month, CHINA) <= _day(end, CHINA) for month in months) - 1
        place = 2
        if count == 13:
            leap = next(at for at in range(1, 14) if not _has_term(months[at], months[at + 1]))
            place += leap <= 2
        first = _day(months[place], CHINA)
        yield "lunar-new-year", first, first, 0, 0


def _has_term(start: ephem.Date, end: ephem.Date) -> bool:
    """Return whether the sun enters a sign on a day of the month between two new moons."""
    ends = []
    for moment in (start, end):
        midnight = datetime.combine(_day(moment, CHINA), datetime.min.time()) - CHINA
        ends.append(int(_longitude(ephem.Date(midnight)) // 30))
    return ends[0] != ends[1]


def indian() -> Iterator[Row]:
    """Yield Diwali: the evening of the new moon while the sun is in sidereal Libra.

    A new moon early in the evening leaves the feast to the day before; almanacs may differ by a
    day.
    """
    for year in YEARS:
        moon = ephem.next_new_moon(ephem.Date(f"{year}/10/10"))
        while _longitude(moon) - _precession(year) < LIBRA:
            moon = ephem.next_new_moon(ephem.Date(moon + 1))
        first = _day(ephem.Date(moon - 20 / 24), INDIA)
        yield "diwali", first, first, 1, 1


def _precession(year: int) -> float:
    """Return how far the tropical zodiac has moved off the Indian one, in degrees (Lahiri)."""
    return 23.85 + 0.01397 * (year - 2000)


def main() -> None:
    """Print the table."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("feast", "first", "last", "before", "after"))
    rows = [*islamic(), *hebrew(), *chinese(), *indian()]
    for row in sorted(row for row in rows if row[1].year in YEARS):
        out.writerow(row)


if __name__ == "__main__":
    main()
