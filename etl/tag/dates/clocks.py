"""Times of day: "3 p.m.", "5 p.m. EST Nov. 9", "midnight Friday", "the night of May 3"."""

from __future__ import annotations

import re

from etl.tag.dates.absolute import say_date, say_figures
from etl.tag.dates.numbers import number_of, ordinal
from etl.tag.dates.relative import in_day, say_dayword, say_part, say_weekday
from etl.tag.dates.resolve import Resolver, Said
from etl.tag.dates.scan import Found
from etl.tag.dates.slots import dated, part_of
from etl.tag.dates.story import Story, sentence_around
from etl.tag.dates.values import unit_value

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MAX_WORDS = 3
_HOURS_A_DAY, _HOURS_A_HALF, _DAWN = 24, 12, 6
_WEEKDAYS = frozenset({"weekday", "sureweekday", "dayname", "weekend", "weekdaypart"})
_HALVES = {"am": 0, "pm": 12}


def _partof(found: Found, story: Story) -> Said | None:
    month = int(found.worth("month") or 0)
    day = ordinal(found)
    value = dated(found, story, month, day)
    return in_day(value, part_of(found) or "TNI", None) if value else None


def _clockdate(found: Found, story: Story) -> Said | None:
    value = dated(found, story, int(found.worth("month") or 0), ordinal(found))
    time = clock_time(found)
    return Said("TIME", value + time) if value and time else None


def _stamp(found: Found, story: Story) -> Said | None:
    """Say "14/03/2020 16h15"."""
    day, time = say_figures(found, story), clock_time(found)
    return Said("TIME", day.value + time) if day and time else day


def _clockday(found: Found, story: Story) -> Said | None:
    if not _WEEKDAYS.isdisjoint(found.spans):
        day = say_weekday(found, story)
    elif "dayword" in found.spans:
        day = say_dayword(found, story)
    else:
        day = say_part(found, story)
    time = clock_time(found)
    return Said("TIME", day.value.partition("T")[0] + time) if day and time else None


def _clock(found: Found, story: Story) -> Said | None:
    time = clock_time(found)
    if time is None:
        return None
    base = story.there() if story.is_narrative else story.here()
    if story.day and sentence_around(found.scene, found)[0] < story.day_place <= found.first:
        base = story.day  # "The quake of 24 August struck at 3:36."
    day = unit_value("D", 0, base)
    if (
        story.day_ahead
        and (said := say_date(story.day_ahead, story))
        and _DAY.fullmatch(said.value)
    ):
        day = said.value
    return Said("TIME", day + time)


def day_after(found: Found, follower: Found) -> Found | None:
    """Return `follower` if it is the day of the hour `found`: "5 a.m. Baghdad time on March 20"."""
    if found.kind != "clock" or follower.kind != "date":
        return None
    scene = found.scene
    words = [piece for piece in scene.pieces[found.last : follower.first] if not piece.isspace()]
    is_joined = 0 < len(words) <= _MAX_WORDS and words[-1] in scene.grammar.traits.get("on", ())
    return follower if is_joined and "." not in words else None


def clock_time(found: Found) -> str | None:
    """Return the time of day an expression names ("T17:30"), None for what no clock shows."""
    for slot in ("clockword", "noonword"):
        if slot in found.spans:
            return str(found.worth(slot))
    slot = next(
        slot for slot in ("clock", "dotclock", "fours", "hour", "ones") if slot in found.spans
    )
    shown = found.words(slot)[0].replace(".", ":")
    if slot == "fours":
        shown = f"{shown[:2]}:{shown[2:]}"  # "1430 GMT"
    hour, _, minute = shown.partition(":")
    minute = minute or "".join(found.words("two"))
    hours = int(hour) if hour.isdigit() else int(number_of(found, hour) or 0)
    half = _half_of_day(found, hours)
    if minute[:2] > "59" or hours > _HOURS_A_DAY or (half is not None and hours > _HOURS_A_HALF):
        return None
    if half is not None:
        hours = hours % 12 + half
    return f"T{hours:02d}:{minute[:2] or '00'}"


def _half_of_day(found: Found, hours: int) -> int | None:
    if "part" in found.rule.given:
        return {"am": 0, "pm": 12}[found.rule.given["part"]]
    if "ampmword" in found.spans:
        return int(found.worth("ampmword") or 0)
    if "ampm" in found.spans:
        return 12 if found.words("ampm")[0].lower() == "p" else 0
    if "part" in found.spans and hours <= _HOURS_A_HALF:  # "8 o'clock in the evening"
        part = found.worth("part")
        is_night = part == "TNI" and (hours < _DAWN or hours == _HOURS_A_HALF)
        return 0 if part == "TMO" or is_night else 12
    return None


CLOCKS: dict[str, Resolver] = {
    "partof": _partof,
    "clock": _clock,
    "clockdate": _clockdate,
    "stamp": _stamp,
    "clockday": _clockday,
}
