"""What guidelines, sentences and pages showed to be read wrongly, each mended."""

from __future__ import annotations

import pytest

from tests.tag.dates.readings import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from May 3-5, 2021", [("May 3", "2021-05-03"), ("5, 2021", "2021-05-05")]),
        ("from May to July 2021", [("May", "2021-05"), ("July 2021", "2021-07")]),
        ("November to March 2021", [("November", "2020-11"), ("March 2021", "2021-03")]),
        ("in 1914-18 and", [("1914", "1914"), ("18", "1918")]),
        ("the end of March", [("the end of March", "2024-03")]),
        ("in early 2019", [("early 2019", "2019")]),
        ("at 5 p.m. EST Nov. 9 it", [("5 p.m. EST Nov. 9", "2023-11-09T17:00")]),
        ("two and a half years", [("two and a half years", "P2Y6M")]),
        ("the first half of 2024", [("the first half of 2024", "2024-H1")]),
        ("the first half of fiscal 2022", [("the first half of fiscal 2022", "2022-H1")]),
        ("the final quarter of 2004", [("the final quarter of 2004", "2004-Q4")]),
        (
            "sales in the second and third quarters",
            [("the second", "2023-Q2"), ("third quarters", "2023-Q3")],
        ),
        ("in fiscal 2021/22", [("fiscal 2021/22", "2021/2022")]),
        ("The March unemployment rate", [("March", "2023-03")]),
        ("through February and March, he", [("February", "2024-02"), ("March", "2024-03")]),
        ("they march on sales", []),
        ("a 40 percent fall in the current year", [("the current year", "2023")]),
        ("in the fall of last year", [("the fall of last year", "2022-FA")]),
        ("weeks of protests", [("weeks", "PXW")]),
        ("At the weekend they lost", [("the weekend", "2023-W40-WE")]),
        ("built a while ago", [("a while ago", "PAST_REF")]),
        ("Prices fell overnight.", [("overnight", "2023-10-12TNI")]),
        (
            "It rose in August. Early in the morning",
            [
                ("August", "2023-08"),
                ("Early in the morning", "2023-10-12TMO"),
            ],
        ),
        ("on Holocaust Memorial Day", []),
        ("on Thanksgiving 2023", [("Thanksgiving 2023", "2023-11-23")]),
        ("until Good Friday", [("Good Friday", "2024-03-29")]),
        ("the fourth quarter of the match", []),
        ("net income in the third quarter rose", [("the third quarter", "2023-Q3")]),
        ("It is due on Friday", [("Friday", "2023-10-13")]),
        ("It was due on Friday", [("Friday", "2023-10-06")]),
        ("the year ended Jan. 31", [("the year", "P1Y"), ("Jan. 31", "2023-01-31")]),
        ("two and a half years ago it", [("two and a half years ago", "2021-04")]),
        ("over a decade ago it", [("over a decade ago", "201")]),
        ("open until Sunday", [("Sunday", "2023-10-15")]),
        ("held on a Tuesday", [("a Tuesday", "XXXX-WXX-2")]),
        ("the week of Oct. 3", [("the week of Oct. 3", "2023-W40")]),
        ("the quarter ended June 30", [("the quarter", "2023-Q2"), ("June 30", "2023-06-30")]),
        ("at 0730 GMT it", [("0730 GMT", "2023-10-12T07:30")]),
        ("at 1975 GMT it", []),
        ("two million a year", [("a year", "P1Y")]),
        ("after 9/11 they", [("9/11", "2001-09-11")]),
        ("it will one day end", [("one day", "FUTURE_REF")]),
        (
            "The quake of Aug. 24 struck at 3:36 a.m.",
            [("Aug. 24", "2023-08-24"), ("3:36 a.m.", "2023-08-24T03:36")],
        ),
        (
            "On Aug. 24 it shook. At 3:36 a.m. it",
            [("Aug. 24", "2023-08-24"), ("3:36 a.m.", "2023-10-12T03:36")],
        ),
        ("call 555-1990 or 1-800-2000", []),
        ("lost 3-2 and 21-14", []),
        ("version 2023.4", []),
        ("it cost $1999", []),
    ],
)
def test_english_expressions_have_the_extent_and_value_of_the_guidelines(
    text: str, expected: list[tuple[str, str]]
):
    """Ranges are two dates, modifiers belong in, prepositions do not."""
    assert [(timex.surface, timex.timex_value) for timex in read(text)] == expected


