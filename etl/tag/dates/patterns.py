"""The patterns of a grammar: how they are written, and the regular expression each becomes.

    the? EARLY? MONTH DOM (,? YEAR)?      [in|since] MONTH      YEAR (?! percent)

CAPITALS name a class of words or a macro, small letters are the word itself, marks are
themselves. `( | )` and `?` mean what they mean in regular expressions; nothing repeats, so a match
is bounded and the time linear. What stands in a leading `[ ]` must be there but is no part of the
expression; `(?! )`, `(?= )` and `(?<! )` look ahead or at the piece before. Between any two parts
may be a blank or a hyphen; `~` says it is a hyphen, `^` that it is a blank; braces stand for the
text's own brackets. Each class is captured
under its name in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from etl.tag.dates.pieces import HYPHEN, SPACE

START = "start"
_TOKEN = re.compile(r"[A-Z]{2,}[0-9A-Z]*|[^\W\d_]+|\(\?<?[!=]|\S")
_META = frozenset("()|?[]~^")
_MARKS = {"{": "(", "}": ")"}
_BETWEEN = {"~": f"(?<={HYPHEN})", "^": f"(?<={SPACE})"}
_GAP = f"[{SPACE}\\{HYPHEN}]?+"


def literals(pattern: str) -> Iterator[str]:
    """Yield the words and marks that `pattern` names as themselves."""
    for token in _TOKEN.findall(pattern):
        if token not in _META and not token.startswith("(?") and not _is_name(token):
            yield _MARKS.get(token, token)


def literal_class(word: str) -> str:
    """Return the name of the class of the pieces that are just `word`."""
    return f"={word}"


def _is_name(token: str) -> bool:
    return len(token) > 1 and token[0].isascii() and token.isupper()


@dataclass(frozen=True)
class Pattern:
    """A pattern as a regular expression.

    `first` are the characters it may begin with. A match has at least one of `needs` in it.
    """

    source: str
    first: frozenset[str]
    needs: frozenset[str]

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The compiled expression; many are never needed, and all of them take a second."""
        return re.compile(self.source)


@dataclass(frozen=True, slots=True)
class _Part:
    """The expression of a part of a pattern, and what is known of what it matches.

    `first` are the characters it may begin with; one of `needs` is in it, unless that is empty;
    `is_empty` says whether it may match nothing.
    """

    source: str
    first: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    is_empty: bool = True


@dataclass(slots=True)
class Compiler:
    """Compiles patterns: `chars_of` a class are its characters, a macro's text stands for it.

    `common` are characters that tell little, as nearly every sentence has them.
    """

    chars_of: Callable[[str], str]
    macros: Mapping[str, str]
    common: frozenset[str]
    _tokens: list[str] = field(default_factory=list)
    _captured: set[str] = field(default_factory=set)

    def compile(self, pattern: str) -> Pattern:
        """Return the compiled pattern.

        Raises:
            KeyError: it names a class or word without pieces.
            ValueError: its brackets do not match.
        """
        self._tokens, self._captured = _TOKEN.findall(pattern)[::-1], set()
        part = self._choice()
        if self._tokens:
            raise ValueError(f"brackets of {pattern!r} do not match")
        return Pattern(part.source, part.first, part.needs)

    def _choice(self) -> _Part:
        parts = [self._sequence()]
        while self._tokens and self._tokens[-1] == "|":
            self._tokens.pop()
            parts.append(self._sequence())
        needs = [part.needs for part in parts]
        return _Part(
            f"(?:{'|'.join(part.source for part in parts)})",
            frozenset().union(*(part.first for part in parts)),
            frozenset().union(*needs) if all(needs) else frozenset(),
            any(part.is_empty for part in parts),
        )

    def _sequence(self) -> _Part:
        whole = _Part("")
        while self._tokens and self._tokens[-1] not in "|)]":
            part = self._item()
            if self._tokens and self._tokens[-1] == "?":
                self._tokens.pop()
                part = _Part(f"(?:{part.source})?", part.first)
            first = whole.first | part.first if whole.is_empty else whole.first
            whole = _Part(
                whole.source + part.source,
                first,
                min(whole.needs, part.needs, key=self._rarity),
                whole.is_empty and part.is_empty,
            )
        return whole

    def _rarity(self, needs: frozenset[str]) -> tuple[bool, int, int]:
        """Return a rank, the lowest for what is needed and rarest."""
        return not needs, len(needs & self.common), len(needs)

    def _item(self) -> _Part:
        token = self._tokens.pop()
        if token in {"(", "["} or token.startswith("(?"):
            inside = self._choice()
            self._tokens.pop()
            match token:
                case "(":
                    return inside
                case "[":
                    start = f"{inside.source}(?P<{START}>)"
                    return _Part(start, inside.first, inside.needs, inside.is_empty)
                case "(?<!":
                    chars = "".join(re.escape(char) for char in sorted(inside.first))
                    return _Part(f"(?<![{chars}])(?<![{chars}][{SPACE}\\{HYPHEN}])")
                case _:
                    return _Part(f"{token}{inside.source})")
        if token in _BETWEEN:
            return _Part(_BETWEEN[token])
        return self._macro(token) if token in self.macros else self._word(token)

    def _macro(self, name: str) -> _Part:
        outer, self._tokens = self._tokens, _TOKEN.findall(self.macros[name])[::-1]
        part = self._choice()
        self._tokens = outer
        source = f"(?P<{self._capture(name)}>{part.source})"
        return _Part(source, part.first, part.needs, part.is_empty)

    def _word(self, token: str) -> _Part:
        name = token if _is_name(token) else literal_class(_MARKS.get(token, token))
        chars = self.chars_of(name)
        if not chars:
            raise KeyError(name)
        source = f"[{''.join(re.escape(char) for char in chars)}]"
        if _is_name(token):
            source = f"(?P<{self._capture(name)}>{source})"
        return _Part(source + _GAP, frozenset(chars), frozenset(chars), is_empty=False)

    def _capture(self, name: str) -> str:
        group = name.lower()
        while group in self._captured:
            group += "_"
        self._captured.add(group)
        return group
