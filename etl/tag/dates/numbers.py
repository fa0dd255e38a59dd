"""Numbers of an expression: in figures, in words, or not said how many."""

from __future__ import annotations

from etl.tag.dates.scan import Found

Number = int | float
_NUMBER_SLOTS = ("num", "vaguenum")


def read_number(found: Found, slot: str = "num") -> Number | None:
    """Return the number in a slot ("25", "twenty-five", "a hundred"); None where it says "some"."""
    total, part = 0.0, 0.0
    is_said = False
    for piece in found.words(slot):
        value = number_of(found, piece)
        if value is None:
            continue
        is_said = True
        if value in (100, 1000, 1_000_000):
            total, part = total + max(part, 1) * value, 0.0
        else:
            part += value
    if not is_said:
        return None
    return _whole(total + part)


def number_of(found: Found, piece: str) -> Number | None:
    """Return what one word or figure is worth, None if it is no number."""
    if piece[0].isdigit():
        return _figure(piece)
    for name in (
        "ONES",
        "TENS",
        "BIG",
        "DOZEN",
        "FEW",
        "ABOUT",
        "NTH",
        "NTHTENS",
        "NTHUNIT",
        "TEENS",
        "CENT",
    ):
        value = found.scene.grammar.worths.get(name, {}).get(piece)
        if isinstance(value, int):
            return value
    return None


def _figure(piece: str) -> Number | None:
    parts = piece.replace("\u2013", "-").split("-")
    grouped = (
        parts[0].replace(",", "") if len(parts[0].rpartition(",")[2]) == len("000") else parts[0]
    )
    try:
        return _whole(float(grouped.replace(",", ".")))
    except ValueError:
        return None


def _whole(number: float) -> Number:
    return int(number) if number == int(number) else number


def ordinal(found: Found) -> int | None:
    """Return the number of "third", "3rd" or "twenty-first" in the expression."""
    if "nthtens" in found.spans:
        return int(number_of(found, found.words("nthtens")[0]) or 0) + int(
            number_of(found, found.words("nthunit")[0]) or 0
        )
    for slot in ("nth", "dom", "count", "hour"):
        if slot in found.spans:
            value = number_of(found, found.words(slot)[0])
            return int(value) if value is not None else None
    return None


def year_of(found: Found) -> int | None:
    """Return the year an expression names, None if it names none; "'39" is 39."""
    for slot in ("year", "earlyyear", "lateyear", "shortyear", "oldyear"):
        if slot in found.spans:
            return int(found.words(slot)[0])
    if "cent" in found.spans and ("teens" in found.spans or "tens" in found.spans):
        rest = found.words("teens") or (*found.words("tens"), *found.words("ones"))
        return 100 * int(number_of(found, found.words("cent")[0]) or 0) + sum(
            int(number_of(found, piece) or 0) for piece in rest
        )
    if "yr" in found.spans:
        words = found.words("yr")
        return 2000 + int(number_of(found, words[-1]) or 0) % 1000 if words else None
    return None