def test_a_narrative_turns_the_year_and_goes_on_after_an_aside():
    """What was since 1938 is said by the way; January after December is of the next year."""
    text = (
        "The council met in May 1941 and in June 1941. Braun, in office since 1938 (and mayor from "
        "1930), spoke. In December it met again. In January it was dissolved."
    )
    found = [(one.surface, one.timex_value) for one in read(text)]
    assert ("December", "1941-12") in found
    assert ("January", "1942-01") in found


@pytest.mark.parametrize(
    ("language", "text", "surface", "value"),
    [
        ("de", "bis Sonntag", "Sonntag", "2023-10-15"),
        ("de", "am Freitag um 18 Uhr", "Freitag um 18 Uhr", "2023-10-06T18:00"),
        ("de", "morgen früh", "morgen früh", "2023-10-13TMO"),
        ("es", "hasta el domingo", "el domingo", "2023-10-15"),
        ("es", "dos veces al día", "dos veces al día", "P1D"),
        ("fr", "deux fois par jour", "deux fois par jour", "P1D"),
        ("fr", "décembre de l'année dernière", "décembre de l'année dernière", "2022-12"),
        ("it", "il primo gennaio 2025", "il primo gennaio 2025", "2025-01-01"),
        ("it", "più di trent'anni fa", "più di trent'anni fa", "1993"),
        ("it", "il 7 ottobre scorso", "il 7 ottobre scorso", "2023-10-07"),
        ("pt", "até domingo", "domingo", "2023-10-15"),
        ("pt", "início dos anos 2000", "início dos anos 2000", "200"),
    ],
)
def test_what_fresh_sentences_showed_is_read(language: str, text: str, surface: str, value: str):
    """Classes that sentences written after the grammars brought to light."""
    (found,) = read(text, language=language)
    assert (found.surface, found.timex_value) == (surface, value)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He hid since Dec. 7. On Dec. 7 he fled."),
        ("en", "The Dec. 7 attacks. The men of Dec. 7 fled."),
        ("en", "It began on December 7, 2022. Dec. 7 will not be forgotten."),
        ("de", "Seit dem 7. Dezember ist Krieg, und vor dem 7. Dezember war keiner."),
        ("fr", "Depuis le 7 décembre, et avant le 7 décembre aussi."),
        ("es", "Los ataques del 7 de diciembre; el 7 de diciembre llovía."),
        ("pt", "Os ataques de 7 de dezembro; em 7 de dezembro chovia."),
        ("it", "Gli attacchi del 7 dicembre; il 7 dicembre pioveva."),
    ],
)
def test_what_a_text_says_of_a_day_once_holds_for_all_of_it(language: str, text: str):
    """In October the next 7 December is nearer; since it, or after its attack, it is over."""
    days = [one.timex_value for one in read(text, language=language)]
    assert days == ["2022-12-07", "2022-12-07"]


def test_a_sentence_ends_where_its_quote_does():
    """What will be, in the words of another, is not what was on Saturday."""
    (found,) = read('He said: "They will not come back any sooner." On Saturday, a boat sank.')
    assert found.timex_value == "2023-10-07"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 10 p.m. to 6 a.m.", ["2023-10-12T22:00", "2023-10-12T06:00"]),
        ("It is unseen since March, and is to reopen.", ["2023-03"]),
        ("a second term, for a second time", []),
        ("may last 72 hours", ["PT72H"]),
        ("in a matter of days", ["PXD"]),
        ("the week before last", ["2023-W39"]),
        ("The vote was in 2022, not the year before.", ["2022", "2021"]),
        ("on the third Monday of January", ["2024-01-15"]),
        ("the fifth Monday of June", []),
        ("the July-September quarter", ["2023-Q3"]),
        ("sales in Q3 2022", ["2022-Q3"]),
        ("the 2023/24 season, 1/2 of 2023/17", ["2023/2024"]),
        ("for half a century, the last quarter-century", ["P50Y", "P25Y"]),
        ("half a century ago", ["1973"]),
        ("a months-long siege, a weeklong trip, a decades-old mill", ["PXM", "P1W", "PXDE"]),
        ("from Sept. 5 to 9", ["2023-09-05", "2023-09-09"]),
        ("after Friday the 13th", ["2023-10-13"]),
        ("two-and-a-half-year", ["P2Y6M"]),
        ("about a quarter of the men, three quarters of them, in some quarters", []),
        ("U.N. Resolution 1973, Flight 2019", []),
        ("USA Today and the Sunday Times on 20th Century Fox", []),
    ],
)
def test_what_our_own_newspaper_sentences_showed_is_read(text: str, expected: list[str]):
    """Classes of newswire that sentences written for evals/dates/labels/en.own.txt brought up."""
    assert [timex.timex_value for timex in read(text)] == expected


