"""Durations and sets, and what is the same wherever it stands."""

from __future__ import annotations

from etl.records import TimexType
from etl.tag.dates.numbers import Number, ordinal, read_number
from etl.tag.dates.pieces import HYPHEN
from etl.tag.dates.resolve import Resolver, Said
from etl.tag.dates.scan import Found
from etl.tag.dates.slots import mod_of
from etl.tag.dates.story import Story

CLOCK = "T"
"""What the codes of hours, minutes and seconds begin with: "TH"."""

_UNIT_SLOTS = ("unit", "units", "clockunit", "longclockunit", "clockunits", "adjunit")
_PLURAL_SLOTS = ("vaguenum", "some", "units", "clockunits")
_SHARED = 3
"""Of four quarters three are mostly a share: "three quarters of the men"."""
_YEARS = {"DE": 10, "CE": 100, "ML": 1000}
_SET_SHAPES = dict.fromkeys(
    ("sureweekday", "weekday", "weekdays", "dayname", "weekend"), "XXXX-WXX-{}"
) | {"season": "XXXX-{}", "month": "XXXX-{:02d}", "part": "XXXX-XX-XX{}"}
_HALVES = {"Y": ("M", 6), "TH": ("TM", 30), "TM": ("TS", 30), "D": ("TH", 12)}


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
    plural = any(slot in found.spans for slot in _PLURAL_SLOTS)
    for slot in ("vaguenum", "about"):
        if (some := read_number(found, slot)) is not None:
            return some, unit_of(found)  # "a couple of years", "une dizaine de jours"
    return (None if plural else 1), unit_of(found)


def length_value(count: Number | None, unit: str) -> str:
    """Return the value of a length: "P3D", "PT2H", "PXW", of decades in years."""
    shown = "X" if count is None else f"{count:g}" if isinstance(count, float) else str(count)
    if unit.startswith(CLOCK):
        return f"PT{shown}{unit[1:]}"
    if unit == "WE":
        return f"P{shown}WE"
    years = _YEARS.get(unit)
    if years and count is not None:
        return f"P{count * years:g}Y"
    return f"P{shown}{unit}"


def _length(found: Found, story: Story) -> Said | None:
    count, unit = length_of(found)
    if not unit or (unit == "Q" and _is_share(found, count)):
        return None
    if unit == "M" and isinstance(count, int):
        story.is_quarterly = False  # "In the first nine months, it earned more than a year ago."
    return Said("DURATION", length_value(count, unit), mod_of(found))


def _is_share(found: Found, count: Number | None) -> bool:
    """Return whether quarters are parts: "three-quarters", "a quarter", "in some quarters"."""
    pieces = found.scene.pieces
    after = next((piece for piece in pieces[found.last : found.last + 2] if piece.strip()), "")
    own = pieces[found.first : found.last]
    is_bare = sum(piece.isalnum() for piece in own) <= 2  # noqa: PLR2004 - the number and "quarters"
    is_of = after in found.scene.grammar.traits.get("of", ())
    is_part = count == _SHARED and is_bare and is_of  # Of a year there may be "the first three".
    return HYPHEN in own or count == 1 or is_part or (count is None and "some" in own)


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
        return (
            Said("DURATION", length_value((count or 0) + 0.5, unit))
            if not years
            else Said("DURATION", f"P{int(((count or 0) + 0.5) * years)}Y")
        )
    smaller, half = _HALVES[unit]
    whole, rest = length_value(count, unit), f"{half}{smaller[-1]}"
    is_clock_new = smaller.startswith(CLOCK) and not unit.startswith(CLOCK)
    return Said("DURATION", whole + (CLOCK if is_clock_new else "") + rest, mod_of(found))


def _half_only(found: Found, _: Story) -> Said | None:
    """Say "half an hour": PT30M."""
    unit = unit_of(found)
    if unit in _YEARS:
        return Said("DURATION", f"P{_YEARS[unit] // 2}Y")
    smaller, half = _HALVES.get(unit, (unit, 0.5))
    return Said("DURATION", length_value(half, smaller))


def _lengthref(found: Found, _: Story) -> Said | None:
    return Said("DURATION", length_value(None, unit_of(found)))


def _oneyear(found: Found, _: Story) -> Said | None:
    return Said("DURATION", length_value(1, unit_of(found)))


def _set(found: Found, _: Story) -> Said | None:
    for slot, shape in _SET_SHAPES.items():
        if slot in found.spans:
            part = found.worth("part") if slot != "part" else None
            part = part or found.worth("parts") or ""
            return Said("SET", f"{shape.format(found.worth(slot))}{part}")
    count, unit = length_of(found)
    if found.rule.given.get("times") or (count is None and "num" not in found.spans):
        count = 1  # "toutes les heures"
    return Said("SET", length_value(count, unit)) if unit else None


def _everynth(found: Found, _: Story) -> Said | None:
    """Say "every other day": P2D."""
    return Said("SET", length_value(ordinal(found) or 2, unit_of(found)))


def _fixed(found: Found, _: Story) -> Said | None:
    kind: TimexType = found.rule.given["type"]
    return Said(kind, str(found.rule.given["value"]))


def _nothing(_: Found, __: Story) -> None:
    """Say nothing of what is only named after a day: "the Good Friday Agreement"."""


LENGTHS: dict[str, Resolver] = {
    "length": _length,
    "lengthword": _lengthword,
    "lengthref": _lengthref,
    "somelength": _lengthref,
    "half_more": _half_more,
    "half_only": _half_only,
    "oneyear": _oneyear,
    "set": _set,
    "everynth": _everynth,
    "fixed": _fixed,
    "nothing": _nothing,
}
