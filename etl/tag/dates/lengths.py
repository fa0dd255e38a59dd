"""Durations and sets, clock times, and what is the same wherever it stands."""

from __future__ import annotations

from etl.records import TimexType
from etl.tag.dates.numbers import Number, number_of, read_number
from etl.tag.dates.pieces import HYPHEN
from etl.tag.dates.resolve import Resolver, Said
from etl.tag.dates.scan import Found
from etl.tag.dates.story import Story
from etl.tag.dates.values import unit_value

_UNIT_SLOTS = ("unit", "units", "clockunit", "clockunits", "adjunit")
_CLOCK = "T"
_YEARS = {"DE": 10, "CE": 100, "ML": 1000}


def unit_of(found: Found) -> str:
    """Return the code of the unit: "D", "W", "TH" for hours; "" if it names none."""
    for slot in _UNIT_SLOTS:
        if found.has(slot):
            return str(found.worth(slot))
    return ""


def length_of(found: Found) -> tuple[Number | None, str]:
    """Return how many of which unit; None: "several"."""
    if "num" in found.spans:
        return read_number(found), unit_of(found)
    plural = any(slot in found.spans for slot in ("vaguenum", "some", "units", "clockunits"))
    if (some := read_number(found, "vaguenum")) is not None:
        return some, unit_of(found)  # "a couple of years"
    return (None if plural else 1), unit_of(found)


def length_value(count: Number | None, unit: str) -> str:
    """Return the value of a length: "P3D", "PT2H", "PXW", of decades in years."""
    shown = "X" if count is None else f"{count:g}" if isinstance(count, float) else str(count)
    if unit.startswith(_CLOCK):
        return f"PT{shown}{unit[1:]}"
    if unit == "WE":
        return f"P{shown}WE"
    years = _YEARS.get(unit)
    if years and count is not None:
        return f"P{count * years:g}Y"
    return f"P{shown}{unit}"


def _length(found: Found, story: Story) -> Said | None:
    count, unit = length_of(found)
    if not unit or (unit == "Q" and HYPHEN in found.scene.pieces[found.first : found.last]):
        return None  # "three-quarters of them"
    if unit == "M" and isinstance(count, int):
        story.is_quarterly = False  # "In the first nine months, it earned more than a year ago."
    return Said("DURATION", length_value(count, unit))


_HALVES = {"Y": ("M", 6), "TH": ("TM", 30), "TM": ("TS", 30), "D": ("TH", 12)}


def _lengthword(found: Found, _: Story) -> Said | None:
    """Say what is a length in one word, such as German "zweiwöchige": 2W."""
    worth = str(found.worth("spelledadj"))
    digits = worth.rstrip("ABCDEFGHIJKLMNOPQRSTUVWYZ") if worth[0] != "X" else ""
    unit = worth[len(digits or "X") :]
    return Said("DURATION", length_value(int(digits) if digits else None, unit))


def _half_more(found: Found, _: Story) -> Said | None:
    """Say "two and a half years": P2Y6M."""
    count, unit = length_of(found)
    if unit not in _HALVES or not isinstance(count, int):
        years = _YEARS.get(unit)
        return Said("DURATION", length_value((count or 0) + 0.5, unit)) if not years else Said(
            "DURATION", f"P{int(((count or 0) + 0.5) * years)}Y"
        )
    smaller, half = _HALVES[unit]
    whole, rest = length_value(count, unit), f"{half}{smaller[-1]}"
    is_clock_new = smaller.startswith(_CLOCK) and not unit.startswith(_CLOCK)
    return Said("DURATION", whole + (_CLOCK if is_clock_new else "") + rest)


def _half_only(found: Found, _: Story) -> Said | None:
    """Say "half an hour": PT30M."""
    unit = unit_of(found)
    if unit in _YEARS:
        return Said("DURATION", f"P{_YEARS[unit] // 2}Y")
    smaller, half = _HALVES.get(unit, (unit, 0.5))
    return Said("DURATION", length_value(half, smaller))


def _lengthref(found: Found, _: Story) -> Said | None:
    return Said("DURATION", length_value(None, unit_of(found)))


def _set(found: Found, _: Story) -> Said | None:
    for slot, shape in (
        ("sureweekday", "XXXX-WXX-{}"), ("weekdays", "XXXX-WXX-{}"), ("season", "XXXX-{}"),
        ("month", "XXXX-{:02d}"),
    ):  # fmt: skip
        if slot in found.spans:
            value = shape.format(found.worth(slot))
            part = found.worth("part") or found.worth("parts") or ""
            return Said("SET", f"{value}{part}")
    if "part" in found.spans:
        return Said("SET", f"XXXX-XX-XX{found.worth('part')}")
    count, unit = length_of(found)
    return Said("SET", length_value(count, unit)) if unit else None


def _fixed(found: Found, _: Story) -> Said | None:
    kind: TimexType = found.rule.given["type"]
    return Said(kind, str(found.rule.given["value"]))


def _oneyear(found: Found, _: Story) -> Said | None:
    return Said("DURATION", length_value(1, unit_of(found)))


def _clock(found: Found, story: Story) -> Said | None:
    time = clock_time(found)
    if time is None:
        return None
    day = unit_value("D", 0, story.there() if story.is_narrative else story.here())
    return Said("TIME", day + time)


def clock_time(found: Found) -> str | None:
    """Return the time of day an expression names ("T17:30"), None for what no clock shows."""
    if "clockword" in found.spans:
        return str(found.worth("clockword"))
    slot = next(slot for slot in ("clock", "dotclock", "hour", "ones") if slot in found.spans)
    hour, _, minute = found.words(slot)[0].replace(".", ":").partition(":")
    minute = minute or "".join(found.words("two"))
    hours = int(hour) if hour.isdigit() else int(number_of(found, hour) or 0)
    half = _half_of_day(found)
    if hours > 24 or (half is not None and hours > 12):
        return None
    if half is not None:
        hours = hours % 12 + half
    return f"T{hours:02d}:{minute[:2] or '00'}"


def _half_of_day(found: Found) -> int | None:
    if "part" in found.rule.given:
        return {"am": 0, "pm": 12}[found.rule.given["part"]]
    if "ampmword" in found.spans:
        return int(found.worth("ampmword") or 0)
    if "ampm" in found.spans:
        return 12 if found.words("ampm")[0].lower() == "p" else 0
    return None


LENGTHS: dict[str, Resolver] = {
    "length": _length, "lengthref": _lengthref, "somelength": _lengthref, "half_more": _half_more, "lengthword": _lengthword, "half_only": _half_only, "set": _set,
    "oneyear": _oneyear, "fixed": _fixed, "clock": _clock,
}  # fmt: skip
