"""When it was published: every date the page offers, and which one to believe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import htmldate
from lxml.html import HtmlElement

from etl.extract.dateline import find_datelines, find_opening, find_update
from etl.extract.jsonld import as_text
from etl.extract.localtime import Offset, find_offset
from etl.extract.metadata import Declared
from etl.records import Claim, Hints

_PUBLISHED_META = (
    "article:published_time",
    "article:published",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
    "cxenseparse:recs:publishtime",
)
_MODIFIED_META = ("article:modified_time", "og:updated_time", "datemodified", "last-modified")
_MARKED = frozenset({"datepublished", "datecreated", "pubdate"})
_URL_DAY = re.compile(
    r"[/_.-]((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)"
)
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ]\s*(\d\d:\d\d(?::\d\d?)?(?:\.\d+)?)"
    r"\s*(Z|[+-]\d\d(?::?\d\d)?|UTC|GMT)?)?",
    re.IGNORECASE,
)
_SHORT_SECOND = re.compile(r"(\d\d:\d\d:)(\d)")
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?")
_REVISION = re.compile(r"[?&](?:diff|oldid)=\d")
_RAW_CHARS = 100
_FIRST_YEAR = 1990
_LEEWAY = timedelta(days=1)


class Dates(NamedTuple):
    """When the article was published and changed, what said so, and every candidate.

    `offset_minutes` is how far east of UTC its publisher was, None where nothing tells, or where
    all that is known is a day: that is the publisher's as it stands.
    """

    published_at: datetime | None
    published_raw: str | None
    modified_at: datetime | None
    claims: tuple[Claim, ...]
    offset_minutes: int | None = None


class _Moment(NamedTuple):
    at: datetime
    has_zone: bool


class _Reading(NamedTuple):
    source: str
    raw: str
    moment: _Moment | None
    fault: str | None


def choose_dates(
    tree: HtmlElement, declared: Declared, hints: Hints | None, *, fetched_at: datetime
) -> Dates:
    """Return the dates of the page, fetched at `fetched_at`.

    Best first: JSON-LD, meta tags (of both, those with a time zone before those without), <time>,
    the day beside the headline, what else htmldate finds, the feed, the URL; where all of them are
    silent, the dateline the text opens with and the line that says when it was updated. A date
    without a zone is taken as UTC. Dates before 1990, or more than a day after the fetch, are never
    chosen; their claims say so.
    """
    readings = [_read(*said, fetched_at) for said in _find_said(tree, declared)]
    best = _choose(readings)
    if best is None:
        is_hinted = hints is not None and hints.published_at is not None
        found = list(find_datelines(tree, declared))
        if not any(_read(*said, fetched_at).fault is None for said in found):
            found += _find_by_text(tree, declared.url, fetched_at, is_thorough=not is_hinted)
        found += _find_outside(declared, hints)
        readings += [_read(*said, fetched_at) for said in found]
        best = _choose_day(readings)
    if best is None:
        written = (*find_opening(tree, declared), *find_update(tree, declared))
        readings += [_read(*said, fetched_at) for said in written]
        best = _choose_day(readings)
    claims = [_claim("published_at", reading, is_chosen=reading is best) for reading in readings]
    modified = _choose_modified(tree, declared, best, fetched_at)
    offset = _find_offset(best, [*readings, *modified[1]], declared, tree)
    if offset is not None:
        claims = [
            replace(one, rule=f"{one.rule}; the day {offset.said_by}") if one.is_chosen else one
            for one in claims
        ]
    claims += [
        _claim("modified_at", reading, is_chosen=reading is modified[0]) for reading in modified[1]
    ]
    return Dates(
        best.moment.at if best and best.moment else None,
        best.raw if best else None,
        modified[0].moment.at if modified[0] and modified[0].moment else None,
        tuple(claims),
        offset.minutes if offset else None,
    )


def _find_offset(
    best: _Reading | None, readings: list[_Reading], declared: Declared, tree: HtmlElement
) -> Offset | None:
    if best is None or best.moment is None or not best.moment.has_zone:
        return None
    others = [(one.moment.at, one.raw) for one in readings if one.moment and one.moment.has_zone]
    return find_offset(best.moment.at, best.raw, others, declared, tree)


def choose_entry_dates(declared: Declared, hints: Hints | None, *, fetched_at: datetime) -> Dates:
    """Return the date of an entry whose page could not be had: its feed's, else its URL's."""
    readings = [_read(*said, fetched_at) for said in _find_outside(declared, hints)]
    best = _choose_day(readings)
    return Dates(
        best.moment.at if best and best.moment else None,
        best.raw if best else None,
        None,
        tuple(_claim("published_at", reading, is_chosen=reading is best) for reading in readings),
    )


def parse_moment(raw: str) -> tuple[datetime, bool] | None:
    """Return the UTC time `raw` says and whether it names a zone; None where it is no date.

    Reads ISO 8601 (also loosely spelt), RFC 2822 and Unix seconds or milliseconds.
    """
    text = raw.strip()[:_RAW_CHARS]
    try:
        if match := _ISO.match(text):
            return _from_iso(*match.groups())
        if _EPOCH.fullmatch(text):
            seconds = int(text) / (1000 if len(text) > len("9999999999") else 1)
            return datetime.fromtimestamp(seconds, UTC), True
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return (at.astimezone(UTC), True) if at.tzinfo else (at.replace(tzinfo=UTC), False)


def _from_iso(day: str, clock: str | None, zone: str | None) -> tuple[datetime, bool]:
    if clock is None:
        return datetime.fromisoformat(day).replace(tzinfo=UTC), False
    named = "+00:00" if zone and zone.upper() in ("Z", "UTC", "GMT") else zone or ""
    if match := _SHORT_SECOND.fullmatch(clock):  # "23:15:0", as one publisher's system writes it
        clock = f"{match.group(1)}0{match.group(2)}"
    at = datetime.fromisoformat(f"{day}T{clock}{named}")
    return (at.astimezone(UTC), True) if at.tzinfo else (at.replace(tzinfo=UTC), False)


def _read(source: str, raw: str, fetched_at: datetime) -> _Reading:
    parsed = parse_moment(raw)
    if parsed is None:
        return _Reading(source, raw[:_RAW_CHARS], None, "not a date")
    at, has_zone = parsed
    fault = None
    if at.year == 1970:  # noqa: PLR2004 - the year of the Unix epoch: an unset field
        fault = "the Unix epoch: an unset field"
    elif at.year < _FIRST_YEAR:
        fault = f"before {_FIRST_YEAR}"
    elif at > fetched_at + _LEEWAY:
        fault = "in the future of the fetch"
    return _Reading(source, raw[:_RAW_CHARS], _Moment(at, has_zone), fault)


def _find_said(tree: HtmlElement, declared: Declared) -> Iterator[tuple[str, str]]:
    """Yield (source, raw) of every date the page marks up as its publication."""
    # Of a wiki's page of one revision, datePublished is when its subject got a page at all.
    revised = ("dateModified",) if _REVISION.search(declared.url) else ()
    for key in (*revised, "datePublished", "dateCreated", "uploadDate"):
        if said := as_text(declared.node.get(key)):
            yield f"json-ld {key}", said
    for name in _PUBLISHED_META:
        if name in declared.meta:
            yield f"meta {name}", declared.meta[name]
    for element in tree.iter("time"):
        raw = element.get("datetime") or element.get("content")
        marked = (element.get("itemprop") or "").lower() in _MARKED or "pubdate" in element.attrib
        if raw and (marked or _stands_in_article(element)):
            yield "time", raw
            return


def _stands_in_article(element: HtmlElement) -> bool:
    """Return whether `element` is in the page's article and not in a teaser's."""
    holders = [
        holder.tag for holder in element.iterancestors("article", "main", "header", "aside", "li")
    ]
    return bool(holders) and not {"aside", "li"} & set(holders) and holders.count("article") <= 1


def _choose(readings: list[_Reading]) -> _Reading | None:
    """Return the first sound reading of the best rank."""
    sound = [one for one in readings if one.moment is not None and one.fault is None]
    return min(sound, key=_rank, default=None)


def _rank(reading: _Reading) -> int:
    if reading.source == "time":
        return 4
    place = 0 if reading.source.startswith("json-ld") else 1
    return place if reading.moment and reading.moment.has_zone else place + 2


def _choose_day(readings: list[_Reading]) -> _Reading | None:
    """Return the first sound reading; one that names only the day gives way to its feed's hour."""
    sound = [one for one in readings if one.moment is not None and one.fault is None]
    feed = next((one for one in sound if one.source == "feed"), None)
    first = sound[0].moment if sound else None
    if first and feed and feed.moment and abs(first.at - feed.moment.at) <= _LEEWAY:
        return feed
    return sound[0] if sound else None


