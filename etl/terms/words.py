"""Words as they are looked for: which characters make them, and what spelling they all share.

Ranges, not the classes Unicode names: those differ between Python and DuckDB, and from version to
version of both.
"""

from __future__ import annotations

import re
import unicodedata

UNSPACED = (
    "0E01-0E3A 0E40-0E4E 0E50-0E59 0E81-0EDF 1000-1049 1050-109F 1780-17D3 17D7 17DC-17E9 "
    "3005-3007 3041-309F 30A1-30FA 30FC-30FF 31F0-31FF 3400-4DBF 4E00-9FFF AC00-D7A3 F900-FAFF "
    "FF66-FF9F 20000-3FFFF"
)
"""Scripts written without spaces, and Hangul, whose words take endings that are words too."""

SPACED = (
    "0030-0039 0041-005A 0061-007A 00AA 00AD 00B5 00BA 00C0-00D6 00D8-00F6 00F8-02B8 0300-0374 "
    "0376-037D 037F-0386 0388-0481 0483-0559 0560-0588 0591-05BD 05BF 05C1-05C2 05C4-05C5 "
    "05C7-05F2 0610-061A 061C 0620-0669 066E-06D3 06D5-06DC 06DF-06E8 06EA-06FC 06FF 0710-0963 "
    "0966-096F 0971-0DF3 0F00 0F18-0F33 0F3E-0F84 0F86-0FBC 10A0-10FA 10FC-135F 1369-166C "
    "166F-167F 1681-169A 16A0-16EA 16EE-1734 1740-177F 180B-1943 1946-1A1D 1A20-1FFF 200B-200F "
    "202A-202E 2060-206F 2C00-2CE4 2CEB-2CF3 2D00-2DFF A000-A48C A4D0-A4FD A500-A60C A610-A66F "
    "A674-A67D A67F-A6F1 A717-A827 A840-A873 A880-A8CD A8D0-A8F7 A8FB-A92D A930-A95E A980-A9C0 "
    "A9CF-AA5B AA60-AADD AAE0-ABEA ABEC-ABF9 D7B0-D7FB FB00-FB28 FB2A-FD3D FD50-FDFB FE20-FE2F "
    "FE70-FEFF FF10-FF19 FF21-FF3A FF41-FF5A 10000-1BFFF 1E900-1E95F"
)
"""Letters, digits, their marks, and characters without width, of all other scripts."""

FOLDABLE = "0000-052F 1D00-1FFF 2C60-2C7F A640-A69F A720-A7FF AB30-AB6F"
"""Latin, Greek and Cyrillic, whose marks are left out; elsewhere marks are letters."""

DROPPED = (
    "00AD 0591-05BD 05BF 05C1-05C2 05C4-05C5 05C7 0610-061A 061C 0640 064B-065F 0670 06D6-06DC "
    "06DF-06E8 06EA-06ED 200B-200F 202A-202E 2060-206F FEFF"
)
"""Vowel points of Arabic and Hebrew, the stroke that stretches Arabic, and what has no width."""

LETTERS = {
    **dict(zip("łøđðħıŧǥƀɨʉɇɉɍɏƶȼ", "loddhitgbiuejryzc", strict=True)),
    "ς": "\N{GREEK SMALL LETTER SIGMA}",
    **dict.fromkeys("أإآٱ", "\N{ARABIC LETTER ALEF}"),
    **{chr(0xFEE0 + point): chr(point) for point in (*range(0x30, 0x3A), *range(0x61, 0x7B))},
}
"""Letters that Unicode does not take apart, though readers do; and wide digits and letters."""

LIGATURES = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}

MOST_CHARS = 64
"""Of a word; the rest of a longer one does not count. Addresses in running text are such words."""


def _as_class(ranges: str) -> str:
    """Return `ranges` as the inside of a character class."""
    ends = (one.partition("-") for one in ranges.split())
    return "".join(
        f"\\U{int(first, 16):08X}-\\U{int(last or first, 16):08X}" for first, _, last in ends
    )


_WORD = re.compile(f"[{_as_class(SPACED)}]+|[{_as_class(UNSPACED)}]+")
_UNSPACED = re.compile(f"[{_as_class(UNSPACED)}]")
_DROPPED = re.compile(f"[{_as_class(DROPPED)}]+")
_FOLDABLE = re.compile(f"[{_as_class(FOLDABLE)}]*")
_TABLE = str.maketrans(LETTERS | LIGATURES)
_FIRST_UNSPACED = chr(int(UNSPACED[:4], 16))


def split_words(text: str) -> list[str]:
    """Return the words of `text`, which is in NFC, as they stand, one a place.

    A run of a script written without spaces gives as many as it has characters: each with the one
    after it, the last alone. So a word of two and more characters is found anywhere in a run as a
    phrase, and one character as the beginning of such a pair.
    """
    words: list[str] = []
    for word in _WORD.findall(text):
        if word[0] >= _FIRST_UNSPACED and _UNSPACED.match(word):
            words.extend(word[place : place + 2] for place in range(len(word)))
        else:
            words.append(word)
    return words


def lower(word: str) -> str:
    """Return `word`, which is in NFC, in lower case and without what is written or left out."""
    return _DROPPED.sub("", word[:MOST_CHARS]).lower()


def fold(word: str) -> str:
    """Return what all spellings of `word` share: no case, no accents, no vowel points.

    Folding twice gives what folding once gives. Words with letters of other scripts than Latin,
    Greek and Cyrillic keep their marks.
    """
    folded = lower(word)
    if _FOLDABLE.fullmatch(folded):
        folded = unicodedata.normalize("NFD", folded)
        folded = "".join(char for char in folded if unicodedata.category(char)[0] != "M")
        folded = unicodedata.normalize("NFC", folded)
    return folded.translate(_TABLE)
