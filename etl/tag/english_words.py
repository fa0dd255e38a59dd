"""English words of time as the rules of `english_dates` need them."""

from __future__ import annotations

from collections.abc import Iterable

from etl.records import TimexType
from etl.tag.lexicon import read_sections


def in_order(section: str) -> list[str]:
    """Return the words of a section of `english_time.txt`, in their order."""
    return [word for line in read_sections("english_time.txt")[section] for word in line.split()]


_ONES, _TENS = in_order("ones"), in_order("tens")
_MONTHS = in_order("months")
NUMBERS = {word: number for number, word in enumerate(_ONES, 1)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
} | {"a": 1, "an": 1, "dozen": 12, "a dozen": 12, "a hundred": 100, "hundred": 100}  # fmt: skip
MONTHS = {word: number for number, word in enumerate(_MONTHS, 1)} | {
    word[:3]: number for number, word in enumerate(_MONTHS, 1)
} | {"sept": 9}  # fmt: skip
WEEKDAYS = {word: number for number, word in enumerate(in_order("weekdays"), 1)} | {
    "mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5
}  # fmt: skip
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
UNITS = {"second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "month": "M",
         "quarter": "Q", "year": "Y", "decade": "E", "century": "C", "night": "D",
         "centurie": "C", "weekend": "WE"}  # fmt: skip
CLOCK_UNITS = frozenset({"second", "minute", "hour"})
PARTS_OF_DAY = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
VAGUE = {
    "now": "PRESENT_REF", "currently": "PRESENT_REF", "nowadays": "PRESENT_REF",
    "at the moment": "PRESENT_REF", "recently": "PAST_REF", "lately": "PAST_REF",
}  # fmt: skip
SETS: dict[str, str] = {
    "daily": "P1D", "weekly": "P1W", "monthly": "P1M", "quarterly": "P1Q", "annually": "P1Y",
    "yearly": "P1Y", "annual": "P1Y", "nightly": "P1D", "hourly": "PT1H",
}  # fmt: skip
# The words that expressions begin with, by what may follow them.
EARLY = ["early", "mid", "late"]
LASTS = ["past", "last", "next", "first", "previous", "coming", "final"]
NEAR = ["last", "next", "this"]
WHEN = [*NEAR, "past", "coming", "previous", "current", "same", "following"]
BY = ["in", "since", "by", "until", "till", "through", "during", "from", "before", "after", "of"]
BY_YEAR = [*EARLY, "fiscal", "between", "circa", "year", "to", "and", "the"]
OVER = ["for", "in", "over", "after", "within", "during"]
THAN = ["for", "within", "than"]
CALENDAR_UNITS = ["day", "week", "month", "quarter", "year", "decade", "century", "weekend"]


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression group for any of `words`, the longest first."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


def duration(count: int | None, unit: str) -> tuple[TimexType, str]:
    """Return the type and value of "three days": P3D; `count` None means not said how many."""
    shown = "X" if count is None else str(count)
    if unit == "decade":
        return "DURATION", f"P{shown}E" if count is None else f"P{count}0Y"
    return "DURATION", f"P{'T' if unit in CLOCK_UNITS else ''}{shown}{UNITS[unit]}"


def read_number(words: str) -> int | None:
    """Return the number that `words` say ("25", "twenty-five", "a"), None for "several"."""
    if words.isascii() and words.isdigit():
        return int(words)
    parts = words.replace("-", " ").split()
    if len(parts) == 2 and parts[0] in _TENS and parts[1] in _ONES:  # noqa: PLR2004 - tens and ones
        return NUMBERS[parts[0]] + NUMBERS[parts[1]]
    return NUMBERS.get(" ".join(parts))
