"""Business quarters, and the periods that figures of one are compared with."""

from __future__ import annotations

from etl.tag.dates.nearest import year_beside
from etl.tag.dates.numbers import ordinal
from etl.tag.dates.resolve import Resolver, Said
from etl.tag.dates.scan import Found
from etl.tag.dates.slots import full_year, mod_of
from etl.tag.dates.story import Moment, Story
from etl.tag.dates.values import quarter_of, unit_value

_LAST_QUARTER, _QUARTER_MONTHS = 4, 3


def _quarter(found: Found, story: Story) -> Said | None:
    year, here = full_year(found, story), story.here()
    number = found.rule.given.get("number") or ordinal(found)
    if number is None:
        return _same_quarter(found, story, year)
    if number > _LAST_QUARTER or (year is None and not is_business(found)):
        return None  # The fourth quarter of a match.
    if year is None and here:
        # Early in a year the fourth quarter is the last one.
        year = here.year - (number == _LAST_QUARTER and (here.month or 12) <= _QUARTER_MONTHS)
        year -= int(found.rule.given.get("back", 0))
    value = f"{year:04d}-Q{number}" if year else f"XXXX-Q{number}"
    # Who reports a quarter names it first; what else is named later is compared with it.
    story.quarter = story.quarter or value
    story.is_quarterly = True
    return Said("DATE", value, mod_of(found))


def is_business(found: Found, *, least: int = 1) -> bool:
    """Return whether a text has `least` words of business; a language without any says always."""
    business = found.scene.grammar.traits.get("business")
    return business is None or len(found.scene.vocabulary.intersection(business)) >= least


def _quarters(found: Found, story: Story) -> Said | None:
    year = full_year(found, story)
    return Said("DATE", f"{year:04d}-H1") if year else None


def _months(found: Found, story: Story) -> Said | None:
    """Say "the July-September quarter": the quarter these months are, else how many they are."""
    first, last = int(found.worth("month") or 0), int(found.worth("month_") or 0)
    count = (last - first) % 12 + 1
    here = story.here()
    if count != _QUARTER_MONTHS or first % _QUARTER_MONTHS != 1 or not here:
        return Said("DURATION", f"P{count}M")
    value = quarter_of(year_beside(here, last, 28, -1), last)
    story.quarter, story.is_quarterly = story.quarter or value, True
    return Said("DATE", value)


def _same_quarter(_: Found, story: Story, year: int | None) -> Said:
    quarter = story.quarter or (
        quarter_of(story.anchor.year, story.anchor.month) if story.anchor else "XXXX-QX"
    )
    return Said("DATE", f"{year:04d}{quarter[4:]}" if year else quarter)


def _quarterago(found: Found, story: Story) -> Said | None:
    quarter = story.quarter or _own_quarter(story)
    year = full_year(found, story)
    if year:
        return Said("DATE", f"{year:04d}{quarter[4:]}")
    return Said("DATE", _year_before(quarter))


def _endedquarter(found: Found, story: Story) -> Said | None:
    """Say "the quarter" of "the quarter ended Sept. 30": the one that day ends."""
    month, here = int(found.worth("month") or 0), story.here()
    if not here:
        return Said("DATE", "XXXX-QX")
    value = quarter_of(year_beside(here, month, 28, -1), month)
    story.quarter, story.is_quarterly = value, True
    return Said("DATE", value)


def _latest(found: Found, story: Story) -> Said | None:
    if not story.quarter and (story.is_narrative or not is_business(found)):
        return None
    return Said("DATE", story.quarter or _own_quarter(story))


def _own_quarter(story: Story) -> str:
    """Return the last quarter that was over on the day of writing."""
    return unit_value("Q", -1, Moment.of(story.anchor)) if story.anchor else "XXXX-QX"


def _yearago(_: Found, story: Story) -> Said | None:
    if story.quarter and story.is_quarterly:
        return Said("DATE", _year_before(story.quarter))
    return Said("DATE", unit_value("Y", -1, story.here()))


def _year_before(quarter: str) -> str:
    year = quarter[:4]
    return f"{int(year) - 1:04d}{quarter[4:]}" if year.isdigit() else quarter


QUARTERS: dict[str, Resolver] = {
    "quarter": _quarter,
    "quarters": _quarters,
    "months": _months,
    "quarterago": _quarterago,
    "latest": _latest,
    "endedquarter": _endedquarter,
    "yearago": _yearago,
}
