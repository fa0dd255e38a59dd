"""Articles that programs write: one frame, other facts each day. None is a duplicate of another."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

from evals.dedup.edits import person

_TOWNS = (
    "Alnwick", "Bergama", "Colima", "Dinant", "Elbasan", "Faro", "Gjirokastër", "Hallein",
    "Ioannina", "Jihlava", "Kotka", "Lugo", "Matera", "Nantes", "Odda", "Pula", "Quimper",
    "Rovaniemi", "Sligo",
)  # fmt: skip
_ZH = ("临江", "青山", "白河", "东阳", "南溪", "西岭", "北原", "长桥")
_JA = ("白浜", "青川", "赤谷", "北山", "南原", "東野", "西沢", "中島")
_AR = ("القلعة", "الميناء", "الواحة", "النخيل", "الجسر", "السوق", "البستان", "المنارة")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TAGE = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")

FRAMES = tuple(
    tuple(frame.splitlines())
    for frame in Path(__file__).with_name("frames.txt").read_text("utf-8").split("\n\n")
)
"""A title and paragraphs each, with names of facts in braces."""


def fill(frame: int, rnd: Random) -> tuple[str, list[str]]:
    """Return title and paragraphs of one article of a frame."""
    title, *paragraphs = FRAMES[frame]
    towns = rnd.sample(_TOWNS, 2)
    told = {
        "town": towns[0], "town2": towns[1], "zh": rnd.choice(_ZH), "ja": rnd.choice(_JA),
        "ar": rnd.choice(_AR), "day": rnd.choice(_DAYS), "tag": rnd.choice(_TAGE),
    }  # fmt: skip

    def put(found: re.Match[str]) -> str:
        name = found.group(1)
        if name in told:
            return told[name]
        if name == "person":
            return person(rnd)
        return str(rnd.randint(2, 9) if name in "kg" else rnd.randint(10, 59))

    return _put(title, put), [_put(part, put) for part in paragraphs]


def _put(text: str, put: Callable[[re.Match[str]], str]) -> str:
    return re.sub(r"\{(\w+)\}", put, text)
