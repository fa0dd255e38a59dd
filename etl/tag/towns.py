"""The cities of the world by name, several of one name among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from etl.tag.lexicon import read_lines, read_sections, split_names
from etl.tag.names import fold_name

_LARGE = 100_000
_CAPITAL = "capital"


class City(NamedTuple):
    """A city of `population` people (0: not known) in the country `code`.

    `state` is the postal code of its state if it lies in the United States, else "".
    """

    name: str
    code: str
    population: int
    state: str
    is_capital: bool


@cache
def list_cities() -> tuple[City, ...]:
    """Return all cities we list, by name, the largest of each name first."""
    return tuple(_read(line) for line in read_lines("cities.tsv"))


def _read(line: str) -> City:
    name, code, population, *more = line.split("\t")
    is_capital = more == [_CAPITAL]
    state = more[0] if more and not is_capital else ""
    return City(name, code, int(population), state, is_capital)


def large_cities() -> Iterator[City]:
    """Yield one city of each name: the largest, if it has 100,000 people or is a capital."""
    seen = set()
    for city in list_cities():
        if city.name not in seen and (city.population >= _LARGE or city.is_capital):
            seen.add(city.name)
            yield city


@cache
def _by_name() -> dict[str, tuple[City, ...]]:
    named = defaultdict(list)
    for city in list_cities():
        named[_key(city.name)].append(city)
    return {
        name: tuple(sorted(cities, key=lambda city: -city.population))
        for name, cities in named.items()
    }


def find_cities(name: str) -> tuple[City, ...]:
    """Return the cities called `name`, the largest first, accents and case aside."""
    return _by_name().get(_key(name), ())


def _key(name: str) -> str:
    """Return what spellings of a name share; folding all takes a tenth of a second."""
    return name.casefold() if name.isascii() else fold_name(name)


@cache
def _states() -> dict[str, str]:
    states: dict[str, str] = {}
    for line in read_sections("places.txt")["us_states"]:
        code, names = split_names(line)
        states |= dict.fromkeys((*names, code), code)
    return states


def find_state(name: str) -> str | None:
    """Return the postal code of a state of the United States: of "Texas", "Tex." or "TX"."""
    return _states().get(name)
