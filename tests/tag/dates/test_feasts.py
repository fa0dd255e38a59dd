"""Feasts that follow the moon, and the modifiers of what is not said exactly."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from etl.tag.dates import find_timexes
from etl.tag.dates.feasts import _table, beside, feast_near, feast_of_year
from etl.tag.dates.grammar import LANGUAGES, read_grammar
from etl.tag.dates.holidays import holiday_date, pascha

WRITTEN = datetime(2023, 10, 12, tzinfo=UTC)
KEPT = {
    "ramadan": "2024-03-11", "eid-al-fitr": "2024-04-10", "passover": "2024-04-23",
    "yom-kippur": "2024-10-12", "diwali": "2024-10-31", "lunar-new-year": "2024-02-10",
}  # fmt: skip
"""First days of feasts of 2024, as calendars had them."""


def read(text: str, language: str = "en") -> tuple[str, date | None, date | None]:
    """Return value and days of the one expression of `text`."""
    (timex,) = find_timexes(text, anchor=WRITTEN, language=language)
    return timex.timex_value, timex.date_from, timex.date_to


@pytest.mark.parametrize("name", KEPT)
def test_a_feast_is_of_the_day_calendars_have(name: str):
    """The table was computed: it is held against what was kept."""
    feast = feast_of_year(name, 2024)
    assert feast is not None
    assert feast.first.isoformat() == KEPT[name]


@pytest.mark.parametrize("name", sorted(_table()))
def test_every_year_has_each_feast_once_in_order(name: str):
    """Lunar years are 354 or 384 days; Islamic ones are never longer."""
    feasts = _table()[name]
    gaps = {(two.first - one.first).days for one, two in pairwise(feasts)}
    assert min(gaps) >= 353
    assert max(gaps) <= 386
    assert feasts[0].first.year == 1970
    assert feasts[-1].first.year == 2060
    assert all(one.days[0] <= one.first <= one.last <= one.days[1] for one in feasts)


def test_leap_months_move_the_new_year():
    """1985 and 2034: the second new moon after the solstice is not it."""
    years = (1985, 2033, 2034)
    found = [feast_of_year("lunar-new-year", year) for year in years]
    assert [one.value for one in found if one] == ["1985-02-20", "2033-01-31", "2034-02-19"]


def test_a_year_with_two_ramadans_has_the_nearer():
    """2030 begins in one and ends in the next."""
    late = feast_of_year("ramadan", 2030, near=date(2030, 11, 1))
    assert late is not None
    assert late.first == date(2030, 12, 26)


def test_the_orthodox_easter_is_the_julian_one():
    """In 2025 both churches kept the same day, in 2024 five weeks apart."""
    assert pascha(2025) == holiday_date("easter", 2025) == date(2025, 4, 20)
    assert pascha(2024) == date(2024, 5, 5)


def test_the_days_of_a_feast_say_what_nobody_knows():
    """Sighting moves Ramadan by a day; a Hebrew feast begins on its eve."""
    assert read("in Ramadan 2024") == (
        "2024-03-11/2024-04-09", date(2024, 3, 10), date(2024, 4, 10)
    )  # fmt: skip
    assert read("on Yom Kippur") == ("2023-09-25", date(2023, 9, 24), date(2023, 9, 25))


def test_a_feast_nobody_computed_is_somewhere_in_its_year():
    """The table ends in 2060."""
    assert read("by Diwali 2085") == ("2085-XX-XX", date(2085, 1, 1), date(2085, 12, 31))
    assert feast_near("diwali", date(1900, 1, 1), sign=1) is None


def test_last_and_next_are_not_the_feast_that_is():
    """Said within Hanukkah, "last Hanukkah" is the year before."""
    last, following = (
        beside("hanukkah", date(2023, 12, 10), -1),
        beside("hanukkah", date(2023, 12, 10), 1),
    )
    assert last
    assert following
    assert (last.first.year, following.first.year) == (2022, 2024)


def test_wars_and_treaties_are_not_the_day_they_are_called_after():
    """The war of 1973 is not of this autumn."""
    assert not find_timexes("the Yom Kippur War", anchor=WRITTEN, language="en")
    assert not find_timexes("the Good Friday Agreement", anchor=WRITTEN, language="en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_knows_the_feasts_of_the_table(language: str):
    """Each has a word for Ramadan, Passover, the Lunar new year and Diwali, and is understood."""
    grammar = read_grammar(language)
    assert grammar is not None
    named = {rule.removeprefix("feast ") for rule in grammar.holidays.values() if " " in rule}
    assert {"ramadan", "passover", "lunar-new-year", "diwali", "eid-al-adha"} <= named
    for words, rule in grammar.holidays.items():
        if rule.startswith("feast "):
            assert rule.removeprefix("feast ") in _table()
            found = find_timexes(f"{words.title()} 2024", anchor=WRITTEN, language=language)
            assert found
            assert found[0].date_from is not None, words


@pytest.mark.parametrize(
    ("language", "text", "mod"),
    [
        ("en", "early 2019", "START"), ("en", "the end of May", "END"),
        ("en", "about two years ago", "APPROX"), ("en", "more than four hours", "MORE_THAN"),
        ("en", "at least a week", "EQUAL_OR_MORE"), ("en", "ten years or so", "APPROX"),
        ("en", "May 2021", None), ("de", "Anfang März", "START"),
        ("de", "rund zwei Jahre", "APPROX"),
        ("fr", "la fin de 2020", "END"), ("fr", "plus de deux ans", "MORE_THAN"),
        ("es", "principios de 2020", "START"), ("pt", "cerca de dois anos", "APPROX"),
        ("it", "fine del 2020", "END"), ("it", "meno di due ore", "LESS_THAN"),
    ],
)  # fmt: skip
def test_the_modifier_is_kept_beside_the_value(language: str, text: str, mod: str | None):
    """TIMEX3 has it in an attribute of its own; it narrows no interval."""
    (timex,) = find_timexes(text, anchor=WRITTEN, language=language)
    assert (timex.surface, timex.timex_mod) == (text, mod)
