"""Names we know beforehand: countries in every CLDR language, cities, peoples, organisations.

The lists are read once a process, on first use: some hundredths of a CPU second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

from etl.records import EntityKind
from etl.tag.lexicon import (
    cue_words,
    first_names,
    lookup_key,
    read_lines,
    read_sections,
    split_names,
)
from etl.tag.towns import large_cities

LONGEST_NAME = 6
"""Most words in a name we look for; longer ones in the lists are not found."""

_UNMISTAKABLE_POPULATION = 2_000_000
# The same words are asked for several times a sentence and in every article of a language.
_SURFACES_KEPT = 16_384
# CLDR's English names that newspapers do not use.
_ENGLISH_NAMES = {"PS": "Palestine", "HK": "Hong Kong", "MO": "Macau", "CD": "DR Congo",
                  "CG": "Republic of the Congo", "MM": "Myanmar", "CI": "Ivory Coast",
                  "TR": "Turkey", "BA": "Bosnia and Herzegovina"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a name denotes. `id_parts` make its entity id.

    `is_weak` marks names that are as often something else (first names, everyday words): they
    need a cue beside them to count. `country_code` is ISO 3166-1 alpha-2.
    """

    name: str
    kind: EntityKind
    country_code: str | None
    id_parts: tuple[str, ...]
    is_weak: bool = False


@lru_cache(_SURFACES_KEPT)
def find_known(surface: str, *, language: str | None) -> Known | None:
    """Return what `surface` is known as in `language` (ISO 639-1) or English, or None."""
    key = lookup_key(surface)
    if language not in (None, "en"):
        local = _local_names(language or "")
        if key in local:
            return local[key]
    return english_names().get(key)


def knows_language(language: str) -> bool:
    """Return whether CLDR has names of countries in `language`."""
    return bool(_local_names(language))


def country_name(code: str) -> str:
    """Return the English name of a country, or the code where CLDR has none."""
    return _ENGLISH_NAMES.get(code) or Locale("en").territories.get(code, code)


def _country(code: str) -> Known:
    return Known(name=country_name(code), kind="GPE", country_code=code, id_parts=("GPE", code))


def _place(name: str, code: str, *, population: int = _UNMISTAKABLE_POPULATION) -> Known:
    is_weak = name in cue_words("everyday_cities") or (
        population < _UNMISTAKABLE_POPULATION
        and (name in first_names() or name in cue_words("starters") or len(name) <= 3)  # noqa: PLR2004 - "Yao", "Wan": more often a surname
    )
    parts = ("GPE", code, lookup_key(name).casefold())
    return Known(name=name, kind="GPE", country_code=code, id_parts=parts, is_weak=is_weak)


@cache
def english_names() -> dict[str, Known]:
    """Return every name we know in English; on a clash the first source named here wins."""
    names: dict[str, Known] = {}
    for source in (_countries(), _parts_and_regions(), _organisations(), _peoples(), _cities()):
        for name, known in source:
            names.setdefault(lookup_key(name), known)
    return names


@cache
def _local_names(language: str) -> dict[str, Known]:
    """Return countries and the cities CLDR translates, in `language`; empty if CLDR lacks it."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError, TypeError):
        return {}
    names = {
        lookup_key(name): _country(code)
        for code, name in locale.territories.items()
        if len(code) == 2 and code not in _NOT_COUNTRIES  # noqa: PLR2004 - longer ones are regions
    }
    for zone, said in locale.time_zones.items():
        known = english_names().get(zone.rpartition("/")[2].replace("_", " "))
        if "city" in said and known and known.kind == "GPE" and len(known.id_parts) > len("ab"):
            names.setdefault(lookup_key(said["city"]), known)
    return names


# CLDR keeps codes for unions and for test locales among the countries.
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


def _countries() -> Iterator[tuple[str, Known]]:
    for line in read_sections("places.txt")["countries"]:
        code, names = split_names(line)
        for name in names:
            yield name, _country(code)
    for code, name in Locale("en").territories.items():
        if len(code) == 2 and code not in _NOT_COUNTRIES:  # noqa: PLR2004 - longer ones are regions
            yield name.replace("&", "and"), _country(code)


def _parts_and_regions() -> Iterator[tuple[str, Known]]:
    for line in read_sections("places.txt")["parts"]:
        code, names = split_names(line)
        for name in names:
            yield name, _place(names[0], code)
    for line in read_sections("places.txt")["regions"]:
        for name in split_names(line)[1]:
            parts = ("LOC", name.casefold())
            yield name, Known(name=name, kind="LOC", country_code=None, id_parts=parts)


def _organisations() -> Iterator[tuple[str, Known]]:
    for line in read_lines("organisations.txt"):
        names = line.split("|")
        parts = ("ORG", lookup_key(names[0]).casefold())
        for name in names:
            is_weak = name in first_names() or name in cue_words("everyday_organisations")
            yield (
                name,
                Known(
                    name=names[0], kind="ORG", country_code=None, id_parts=parts, is_weak=is_weak
                ),
            )


def _peoples() -> Iterator[tuple[str, Known]]:
    for line in read_lines("nationalities.txt"):
        code, names = split_names(line)
        words = [word.replace("_", " ") for word in names[0].split()]
        for word in words:
            if code == "-":
                parts = ("NORP", word.casefold())
                yield word, Known(name=word, kind="NORP", country_code=None, id_parts=parts)
            else:
                parts = ("NORP", code)
                yield word, Known(name=words[0], kind="NORP", country_code=code, id_parts=parts)


def _cities() -> Iterator[tuple[str, Known]]:
    for line in read_sections("places.txt")["us_states"]:
        name = split_names(line)[1][0]
        yield name, _place(name, "US")
    for city in large_cities():
        # No population: a capital too small to be listed, as well known as a large city.
        population = city.population or _UNMISTAKABLE_POPULATION
        yield city.name, _place(city.name, city.code, population=population)
