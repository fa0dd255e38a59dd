"""Which URL an article is known by, and what every other one that speaks of it is.

Entry link, redirects, rel=canonical (RFC 6596), og:url and JSON-LD each state one; AMP and
hreflang links name other forms of the page. All are claims; at most a URL of the page's own site
that keeps what tells this page from its neighbours becomes its identity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from etl.extract.jsonld import as_list, as_text
from etl.extract.metadata import Declared, absolute
from etl.extract.naming import find_loss
from etl.records import Claim
from etl.urls import canonicalize, is_same_site

_URL_CHARS = 2_000
_ALTERNATES_MAX = 31
_DECLARATIONS = ("link rel=canonical", "og:url")
_WON = {
    "redirect": "where redirects led; the page states none to be believed",
    "feed": "where it was found; the page states none to be believed",
    "url": "where it was found; the page states none to be believed",
}
_LOST = {"redirect": "it redirects elsewhere"}


class Canonical(NamedTuple):
    """Our normal form of the article's URL, and the site's own claim, absolute, if it has one."""

    url: str
    declared_url: str | None
    claims: tuple[Claim, ...]


class _Candidate(NamedTuple):
    source: str
    url: str
    fault: str | None


def choose_canonical(declared: Declared, *, linked: str, linked_by: str) -> Canonical:
    """Return the URL to know the page by.

    The first of rel=canonical, og:url and JSON-LD is taken that is of the same site, names a
    page, and loses nothing that may tell it from others (`naming.find_loss`): some sites declare
    their home page, a section, or one and the same article, on every page. Syndicated articles
    declare another site's: that is noted and not believed, for who copied whom is not the page's
    to decide. Else it is where the page was found: where redirects led, or the link itself.

    Args:
        declared: what the page says; its `url` is where redirects led.
        linked: the URL asked for.
        linked_by: who gave it: "feed", or "url" where nobody did but the caller.
    """
    own = canonicalize(declared.url)
    stated = [
        _Candidate(source, url, _find_fault(own, url)) for source, url in _find_stated(declared)
    ]
    found = [_Candidate("redirect", declared.url, None)] if declared.url != linked else []
    candidates = [*stated, *found, _Candidate(linked_by, linked, None)]
    best = next(one for one in candidates if one.fault is None)
    url = canonicalize(best.url)
    claims = [_claim(one, best) for one in candidates]
    claims += islice(_claim_alternates(declared, url), _ALTERNATES_MAX)
    said = (one.url for one in stated if one.source in _DECLARATIONS and len(one.url) <= _URL_CHARS)
    return Canonical(url, next(said, None), tuple(claims))


def _find_stated(declared: Declared) -> Iterator[tuple[str, str]]:
    """Yield what the page calls its URL, absolute, best source first."""
    page = next(iter(as_list(declared.node.get("mainEntityOfPage"))), None)
    if isinstance(page, Mapping):
        page = page.get("@id") or page.get("url")
    said = (
        (_DECLARATIONS[0], declared.links.get("canonical")),
        (_DECLARATIONS[1], declared.first("og:url")),
        ("json-ld mainEntityOfPage", as_text(page)),
        ("json-ld url", as_text(declared.node.get("url"))),
    )
    for source, reference in said:
        # A fragment alone names a part of this page, as JSON-LD's "#webpage" does.
        if reference and not reference.startswith("#"):
            url = absolute(declared.url, reference)
            if url is not None:
                yield source, url


def _claim(one: _Candidate, best: _Candidate) -> Claim:
    return Claim(
        field="canonical_url",
        value=one.url[:_URL_CHARS],
        source=one.source,
        rule=_say_why(one, best),
        is_chosen=one is best,
    )


def _say_why(one: _Candidate, best: _Candidate) -> str:
    if one.fault is not None:
        return f"refused: {one.fault}"
    if one is best:
        return _WON.get(one.source, "same site, same number or slug")
    if canonicalize(one.url) == canonicalize(best.url):
        return "agrees with the chosen one"
    return _LOST.get(best.source, "the page states another")


def _claim_alternates(declared: Declared, own: str) -> Iterator[Claim]:
    """Yield the page's other forms: AMP, other languages; never chosen."""
    seen = set()
    for source, reference in declared.alternates:
        url = absolute(declared.url, reference)
        if url is None or canonicalize(url) == own or (source, url) in seen:
            continue
        seen.add((source, url))
        yield Claim(
            field="alternate_url",
            value=url[:_URL_CHARS],
            source=source,
            rule="the same page in AMP" if source == "amphtml" else "the page for other readers",
            is_chosen=False,
        )


def _find_fault(own: str, url: str) -> str | None:
    """Return why `url` cannot be the identity of the page found at `own`, or None."""
    if len(url) > _URL_CHARS:
        return f"longer than {_URL_CHARS:,} characters"
    stated = canonicalize(url)
    if own == stated:
        return None
    if not is_same_site(own, stated):
        return "another site"
    if not urlsplit(stated).path.strip("/"):
        return "the home page"
    return find_loss(own, stated)
