"""Short news in six languages, written for the tests: newswires.toml, with facts put into it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from random import Random

LANGUAGES = ("de", "fr", "es", "zh", "ja", "ar")


@dataclass(frozen=True)
class Wire:
    """What a language's reports are made of; `credit` and `foot` are what sites put around them."""

    reports: list[list[str]]
    cities: list[str]
    people: list[str]
    sites: list[str]
    streets: list[str]
    days: list[str]
    credit: str
    foot: str


Facts = dict[str, str]


def draw_facts(language: str, rnd: Random) -> Facts:
    """Return facts for a report, none of them twice."""
    wire = WIRES[language]
    mayor, chief = rnd.sample(wire.people, 2)
    figures = {
        "injured": (3, 60), "crew": (61, 400), "hours": (3, 19), "cost": (410_000, 990_000),
        "year": (1994, 2024), "months": (20, 59), "yes": (30, 44), "no": (11, 29),
    }  # fmt: skip
    return {
        "city": rnd.choice(wire.cities), "mayor": mayor, "chief": chief,
        "site": rnd.choice(wire.sites), "street": rnd.choice(wire.streets),
        "day": rnd.choice(wire.days),
        **{name: str(rnd.randint(*ends)) for name, ends in figures.items()},
    }  # fmt: skip


def write_report(language: str, report: int, facts: Facts) -> list[str]:
    """Return the paragraphs of a report with these facts."""
    return [part.format(**facts) for part in WIRES[language].reports[report]]


def _read_wires() -> dict[str, Wire]:
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {language: Wire(**fields) for language, fields in told.items()}


WIRES = _read_wires()
"""By ISO 639-1 code."""
