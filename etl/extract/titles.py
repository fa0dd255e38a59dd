"""Which of a page's titles is the article's."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml.html import HtmlElement

from etl.extract.jsonld import as_text
from etl.extract.metadata import Declared, clean
from etl.extract.phrases import key_of
from etl.records import Claim, Hints
from etl.urls import source_of

_WEIGHTS = {
    "h1": 3.5,
    "json-ld": 2.5,
    "og:title": 2.0,
    "feed": 2.0,
    "twitter:title": 2.0,
    "title": 1.5,
}
_SEPARATOR = re.compile(r"\s+[|\u2013\u2014\u00b7\u2022:»«/<>~-]{1,2}\s+|\s*[|»]\s*|:\s+")
# Where guillemets come in pairs, they are the headline's: «The pier is ours» - Harbour News.
_BESIDE_QUOTES = re.compile(r"\s+[|\u2013\u2014\u00b7\u2022:/<>~-]{1,2}\s+|\s*\|\s*|:\s+")
_TITLE_CHARS = 400
_H1_MAX = 5
# Publishers cut a headline at 110 letters for one search engine's sake, without a sign.
_CUT_CHARS = range(95, 112)
_CUT_END = re.compile(r"\s*\S*(?:\u2026|\.\.\.)$")
# A logo's "The Gazette - Homepage" as h1 says nothing of the article.
_ASIDE_WEIGHT = 0.5
_SHARED = 0.25
_WITNESSES = 3
_LABEL_CHARS = 4


class Title(NamedTuple):
    """The title chosen ("" where there is none) and every candidate."""

    text: str
    claims: tuple[Claim, ...]


class _Candidate(NamedTuple):
    source: str
    text: str
    key: str


def choose_title(tree: HtmlElement, declared: Declared, hints: Hints | None) -> Title:
    """Return the title that the sources agree on most.

    Every source votes for its own text; one that holds another's text and more (a site's name,
    a kicker) adds half its weight to the shorter one. What breaks off where another goes on votes
    for that, and an h1 that has no word of what the others say is hardly heard.
    """
    candidates = _find_candidates(tree, declared, hints)
    votes = {candidate.key: _count_votes(candidate.key, candidates) for candidate in candidates}
    best = max(candidates, key=lambda one: (votes[one.key], _WEIGHTS[one.source]), default=None)
    total = sum(_WEIGHTS[candidate.source] for candidate in candidates)
    claims = tuple(
        Claim(
            field="title",
            value=candidate.text,
            source=candidate.source,
            rule=f"{votes[candidate.key]:g} of {total:g} votes",
            is_chosen=candidate is best,
        )
        for candidate in candidates
    )
    return Title("" if best is None else best.text, claims)


def _find_candidates(
    tree: HtmlElement, declared: Declared, hints: Hints | None
) -> tuple[_Candidate, ...]:
    headline = clean(as_text(declared.node.get("headline") or declared.node.get("name")))
    found = [
        ("json-ld", headline),
        ("og:title", declared.first("og:title")),
        ("twitter:title", declared.first("twitter:title")),
        ("title", declared.title_tag),
        ("feed", clean(hints.title) if hints else None),
    ]
    sites = {key_of(name) for name in declared.site_names()} | {""}
    label = _squash(source_of(declared.url).split(".")[0])
    others = [key_of(text) for _, text in found if text]
    found.insert(0, ("h1", _choose_h1(tree, others)))
    known = {key_of(text) for _, text in found if text}
    candidates = []
    for source, text in found:
        if text is None or len(text) > _TITLE_CHARS:
            continue
        # The feed's and the page's own headline carry no site name; a colon in them is theirs.
        bare = text if source in ("h1", "feed") else strip_site(text, sites, known, label)
        key = key_of(bare)
        if key not in sites:
            candidates.append(_Candidate(source, bare, key))
    return tuple(candidates)


def strip_site(title: str, sites: set[str], known: set[str], label: str = "") -> str:
    """Return `title` without the name of the site before or after it.

    `sites` and `known` are keys of the site's names and of the titles from other sources, `label`
    the first part of its domain. A part is cut off if it is one of the site's names, the last also
    if it is called after the domain, or if what then remains is one of the others.
    """
    is_quoting = {"\u00ab", "\u00bb"} <= set(title)
    cuts = list((_BESIDE_QUOTES if is_quoting else _SEPARATOR).finditer(title))
    if cuts and _is_named_after(title[cuts[-1].end() :], label) and ":" not in cuts[-1].group():
        title = title[: cuts.pop().start()]
    for cut in reversed(cuts):
        before, after = title[: cut.start()], title[cut.end() :]
        if key_of(after) in sites or key_of(before) in known:
            return strip_site(before, sites, known) if key_of(after) in sites else before
    for cut in cuts:
        before, after = title[: cut.start()], title[cut.end() :]
        if key_of(before) in sites:
            return after
    return title


def _is_named_after(part: str, label: str) -> bool:
    """Return whether `part` is a site's name as its domain has it: "Weather.com", "OS-System"."""
    name = _squash(part)
    is_named = len(label) >= _LABEL_CHARS and name.startswith(label)
    return is_named and len(part.split()) <= 1 + len(label) // _LABEL_CHARS


def _squash(text: str) -> str:
    return key_of(text).replace(" ", "")


def _choose_h1(tree: HtmlElement, others: list[str]) -> str | None:
    """Return the h1 that another source knows too, else the longest of the first few."""
    found = []
    for element in tree.iter("h1"):
        # A line break separates words: "Kicker<br>Headline".
        text = clean(" ".join(element.itertext()))
        if text and len(text) <= _TITLE_CHARS:
            found.append(text)
        if len(found) == _H1_MAX:
            break
    for text in found:
        key = key_of(text)
        if any(key in other or other in key for other in others if other and key):
            return text
    return max(found, key=len, default=None)


def _count_votes(key: str, candidates: tuple[_Candidate, ...]) -> float:
    votes = 0.0
    for candidate in candidates:
        weight = _weigh(candidate, candidates)
        whole = _find_whole(candidate, candidates)
        if (whole or candidate.key) == key:
            votes += weight
        elif not whole and f" {key} " in f" {candidate.key} ":
            votes += weight / 2
    return votes


def _weigh(candidate: _Candidate, candidates: tuple[_Candidate, ...]) -> float:
    """Return what `candidate` counts for."""
    if candidate.source != "h1" or len(candidates) < _WITNESSES:
        return _WEIGHTS[candidate.source]
    words = set(candidate.key.split())
    for other in candidates:
        theirs = set(other.key.split())
        shared = len(words & theirs)
        if other is not candidate and shared > _SHARED * min(len(words), len(theirs)):
            return _WEIGHTS[candidate.source]
    return _ASIDE_WEIGHT


def _find_whole(candidate: _Candidate, candidates: tuple[_Candidate, ...]) -> str | None:
    """Return the key of what `candidate` is the beginning of, None where it is whole."""
    stem = key_of(_CUT_END.sub("", candidate.text))
    if stem == candidate.key and len(candidate.text) not in _CUT_CHARS:
        return None
    longer = [one.key for one in candidates if one.key.startswith(stem) and one.key != stem]
    longer = [key for key in longer if len(key) > len(candidate.key)]
    return max(longer, key=len, default=None)
