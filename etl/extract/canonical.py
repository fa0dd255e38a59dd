"""Which URL an article is known by."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from etl.extract.metadata import Declared, absolute
from etl.records import Claim
from etl.urls import canonicalize, is_same_site

_NUMBER = re.compile(r"(?<!\d)\d{4,}(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_EXTENSION = re.compile(r"\.(?:s?html?|php|aspx?|amp)$", re.IGNORECASE)
_SLUG_CHARS = 4


class Canonical(NamedTuple):
    """Our normal form of the article's URL, and the site's own claim, absolute, if it has one."""

    url: str
    declared_url: str | None
    claims: tuple[Claim, ...]


def choose_canonical(declared: Declared) -> Canonical:
    """Return the URL to know the page by.

    The site's rel=canonical is believed if it is of the same site, names a page, and shares a
    number of four digits or more, or the last slug, with the URL the page was found at: some sites
    declare their home page, or one and the same article, on every page.
    """
    own = canonicalize(declared.url)
    link = declared.links.get("canonical") or declared.first("og:url")
    stated = absolute(declared.url, link) if link else None
    if stated is None:
        return Canonical(own, None, ())
    fault = _find_fault(own, canonicalize(stated))
    claim = Claim(
        field="canonical_url",
        value=stated,
        source="link rel=canonical" if "canonical" in declared.links else "og:url",
        rule=f"refused: {fault}" if fault else "same site, same number or slug",
        is_chosen=fault is None,
    )
    return Canonical(own if fault else canonicalize(stated), stated, (claim,))


def _find_fault(own: str, stated: str) -> str | None:
    """Return why `stated` cannot be the URL of the page at `own`, or None."""
    if own == stated:
        return None
    if not is_same_site(own, stated):
        return "another site"
    if not urlsplit(stated).path.strip("/"):
        return "the home page"
    if not _read_tokens(own) & _read_tokens(stated):
        return "no number or slug in common"
    return None


def _read_tokens(url: str) -> frozenset[str]:
    """Return what in `url` can name one page: long numbers (no years) and the last slug."""
    parts = urlsplit(url)
    path = unquote(parts.path).casefold().rstrip("/")
    numbers = {one for one in _NUMBER.findall(path) if not _YEAR.fullmatch(one)}
    numbers |= set(_NUMBER.findall(parts.query))
    slug = _EXTENSION.sub("", path.rsplit("/", 1)[-1])
    return frozenset(
        numbers | ({slug} if len(slug) >= _SLUG_CHARS and not slug.isdigit() else set())
    )
