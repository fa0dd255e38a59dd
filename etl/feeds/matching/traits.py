"""What items and entries are compared by. Pure."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from etl.records import Entry, KnownEntry
from etl.urls import fragment_of, identity, is_http_url, page_of, source_of
from etl.words import normalize, tokenize

_SECTION_NAMES = """
    index default home homepage start main news latest all live today blog blogs feed rss en de fr
    es it pt nl world uk us local national politics business economy finance markets sport sports
    culture arts entertainment lifestyle life science tech technology health travel opinion
    comment weather video videos audio podcast podcasts gallery photos articles article stories
    story posts post archive page nachrichten politik wirtschaft kultur actualites politique
    economie noticias politica economia cultura deportes notizie
"""
_SECTIONS = frozenset(_SECTION_NAMES.split())
"""Path segments that name a part of a site: its page stays while the news on it pass."""

_UUID = r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}"
_MIXED = r"(?=[a-z]*[0-9]+[a-z]+[0-9])[0-9a-z]{8,}"  # cx2l7gpqdnro, but not covid19vaccine
_NUMBER = r"[a-z]{0,4}[0-9]{5,}[a-z]?"
_SPECIFIC_ID = re.compile(rf"(?<![0-9a-z])(?:{_UUID}|{_MIXED}|{_NUMBER})(?![0-9a-z])")
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])?")
_SPECIFIC_GUID = re.compile(
    r"\A(?:tag|urn):"  # made to be unique for ever (RFC 4151, RFC 8141)
    r"|\A[^?]*\?.*[0-9]"  # ?p=7
    r"|(?<![0-9])(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{3,}",  # a number, but not a year
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\.[a-z0-9]{2,5}$")
_SHORT_CHARS = 3


class Traits(NamedTuple):
    """An item or an entry as it is compared. None: it has none.

    Addresses are identities, `guid_address` that of a guid which is one; pages are their path and
    query, where these can be an article's; anchors are their fragments. `ids` are what in an
    address can only be the number of one article, `site` is whose. `moment` is the publication
    date, verbatim where it cannot be read.
    """

    entry_id: str
    guid: str | None
    guid_address: str | None
    guid_anchor: str
    guid_page: str | None
    address: str | None
    anchor: str
    page: str | None
    site: str
    ids: frozenset[str]
    title: str | None
    moment: datetime | str | None


def traits_of(one: Entry | KnownEntry) -> Traits:
    """Return what `one` is compared by."""
    page = _article_page(one.url) if one.url else None
    ids = _ids_in(page)
    guid_url = one.guid if one.guid and is_http_url(one.guid) else None
    return Traits(
        entry_id=one.entry_id,
        guid=one.guid,
        guid_address=identity(guid_url) if guid_url else None,
        guid_anchor=fragment_of(guid_url) if guid_url else "",
        guid_page=_article_page(guid_url) if guid_url else None,
        address=identity(one.url) if one.url else None,
        anchor=fragment_of(one.url) if one.url else "",
        page=page,
        site=source_of(one.url) if one.url and ids else "",
        ids=ids,
        title=normalize(one.title or "") or None,
        moment=one.published_at or one.published_raw or None,
    )


def _article_page(url: str) -> str | None:
    """Return path and query of `url`, None where they stand for a part of the site."""
    page = page_of(url)
    path, _, query = page.partition("?")
    names = (_SUFFIX.sub("", name.lower()) for name in path.split("/") if name)
    return page if query or any(name not in _SECTIONS for name in names) else None


def is_specific(guid: str | None) -> bool:
    """Return whether `guid` looks made for one item, unlike "top-story-1"."""
    return bool(_ids_in(guid) or _SPECIFIC_GUID.search(guid or ""))


def _ids_in(text: str | None) -> frozenset[str]:
    found = (match[0] for match in _SPECIFIC_ID.finditer((text or "").lower()))
    return frozenset(token for token in found if not _DAY.fullmatch(token))


@lru_cache(maxsize=4_096)
def words_of(title: str) -> frozenset[str]:
    """Return the words that carry a title: the longer ones, where it has any."""
    words = tokenize(title)
    long = [word for word in words if len(word) > _SHORT_CHARS or not word.isascii()]
    return frozenset(long or words)
