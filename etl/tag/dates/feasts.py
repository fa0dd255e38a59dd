"""Feasts that follow the moon: their days, out of a table that `training/feasts` computed."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from etl.tag.dates.days import Interval

_NEAR = timedelta(days=108)  # As with months: what is nearer is meant, whatever the verb says.


@dataclass(frozen=True, slots=True)
class Feast:
    """One keeping of a feast: the days it is called after, and those it may be kept on.

    A Hebrew feast begins on its eve; where the month begins with a sighting of the moon, it is a
    day sooner or later from country to country.
    """

    first: date
    last: date
    days: Interval

    @property
    def value(self) -> str:
        """The TIMEX3 value: a day, or the first and the last."""
        if self.first == self.last:
            return self.first.isoformat()
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


def feast_of_year(name: str, year: int, *, near: date | None = None) -> Feast | None:
    """Return the feast that begins in `year`; of two the one nearer to a day, or the first.

    None outside the years of the table, 1970 to 2060.
    """
    within = [one for one in _table().get(name, ()) if one.first.year == year]
    return min(within, key=lambda one: _distance(one, near or one.first), default=None)


def feast_near(name: str, day: date, *, sign: int) -> Feast | None:
    """Return the feast nearest to a day, or if none is near the last (`sign` -1) or next (1).

    None outside the years of the table.
    """
    known = _table().get(name, ())
    if not known or not known[0].first <= day <= known[-1].last:
        return None
    nearest = min(known, key=lambda one: _distance(one, day))
    if not sign or _distance(nearest, day) <= _NEAR:
        return nearest
    return beside(name, day, sign)


def beside(name: str, day: date, sign: int) -> Feast | None:
    """Return the last (`sign` -1) or next (1) feast that `day` is not within."""
    known = _table().get(name, ())
    if sign > 0:
        return next((one for one in known if one.first > day), None)
    return next((one for one in reversed(known) if one.last < day), None)


def _distance(feast: Feast, day: date) -> timedelta:
    return max(feast.first - day, day - feast.last, timedelta())


@cache
def _table() -> dict[str, tuple[Feast, ...]]:
    path = files("etl.tag.dates").joinpath("feasts.csv")
    known: dict[str, list[Feast]] = {}
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        days = (
            first - timedelta(days=int(row["before"])), last + timedelta(days=int(row["after"]))
        )  # fmt: skip
        known.setdefault(row["feast"], []).append(Feast(first, last, days))
    return {name: tuple(feasts) for name, feasts in known.items()}
