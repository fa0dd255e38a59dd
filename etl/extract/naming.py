"""What in a URL names its page: whether another URL of the site may stand for the same one.

Some sites declare their home page, a section, or an address without its ?id= on every page;
believed, all their articles would be one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

_DIGITS = re.compile(r"\d+")
_NUMBER_DIGITS = 4
_DATE = re.compile(r"(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:[0-3]\d)?)?")
_EXTENSION = re.compile(r"\.(?:s?html?|php|aspx?|amp)$", re.IGNORECASE)
_SLUG_CHARS = 4
# "bridge-reopens-monday" is one article; "news-detail" and "weather" are whatever ?id= or the
# folder says.
_TELLING_WORDS = 3
_WORDS = re.compile(r"[^\W\d_]+")
# What stands after an article's own segment where it is shown otherwise.
_OTHER_FORM = re.compile(r"amp|print|index\.\w{3,5}", re.IGNORECASE)


class _Names(NamedTuple):
    """What in a URL can tell a page from others of its site; `slug` is "" where it has none."""

    path: tuple[str, ...]
    digits: frozenset[str]
    numbers: frozenset[str]
    query: Mapping[str, str]
    slug: str


def find_loss(own_url: str, stated_url: str) -> str | None:
    """Return what the first URL has, the other lacks and may tell its page from others, or None.

    Both are of one site, in our normal form, and not the same.

    An article's number in the path is enough to know it by; else no number of the path may be
    missing ("/2026/11/03/weather" is not "/weather"), and slug or query have to agree.
    """
    own, stated = _read_names(own_url), _read_names(stated_url)
    if len(own.path) > len(stated.path) and own.path[: len(stated.path)] == stated.path:
        return "a page above it"
    kept = stated.digits | _find_digits(*stated.query.values())
    lost = own.numbers - kept or own.digits - kept
    if own.numbers <= kept and own.numbers:
        return None
    return f"drops the number {min(lost)}" if lost else _find_other(own, stated, kept)


def _find_other(own: _Names, stated: _Names, kept: frozenset[str]) -> str | None:
    """Return what keeps URLs whose paths have no number apart, or None.

    A slug that says what the article is about is enough; a short one ("story") has to keep its
    query, and without a slug in common the query's number has to be in the other URL.
    """
    has_slug = own.slug != "" and own.slug == stated.slug
    if has_slug and len(_WORDS.findall(own.slug)) >= _TELLING_WORDS:
        return None
    dropped = {key for key, value in own.query.items() if value not in stated.query.values()}
    if has_slug or own.path == stated.path:
        return f"drops ?{min(dropped)}" if dropped else None
    asked = _keep_numbers(_find_digits(*own.query.values()))
    return None if asked and asked <= kept else "no number or slug in common"


def _read_names(url: str) -> _Names:
    parts = urlsplit(url)
    path = tuple(filter(None, unquote(parts.path).casefold().split("/")))
    while path and _OTHER_FORM.fullmatch(path[-1]):
        path = path[:-1]
    slug = _EXTENSION.sub("", path[-1]) if path else ""
    digits = _find_digits(*path)
    return _Names(
        path=path,
        digits=digits,
        numbers=_keep_numbers(digits),
        query=dict(parse_qsl(parts.query, keep_blank_values=True)),
        slug="" if len(slug) < _SLUG_CHARS or slug.isdigit() else slug,
    )


def _find_digits(*texts: str) -> frozenset[str]:
    return frozenset(digits for text in texts for digits in _DIGITS.findall(text))


def _keep_numbers(digits: frozenset[str]) -> frozenset[str]:
    """Return those that are long enough to be an article's number, and no dates."""
    return frozenset(
        one for one in digits if len(one) >= _NUMBER_DIGITS and not _DATE.fullmatch(one)
    )
