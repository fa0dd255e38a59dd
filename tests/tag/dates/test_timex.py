"""Dates: what is found, what it says, and what it is worth without an anchor."""

from __future__ import annotations

from datetime import date

import pytest

from tests.tag.dates.readings import read


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("since the attack on October 7, 2023.", "October 7, 2023", "2023-10-07"),
        ("It was 7 October 2023 when", "7 October 2023", "2023-10-07"),
        ("dated 7 Oct. 2023", "7 Oct. 2023", "2023-10-07"),
        ("dated 2023-10-07.", "2023-10-07", "2023-10-07"),
        ("on Oct. 7 they", "Oct. 7", "2023-10-07"),
        ("on 7 October they", "7 October", "2023-10-07"),
        ("on January 2 it opens", "January 2", "2024-01-02"),
        ("in October 2023.", "October 2023", "2023-10"),
        ("it ended in May.", "May", "2023-05"),
        ("founded in 2019, it", "2019", "2019"),
        ("music of the 1990s was", "the 1990s", "199"),
        ("he said today that", "today", "2023-10-12"),
        ("he said yesterday that", "yesterday", "2023-10-11"),
        ("he leaves tomorrow.", "tomorrow", "2023-10-13"),
        ("he said last week that", "last week", "2023-W40"),
        ("next month it", "next month", "2023-11"),
        ("it grew this year", "this year", "2023"),
        ("it rained last summer", "last summer", "2023-SU"),
        ("he said on Tuesday that", "Tuesday", "2023-10-10"),
        ("he said on Thursday that", "Thursday", "2023-10-12"),
        ("he said last Thursday that", "last Thursday", "2023-10-05"),
        ("they meet next Tuesday", "next Tuesday", "2023-10-17"),
        ("they will meet on Tuesday", "Tuesday", "2023-10-17"),
        ("it began three days ago", "three days ago", "2023-10-09"),
        ("it began two weeks ago", "two weeks ago", "2023-W39"),
        ("it began twenty-five years ago", "twenty-five years ago", "1998"),
        ("in the third quarter of 2022, it", "the third quarter of 2022", "2022-Q3"),
        ("it is 3/14/2023 or", "3/14/2023", "2023-03-14"),
    ],
)
def test_english_dates_are_read(text: str, surface: str, value: str):
    """The expression is found whole and counted from the publication day."""
    (found,) = read(text)
    assert (found.surface, found.timex_type, found.timex_value) == (surface, "DATE", value)


@pytest.mark.parametrize(
    ("text", "timex_type", "value"),
    [
        ("it lasted three days in all", "DURATION", "P3D"),
        ("a five-year plan", "DURATION", "P5Y"),
        ("within 90 minutes he", "DURATION", "PT90M"),
        ("for several weeks they", "DURATION", "PXW"),
        ("over two decades it", "DURATION", "P20Y"),
        ("they meet every Monday", "SET", "XXXX-WXX-1"),
        ("they meet each month", "SET", "P1M"),
        ("it ended last night", "TIME", "2023-10-11TNI"),
        ("at 3:30 p.m. he", "TIME", "2023-10-12T15:30"),
    ],
)
def test_durations_sets_and_times_have_their_types(text: str, timex_type: str, value: str):
    """Durations and sets cover no days; times have the day they fall on."""
    (found,) = read(text)
    assert (found.timex_type, found.timex_value) == (timex_type, value)
    assert (found.date_from is None) == (timex_type != "TIME")


@pytest.mark.parametrize(
    ("text", "language", "surface"),
    [
        ("am 7. Oktober 2023 war", "de", "7. Oktober 2023"),
        ("am 07.10.2023 war", "de", "07.10.2023"),
        ("le 7 octobre 2023.", "fr", "le 7 octobre 2023"),
        ("el 7 de octubre de 2023.", "es", "el 7 de octubre de 2023"),
        ("em 7 de outubro de 2023.", "pt", "7 de outubro de 2023"),
        ("il 7 ottobre 2023", "it", "il 7 ottobre 2023"),
        ("op 7 oktober 2023", "nl", "7 oktober 2023"),
        ("7 жовтня 2023 року", "uk", "7 жовтня 2023"),
        ("7 Октября 2023 года", "ru", "7 Октября 2023"),
        ("7 października 2023", "pl", "7 października 2023"),
        ("7 Ekim 2023", "tr", "7 Ekim 2023"),
        ("2023年10月7日に", "ja", "2023年10月7日"),
    ],
)
def test_written_dates_are_read_in_other_languages(text: str, language: str, surface: str):
    """Months have CLDR's names; the same day comes out."""
    (found,) = read(text, language=language, anchor=None)
    assert (found.surface, found.timex_value) == (surface, "2023-10-07")
    assert found.date_from == found.date_to == date(2023, 10, 7)


@pytest.mark.parametrize(
    "text",
    [
        "May said no.",
        "They march on.",
        "the 49ers won",
        "you may 5 times",
        "in 2000 homes",
        "a price of 2,019.5",
        "February 30, 2023x",
        "on 3/4/2023",
    ],
)
def test_what_only_looks_like_a_date_is_left(text: str):
    """Names, verbs, counts and figures that may be read in two ways give nothing."""
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("last week", "PAST_REF"),
        ("tomorrow", "FUTURE_REF"),
        ("today", "XXXX-XX-XX"),
        ("this year", "XXXX"),
        ("on Oct. 7", "XXXX-10-07"),
        ("on Tuesday", "XXXX-WXX-2"),
        ("in May", "XXXX-05"),
        ("two years ago", "PAST_REF"),
    ],
)
def test_without_an_anchor_nothing_is_made_up(text: str, value: str):
    """The value says what is not known, and there is no interval."""
    (found,) = read(text, anchor=None)
    assert (found.timex_value, found.date_from, found.date_to) == (value, None, None)


WAR = (
    "The war began in 1912. In April 1913 the fleet sailed; by June it lay off the coast. On 3 "
    "July the town fell. Two days later a truce was signed. In 1914 it was broken, in the spring. "
)


def test_a_narrative_counts_from_what_it_told_last():
    """Months without a year are of the year told of, not of the day of writing."""
    values = [timex.timex_value for timex in read(WAR)]
    assert values == [
        "1912", "1913-04", "1913-06", "1913-07-03", "1913-07-05", "1914", "1914-SP",
    ]  # fmt: skip
