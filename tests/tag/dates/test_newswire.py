"""Kinds of expressions that newswire brought up: each in sentences of our own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from etl.tag.dates import find_timexes

WEDNESDAY = datetime(1998, 10, 14, tzinfo=UTC)


def read(text: str, *, language: str = "en") -> list[tuple[str, str]]:
    """Return the surfaces and values of what is found."""
    found = find_timexes(text, anchor=WEDNESDAY, language=language)
    return [(one.surface, one.timex_value) for one in found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Talks set for Monday were called off.", "1998-10-19"),
        ("It set a record Monday.", "1998-10-12"),
        ("The firm is to reopen Tuesday.", "1998-10-20"),
        ("The two were to meet Thursday.", "1998-10-15"),
        ("They agreed to meet Friday.", "1998-10-16"),
        ("They agreed Friday.", "1998-10-09"),
        ("He must leave by Friday.", "1998-10-16"),
        ("The panel meets Monday.", "1998-10-19"),
        ("The vote is to be held Friday.", "1998-10-16"),
        ("A study to be published Thursday says so.", "1998-10-15"),
        ("A study published Thursday says so.", "1998-10-08"),
        ("She will succeed him Friday.", "1998-10-16"),
        ("The plan was made Friday.", "1998-10-09"),
        ("Rain is forecast for Friday.", "1998-10-16"),
        ("It changed its forecast of Friday.", "1998-10-09"),
        ("In January, the firm hired a chief.", "1998-01"),
        ("In January, the firm will hire a chief.", "1999-01"),
        ("It will be named in July.", "1999-07"),
        ("He has been there since Thanksgiving.", "1997-11-27"),
        ("It will meet lawyers of Acme Corp. here Friday.", "1998-10-16"),
    ],
)
def test_a_day_is_on_the_side_its_verb_speaks_of(text: str, value: str):
    """Infinitives after a vow, passives to come, and what only ends like a verb."""
    assert [one[1] for one in read(text)] == [value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met two Fridays ago.", ("two Fridays ago", "1998-10-02")),
        ("They met two Wednesdays ago.", ("two Wednesdays ago", "1998-09-30")),
        ("They met several Mondays ago.", ("several Mondays ago", "PAST_REF")),
        ("They met the Friday before last.", ("the Friday before last", "1998-10-02")),
        ("It fell a year ago today.", ("a year ago today", "1997-10-14")),
        ("It fell two months ago yesterday.", ("two months ago yesterday", "1998-08-13")),
        ("It fell a week ago Monday.", ("a week ago Monday", "1998-10-05")),
        ("It fell a century ago today.", ("a century ago today", "PAST_REF")),
        ("They met on Fridays long before.", ("Fridays", "XXXX-WXX-5")),
    ],
)
def test_days_are_counted_back(text: str, expected: tuple[str, str]):
    """Weekdays, and years from a day: two Fridays ago, a year ago today."""
    assert read(text) == [expected]


def test_midnight_and_noon_are_of_the_day_beside_them():
    """An hour and its day are one time."""
    text = "It ends at midnight Nov. 14 or at noon on Nov. 3, 1999."
    assert read(text) == [
        ("midnight Nov. 14", "1998-11-14T24:00"),
        ("noon on Nov. 3, 1999", "1999-11-03T12:00"),
    ]


@pytest.mark.parametrize(
    ("year", "text", "value"),
    [
        (1989, "in the early '90s", "199"),
        (1985, "in the early '90s", "189"),
        (1998, "in the late '80s", "198"),
        (2023, "in the '30s", "193"),
        (2023, "in the '20s", "202"),
    ],
)
def test_a_decade_of_two_figures_is_the_last_or_about_to_begin(year: int, text: str, value: str):
    """Of 1989 "the early '90s" were 1890 and after: whoever wrote it meant the coming ones."""
    found = find_timexes(text, anchor=datetime(year, 11, 2, tzinfo=UTC), language="en")
    assert [one.timex_value for one in found] == [value]


def test_some_day_is_to_come():
    """It is no length of some days."""
    assert read("Some day it will be over.") == [("Some day", "FUTURE_REF")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Net for the third quarter rose.", [("the third quarter", "1998-Q3")]),
        ("against a year-earlier loss", [("year-earlier", "1997")]),
        ("in the year-earlier nine months", [("the year-earlier nine months", "P9M")]),
        ("the first half of the crew, with a profit and a loss", []),
        ("A profit was made of a shot in the first half", []),
        ("Sales and profit rose in the first half", [("the first half", "1998-H1")]),
        ("seen at 90 percent for 1999 year-end", [("1999 year-end", "1999")]),
        ("it has lost 4% since year-end", [("year-end", "1997")]),
        ("or by midyear", [("midyear", "1998")]),
        (
            "in the first three quarters of 1998",
            [("the first three quarters", "P3Q"), ("1998", "1998")],
        ),
        ("three quarters of the men", []),
        ("above the week-ago level", [("week-ago", "1998-W41")]),
    ],
)
def test_periods_of_business_are_told_from_shares_and_matches(
    text: str, expected: list[tuple[str, str]]
):
    """A net opens a sentence; half a crew is no half-year; one word of business may be chance."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 7:30 in the evening", [("7:30 in the evening", "1998-10-14T19:30")]),
        ("by 8 o'clock at night", [("8 o'clock at night", "1998-10-14T20:00")]),
        ("until 6 in the morning", [("6 in the morning", "1998-10-14T06:00")]),
        ("at 12 at night", [("12 at night", "1998-10-14T00:00")]),
        ("by Friday noon", [("Friday noon", "1998-10-09T12:00")]),
        ("at 7 a.m. local time Tuesday", [("7 a.m. local time Tuesday", "1998-10-13T07:00")]),
        ("At about 03:00 on Tuesday", [("03:00 on Tuesday", "1998-10-13T03:00")]),
        ("(2310 GMT Monday)", [("2310 GMT Monday", "1998-10-12T23:10")]),
        (
            "at 5 a.m. on Tuesday, May 3, 1999",
            [("5 a.m.", "1999-05-03T05:00"), ("Tuesday, May 3, 1999", "1999-05-03")],
        ),
        ("in the wee hours of Sunday", [("the wee hours of Sunday", "1998-10-11TMO")]),
        ("On Monday he sang; in the evening he fled", [
            ("Monday", "1998-10-12"), ("the evening", "1998-10-12TEV")]),
        ("He fled the night before.", [("the night before", "1998-10-13TNI")]),
        ("They left at dawn", [("dawn", "1998-10-14TMO")]),
        ("in the early hours of 30 April", [("the early hours of 30 April", "1998-04-30TMO")]),
        ("The half-hour talk", [("half-hour", "PT30M")]),
        ("On Monday it shook at 8 a.m. (0600 GMT)", [
            ("Monday", "1998-10-12"), ("8 a.m.", "1998-10-12T08:00"),
            ("0600 GMT", "1998-10-12T06:00")]),
    ],
)  # fmt: skip
def test_hours_know_their_half_of_the_day_and_their_day(text: str, expected: list[tuple[str, str]]):
    """The part of the day that stands with an hour says which half it is of."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("open from Monday through Friday", [("Monday", "1998-10-12"), ("Friday", "1998-10-16")]),
        ("in the spring and summer of 1979", [
            ("the spring", "1979-SP"), ("summer of 1979", "1979-SU")]),
        ("the winter of 1998-99", [("the winter of 1998-99", "1998-WI")]),
        ("for the last year and a half", [("the last year and a half", "P1Y6M")]),
        ("a long time ago", [("a long time ago", "PAST_REF")]),
        ("to this day", [("this day", "PRESENT_REF")]),
        ("It rose following Tuesday's talks", [("Tuesday", "1998-10-13")]),
        ("and on the following Tuesday", [("the following Tuesday", "1998-10-20")]),
        ("in the year ahead", [("the year ahead", "P1Y")]),
        ("the last day of the trial, the last week of the strike", []),
        ("in 1995, '96 and '97", [("1995", "1995"), ("'96", "1996"), ("'97", "1997")]),
        ("within a day or so", [("a day or so", "P1D")]),
        ("after a year-long trial", [("year-long", "P1Y")]),
        ("It will run Sunday to Thursday.", [("Sunday", "1998-10-18"), ("Thursday", "1998-10-22")]),
        ("by month's end", [("month's end", "1998-10")]),
        ("the third in as many weeks", []),
        ("some 1900 were lost in the 2000 block", []),
        ("on 12/25/99 and 3/4/98", [("12/25/99", "1999-12-25")]),
    ],
)  # fmt: skip
def test_ranges_and_edges_of_expressions(text: str, expected: list[tuple[str, str]]):
    """What begins a range, what belongs to the length, and "following" that is a preposition."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "surface", "value"),
    [
        ("fr", "Publié le 3 mai 2022 à 14h52", "le 3 mai 2022 à 14h52", "2022-05-03T14:52"),
        ("fr", "au XXIᵉ siècle", "XXIᵉ siècle", "20"),
        ("fr", "d'ici 2050", "2050", "2050"),
        ("pt", "em 3 de maio de 2022 às 14h30", "3 de maio de 2022 às 14h30", "2022-05-03T14:30"),
        ("pt", "diz o dia de hoje", "o dia de hoje", "1998-10-14"),
        ("es", "3 de mayo de 2022 a las 14:30", "3 de mayo de 2022 a las 14:30",
         "2022-05-03T14:30"),
        ("it", "3 maggio 2022, ore 15.30", "3 maggio 2022, ore 15.30", "2022-05-03T15:30"),
        ("de", "am 3. Mai 2022, 14:30 Uhr", "3. Mai 2022, 14:30 Uhr", "2022-05-03T14:30"),
    ],
)  # fmt: skip
def test_stamps_of_pages_are_one_expression(language: str, text: str, surface: str, value: str):
    """A day in words with its hour, as pages show when they were published."""
    assert read(text, language=language) == [(surface, value)]


def test_a_day_an_hour_and_a_part_of_the_day_agree():
    """Where "p.m." is said, the part of the day says nothing new."""
    assert read("Tuesday night at 12:30 a.m.")[0][1] == "1998-10-13T00:30"