def test_a_narrative_knows_the_day_of_a_month_it_named():
    """On the 5th: of the month told of, or of the next if that day is over."""
    text = "In 1918 and 1919 they met. On 28 May 1920 he left. On the 3rd, he was seen."
    assert [one.timex_value for one in read(text)][-1] == "1920-06-03"


@pytest.mark.parametrize(
    ("language", "text", "surface", "value"),
    [
        ("pt", "nesta quinta-feira (5)", "nesta quinta-feira (5)", "2023-10-05"),
        ("pt", "na noite de sábado (7)", "noite de sábado (7)", "2023-10-07TNI"),
        ("pt", "na tarde de hoje", "tarde de hoje", "2023-10-12TAF"),
        ("pt", "Lisboa, 14 Mar 2020", "14 Mar 2020", "2020-03-14"),
        ("pt", "14/03/2020 16h15", "14/03/2020 16h15", "2020-03-14T16:15"),
        ("es", "el lunes 9, dijo", "el lunes 9", "2023-10-09"),
        ("es", "la tarde del martes 10", "la tarde del martes 10", "2023-10-10TAF"),
        ("es", "el mes de marzo 2020", "el mes de marzo 2020", "2020-03"),
        ("it", "martedì 10 si vota", "martedì 10", "2023-10-10"),
        ("it", "ROMA, 28 LUG - Piove", "28 LUG", "2023-07-28"),
        ("fr", "mardi 10, il neigeait", "mardi 10", "2023-10-10"),
        ("fr", "il recevra dimanche", "dimanche", "2023-10-15"),
        ("fr", "depuis le 1er novembre", "le 1er novembre", "2022-11-01"),
        ("de", "Die Saison 2023/24", "2023/24", "2023/2024"),
    ],
)
def test_what_pages_of_a_first_half_showed_is_read(
    language: str, text: str, surface: str, value: str
):
    """Weekdays with the day of the month, stamps with an hour, datelines with a short month."""
    (found,) = read(text, language=language)
    assert (found.surface, found.timex_value) == (surface, value)


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "según el diario de Madrid"), ("it", "il quotidiano esce"), ("pt", "o diário diz")],
)
def test_a_newspaper_is_no_habit(language: str, text: str):
    """What is daily may be a paper."""
    assert read(text, language=language) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("every other day, every third week", ["P2D", "P3W"]),
        ("every second counts", []),
        ("at 5 a.m. local time on October 3", ["2023-10-03T05:00", "2023-10-03"]),
        ("The riots of May 2021 began on May 9.", ["2021-05", "2021-05-09"]),
        ("the Player of the Year", []),
    ],
)
def test_habits_hours_and_months_are_settled_by_their_neighbours(text: str, expected: list[str]):
    """A second is an ordinal, the hour is of the day after it, May of the year it was given."""
    assert [timex.timex_value for timex in read(text)] == expected


def test_a_narrative_does_not_follow_what_came_before_or_would_come():
    """Who looks back to the previous year, or ahead to 1946, goes on where he was."""
    text = (
        "In 1938 and 1939 he drew. On 3 June 1941 he left. It was colder than the previous year. "
        "In July he wrote. A dam that would break in 1946 was built. In August he fell."
    )
    values = [timex.timex_value for timex in read(text)]
    assert values[2:] == ["1941-06-03", "1940", "1941-07", "1946", "1941-08"]


@pytest.mark.parametrize(
    ("language", "text", "surface", "value"),
    [
        ("de", "ein halbes Jahr", "ein halbes Jahr", "P6M"),
        ("de", "seit anderthalb Jahren", "anderthalb Jahren", "P1Y6M"),
        ("es", "el próximo 3 de octubre", "el próximo 3 de octubre", "2024-10-03"),
        ("es", "abre a medianoche", "medianoche", "2023-10-12T24:00"),
        ("fr", "il part à midi", "midi", "2023-10-12T12:00"),
        ("it", "nell'Ottocento", "Ottocento", "18"),
        ("it", "il prossimo 3 ottobre", "il prossimo 3 ottobre", "2024-10-03"),
        ("it", "qualche anno fa", "qualche anno fa", "PAST_REF"),
        ("pt", "no próximo dia 3 de outubro", "próximo dia 3 de outubro", "2024-10-03"),
        ("pt", "sai ao meio-dia", "meio-dia", "2023-10-12T12:00"),
    ],
)
def test_what_was_read_wrongly_in_lists_of_expressions_is_mended(
    language: str, text: str, surface: str, value: str
):
    """Halves in a word, noon, the coming third of October, the century that is a word."""
    (found,) = read(text, language=language)
    assert (found.surface, found.timex_value) == (surface, value)