def _find_by_text(
    tree: HtmlElement, url: str, fetched_at: datetime, *, is_thorough: bool
) -> list[tuple[str, str]]:
    """Return what htmldate finds; a thorough search also guesses from the running text."""
    latest = (fetched_at + _LEEWAY).strftime("%Y-%m-%d")
    try:
        found = htmldate.find_date(
            tree, url=url, original_date=True, max_date=latest, extensive_search=is_thorough
        )
    except (ValueError, TypeError, OverflowError):  # it guesses; a failed guess is no date
        return []
    return [("htmldate", found)] if found else []


def _find_outside(declared: Declared, hints: Hints | None) -> Iterator[tuple[str, str]]:
    if hints and hints.published_at:
        yield "feed", hints.published_at.isoformat()
    if match := _URL_DAY.search(declared.url):
        yield "url", "-".join(match.groups())


def _choose_modified(
    tree: HtmlElement, declared: Declared, published: _Reading | None, fetched_at: datetime
) -> tuple[_Reading | None, list[_Reading]]:
    said = [("json-ld dateModified", as_text(declared.node.get("dateModified")))]
    said += [(f"meta {name}", declared.meta.get(name)) for name in _MODIFIED_META]
    readings = [_read(source, raw, fetched_at) for source, raw in said if raw]
    if all(one.fault for one in readings):
        readings += [_read(*said, fetched_at) for said in find_update(tree, declared)]
    if published and published.moment:
        earliest = published.moment.at - _LEEWAY
        readings = [
            one._replace(fault="before the publication")
            if one.moment and one.fault is None and one.moment.at < earliest
            else one
            for one in readings
        ]
    return _choose(readings), readings


def _claim(field: str, reading: _Reading, *, is_chosen: bool) -> Claim:
    if reading.fault:
        rule = f"refused: {reading.fault}"
    elif reading.moment and not reading.moment.has_zone:
        rule = "no time zone: taken as UTC"
    else:
        rule = "best source" if is_chosen else "a better source says"
    return Claim(
        field="published_at" if field == "published_at" else "modified_at",
        value=reading.raw,
        source=reading.source,
        rule=rule,
        is_chosen=is_chosen,
    )
