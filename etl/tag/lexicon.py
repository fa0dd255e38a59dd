"""The word lists under `data/`, read once a process and kept as frozen sets."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_CURLY = {0x2019: "'", 0x02BC: "'", 0xA0: " ", 0x2011: "-"}


def lookup_key(surface: str) -> str:
    """Return `surface` as the lists spell it: straight apostrophes, plain blanks and hyphens.

    The length does not change, so offsets into the key are offsets into the surface.
    """
    return surface if surface.isascii() else surface.translate(_CURLY)


@cache
def read_lines(filename: str) -> tuple[str, ...]:
    """Return the lines of the data file `filename` without comments and blank lines."""
    raw = files("etl.tag").joinpath("data", filename).read_text(encoding="utf-8")
    lines = (line.strip() for line in raw.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def read_sections(filename: str) -> dict[str, tuple[str, ...]]:
    """Return the lines under each `[section]` of the data file `filename`."""
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in read_lines(filename):
        if line.startswith("["):
            current = sections.setdefault(line[1 : line.index("]")], [])
        else:
            current.append(line)
    return {name: tuple(lines) for name, lines in sections.items()}


@cache
def cue_words(section: str) -> frozenset[str]:
    """Return the words of a section of `cues.txt`.

    Raises:
        KeyError: there is no such section.
    """
    return frozenset(word for line in read_sections("cues.txt")[section] for word in line.split())


@cache
def first_names() -> frozenset[str]:
    """Return given names, capitalised, as they are written in news."""
    return frozenset(word for line in read_lines("first_names.txt") for word in line.split())


@cache
def family_names() -> frozenset[str]:
    """Return family names, as they are written in news."""
    return frozenset(word for line in read_lines("family_names.txt") for word in line.split())


def split_names(line: str) -> tuple[str, tuple[str, ...]]:
    """Return what stands before the colon of a `key: name | name` line, and the names after it."""
    key, _, names = line.partition(":")
    return key.strip(), tuple(name.strip() for name in names.split("|"))
