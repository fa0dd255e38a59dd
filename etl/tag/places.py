"""Which country or city a name of a place means: by size, and by what else the article names.

"Paris" is in France, "Paris, Texas" is not; "Hyderabad" is in India unless the article speaks of
Pakistan and not of India. A name means one place throughout an article.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, replace

from etl.records import Span
from etl.tag.gazetteer import Known, find_known
from etl.tag.lexicon import cue_words, lookup_key
from etl.tag.names import bare_name
from etl.tag.towns import City, find_cities, find_state

_NEARNESS = 1.2
"""What it is worth, in orders of magnitude of people, that the article names a city's country."""

_QUALIFIER = re.compile(
    r",\s+([A-Z][\w.]*(?:[ -][A-Z][\w.]*){0,3})|\s+\(([A-Z][\w.]*(?:[ -][A-Z][\w.]*){0,3})\)"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands behind a place's name: the country, and the state of the United States."""

    code: str
    state: str


class Places:
    """What the names of places in an article mean."""

    def __init__(self, text: str, spans: list[Span], language: str | None) -> None:
        self._language = language
        self._countries: Counter[str] = Counter()
        self._said: dict[str, _Said] = {}
        for span in spans:
            name = " ".join(text[span.start_char : span.end_char].split())
            known = self._known(name)
            if known and known.country_code and not (_is_city(known) and find_cities(name)):
                self._countries[known.country_code] += 1
            if span.kind in {"GPE", "LOC"} and (said := self._read_qualifier(text, span.end_char)):
                self._said.setdefault(bare_name(name), said)

    def find(self, name: str) -> Known | None:
        """Return the place called `name`, None where nothing is known of it."""
        said = self._said.get(bare_name(name))
        known = self._known(name)
        known = known if known and known.kind in {"GPE", "LOC"} else None
        cities = find_cities(name)
        # "Paris, Texas" says where it lies; "Paris, Germany and Italy" is a list.
        if said and (fitting := [city for city in cities if city.code == said.code]):
            exact = [city for city in fitting if city.state == said.state]
            return _known_city((exact or fitting)[0], cities)
        if known and not (_is_city(known) and cities):
            return known
        if cities:
            city = max(cities, key=self._nearness)
            # The lists know what else a city is called: "New York" is "New York City".
            return known if known and known.country_code == city.code else _known_city(city, cities)
        found = self._part_of(name)
        return _known_city(_town(name, said), ()) if said and not found else found

    def _nearness(self, city: City) -> float:
        size = math.log10(city.population + 1_000)
        return size + (_NEARNESS if self._countries[city.code] else 0)

    def _known(self, name: str) -> Known | None:
        return find_known(name, language=self._language) or find_known(
            name.removeprefix("the "), language=self._language
        )

    def _read_qualifier(self, text: str, end: int) -> _Said | None:
        """Return the country or state named right behind a place: ", Texas", " (Mali)"."""
        match = _QUALIFIER.match(text, end)
        if match is None:
            return None
        name = match[1] or match[2]
        for said in (name, name.rstrip("."), name.split(" ")[0]):
            if state := find_state(said):
                return _Said("US", state)
            known = self._known(said)
            if known and known.kind == "GPE" and known.country_code and not _is_city(known):
                return _Said(known.country_code, "")
        return None

    def _part_of(self, name: str) -> Known | None:
        """Return a place named after a known one: "northern Mali", "Kano State", "Bonn's zoo"."""
        owner, is_owned, _ = lookup_key(name).partition("'s ")
        if is_owned:
            return self._renamed(owner, name)
        words = name.split()
        core = [word for word in words if word.casefold() not in _directions()]
        while len(core) > 1 and core[-1] in cue_words("place_heads"):
            core.pop()
        if not core or len(core) == len(words):
            return None
        return self._renamed(" ".join(core), name)

    def _renamed(self, owner: str, name: str) -> Known | None:
        """Return a place called `name` in the country of another, None where that is not known."""
        found = self.find(owner)
        if found is None or found.country_code is None:
            return None
        parts = ("GPE", found.country_code, bare_name(name))
        return replace(found, name=name, kind="GPE", id_parts=parts)


def _directions() -> frozenset[str]:
    return cue_words("directions")


def _is_city(known: Known) -> bool:
    """Return whether a gazetteer's entry is of a place inside a country."""
    return known.kind == "GPE" and len(known.id_parts) > len(("GPE", "US"))


def _town(name: str, said: _Said) -> City:
    return City(name, said.code, 0, said.state, is_capital=False)


def _known_city(city: City, namesakes: tuple[City, ...]) -> Known:
    """Return the entry of a city; the largest of its name in a country needs no state in its id."""
    same = [other for other in namesakes if other.code == city.code]
    parts = ["GPE", city.code, lookup_key(city.name).casefold()]
    if same and same[0] != city and city.state:
        parts.append(city.state)
    return Known(name=city.name, kind="GPE", country_code=city.code, id_parts=tuple(parts))
