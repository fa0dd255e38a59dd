"""Words: how every room normalises, tokenises and cuts text, in any script.

Everything here takes time linear in the text, whatever the text is. Offsets count code points,
half-open.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")
_SENTENCE_END = re.compile(
    r"(?:[.!?\u2026\u061f\u06d4\u0964\u0965]+|[\u3002\uff01\uff1f\uff61]+|\n)"
)
_CLOSERS = frozenset("\"'\u201d\u2019\u00bb\u203a)]}」』】〉》")
_WIDE_ENDS = frozenset("\u3002\uff01\uff1f\uff61")
# Letters and signs, of Latin and Cyrillic texts above all, that normalise one by one to no more
# than their case folding, and are neither marks nor unspaced: most texts hold nothing else, and
# what follows costs them a fifth of what it costs others.
_SIMPLE = re.compile(
    "[\0-\x7f\xa0-\xa7\xab\xac\xb6\xbb\xbf-\u0131\u0134-\u013e\u0141-\u017f"
    "\u0400-\u0482\u048a-\u052f\u2010\u2012-\u2016\u2018-\u2023\u20ac]*"
)
# Unicode's stream-safe text format allows runs of 30 marks; 40,000 in a row cost the standard
# library's normaliser 2 s (it sorts them by insertion), so the rest of a longer run is dropped.
_MARKS_KEPT = 30
# Letters of scripts written without spaces: each is a token of its own.
_UNSPACED = (
    "\u0e00-\u0e30\u0e32\u0e33\u0e40-\u0e46"  # Thai
    "\u0e80-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6\u0edc-\u0edf"  # Lao
    "\u1000-\u102a\u103f\u1050-\u1055"  # Myanmar
    "\u1780-\u17b3\u17dc"  # Khmer
    "\u3005-\u3007\u3040-\u3098\u309d-\u30ff\u31f0-\u31ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"  # Han, half-width kana
    "\U00020000-\U0003ffff"
)
# A full stop after one of these is not the end of a sentence.
_ABBREVIATIONS = """
    mr mrs ms dr prof st sr jr vs etc nr gen lt sgt capt sen rep gov rev hon inc ltd co corp
    jan feb apr jun jul aug sep sept oct nov dec z.b u.a d.h bzw ca usw str dipl mme mlle sra srta
    dña e.g i.e a.m p.m approx est dept univ
"""
_GERMAN_MONTHS = """
    januar jänner februar märz april mai juni juli august september oktober november dezember
    jahrhundert
"""
_SHORTENED = frozenset(_ABBREVIATIONS.split())
_AFTER_ORDINALS = frozenset(_GERMAN_MONTHS.split())


def _find_marks() -> str:
    r"""Return the combining marks of the blocks that have them, as a regex class body.

    `\w` leaves out vowel signs, so without these every Hindi or Tamil word falls apart.
    """
    blocks: Iterable[int] = (*range(0x300, 0x1E00), *range(0xA660, 0xAC00), *range(0xFE20, 0xFE30))
    ranges: list[list[int]] = []
    for point in blocks:
        if unicodedata.category(chr(point))[0] != "M":
            continue
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    ranges += [[0x20D0, 0x20F0], [0x302A, 0x302F], [0x3099, 0x309A], [0xFE00, 0xFE0F]]
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in ranges)


_MARK = _find_marks()
_TOKEN = re.compile(
    rf"\d+(?:[.,]\d+)*(?![^\W_{_UNSPACED}])|[{_UNSPACED}][{_MARK}]*|(?:[^\W_{_UNSPACED}]|[{_MARK}])+"
)
_PLAIN_TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?![^\W_])|[^\W_]+")
_MARK_RUN = re.compile(rf"([{_MARK}]{{{_MARKS_KEPT}}})[{_MARK}]+")


def normalize(text: str) -> str:
    """Return `text` in NFKC, case folded, white space collapsed to single spaces, trimmed.

    Characters without width (soft hyphens, joiners, direction marks) are left out. Normalising
    twice gives what normalising once gives.
    """
    if _SIMPLE.fullmatch(text):
        return " ".join(text.casefold().split())
    text = _MARK_RUN.sub(r"\1", _INVISIBLE.sub("", text))
    # Folding can leave text that is not normal, and normalising can leave text that is not
    # folded; Unicode's NFKC_Casefold is this order.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text).casefold())
    text = unicodedata.normalize("NFKC", folded.casefold())
    return " ".join(_INVISIBLE.sub("", text).split())


def tokenize(text: str) -> list[str]:
    """Return the words and numbers of `text` in order, as they stand.

    Scripts written without spaces (Han, kana, Thai, Lao, Khmer, Myanmar) give a token a
    character. Punctuation and apostrophes separate; "1,000.5" is one token.
    """
    return (_PLAIN_TOKEN if _SIMPLE.fullmatch(text) else _TOKEN).findall(text)


def count_words(text: str) -> int:
    """Return how many tokens `text` has."""
    return sum(1 for _ in _TOKEN.finditer(text))


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of `text` as (start, end) offsets, in order, without outer space.

    Line ends always separate. It is rules, not a model: an abbreviation it does not know cuts a
    sentence in two.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        end = match.end()
        if end <= start or (text[match.start()] != "\n" and not _ends_sentence(text, match)):
            continue
        while end < len(text) and text[end] in _CLOSERS:
            end += 1
        _add_span(spans, text, start, end)
        start = end
    _add_span(spans, text, start, len(text))
    return spans


def _add_span(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Append text[start:end] without the space around it, unless nothing is left."""
    piece = text[start:end]
    inner = piece.strip()
    if inner:
        start += len(piece) - len(piece.lstrip())
        spans.append((start, start + len(inner)))


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Decide whether the punctuation at `match` ends a sentence."""
    mark = match.group()
    if mark[0] in _WIDE_ENDS:
        return True
    after = match.end()
    while after < len(text) and text[after] in _CLOSERS and after - match.end() < len(_CLOSERS):
        after += 1
    if after < len(text) and not text[after].isspace():
        return False
    following = text[after : after + 24].strip()
    if following[:1].islower():
        return False
    if mark != ".":
        return True
    before = text[max(0, match.start() - 12) : match.start()].split()
    return not (before and _is_abbreviated(before[-1].lstrip("(\"'„“»").casefold(), following))


def _is_abbreviated(word: str, following: str) -> bool:
    """Return whether a full stop after `word` belongs to it."""
    if word in _SHORTENED or (len(word) == 1 and word.isalpha()):
        return True
    month = following.split(maxsplit=1)[0].rstrip(".,;:").casefold() if following else ""
    return word.isdigit() and len(word) <= len("31") and month in _AFTER_ORDINALS
