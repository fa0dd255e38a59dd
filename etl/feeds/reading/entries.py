"""Make entries of drafts: absolute addresses, read dates, and ids that last from poll to poll."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from urllib.parse import urljoin

from etl.feeds.reading.dates import parse_date
from etl.feeds.reading.draft import Draft, DraftFeed
from etl.feeds.reading.text import plain_text
from etl.records import Entry, Feed, make_id
from etl.urls import canonicalize, fragment_of, identity, page_of

RESTAMPED_AT_LEAST = 3
RESTAMPED_WITHIN_S = 60
"""Where most items, and at least so many, are dated so close together, the date is the build's."""

_LINE_BREAKS = str.maketrans("", "", "\r\n\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A draft, its link made absolute, and what it is compared by."""

    draft: Draft
    link: str | None
    address: str | None
    anchor: str
    title: str | None
    published_at: datetime | None
    updated_at: datetime | None


def make_feed(draft: DraftFeed, *, url: str, base_url: str) -> Feed:
    """Return the feed `draft` describes, subscribed as `url`; an item repeated is one entry.

    Relative links count from the feed's home, and that from `base_url`.
    """
    home_url = absolute_url(draft.home, base_url)
    read = (_read_item(one, home=home_url or base_url) for one in draft.drafts)
    return Feed(
        url=url,
        format=draft.format,
        title=plain_text(draft.title),
        home_url=home_url,
        entries=_make_entries(list(_drop_repeats(read)), feed_url=url),
        ttl_s=draft.ttl_s,
        skip_hours=draft.skip_hours,
        skip_days=draft.skip_days,
        children=draft.children,
    )


def find_restamped(moments: Sequence[datetime | None]) -> frozenset[datetime]:
    """Return those of a document's dates that are the time it was made, not what happened when.

    Most items are within a minute of each other then. Days without a time of day are not meant:
    many items of a day bear the same. None: an item without date.
    """
    dated = sorted(moment for moment in moments if moment is not None and moment.time() != time())
    needed = max(RESTAMPED_AT_LEAST, len(dated) // 2 + 1)
    spans = [
        (first, last)
        for first, last in zip(dated, dated[needed - 1 :], strict=False)
        if (last - first).total_seconds() <= RESTAMPED_WITHIN_S
    ]
    if not spans:
        return frozenset()
    # Each span holds more than half, so they overlap, and are one from first to last.
    return frozenset(moment for moment in dated if spans[0][0] <= moment <= spans[-1][1])


def absolute_url(link: str | None, base: str) -> str | None:
    """Return `link` as an http(s) address, relative ones taken from `base`; else None.

    An address that begins well but is broken further on ("http://[x") is returned as it stands:
    whoever decides about it can then say so.
    """
    if not link:
        return None
    link = link.translate(_LINE_BREAKS).strip()
    with contextlib.suppress(ValueError):
        link = urljoin(base, link)
    return link if link.lower().startswith(("http://", "https://")) else None


def _entry_url(item: Draft, home: str) -> str | None:
    base = home
    for step in (item.base or "").split():
        base = absolute_url(step, base) or base
    return absolute_url(item.link, base)


def _read_item(draft: Draft, *, home: str) -> _Item:
    link = _entry_url(draft, home)
    return _Item(
        draft=draft,
        link=link,
        address=identity(link) if link else None,
        anchor=fragment_of(link) if link else "",
        title=plain_text(draft.title),
        published_at=parse_date(draft.published_raw),
        updated_at=parse_date(draft.updated_raw),
    )


def _drop_repeats(items: Iterator[_Item]) -> Iterator[_Item]:
    """Yield the items that are no repeats of one before."""
    seen: set[tuple[str | None, ...]] = set()
    for item in items:
        ways = set(_ways_to_repeat(item))
        if seen.isdisjoint(ways):
            yield item
        seen |= ways


def _ways_to_repeat(item: _Item) -> Iterator[tuple[str | None, ...]]:
    """Yield what two items must share for the second to be the first again."""
    guid, published, place = item.draft.guid, item.draft.published_raw, (item.address, item.anchor)
    if item.address is None:
        yield ("guid", guid, item.title) if guid else ("title", item.title, published)
        return
    if guid:
        yield ("guid", guid, *place)
    if item.title or not guid:
        # On a page of comments "By: Ada" is many items; their dates tell.
        yield ("title", *place, item.title, published)


def _make_entries(items: Sequence[_Item], *, feed_url: str) -> tuple[Entry, ...]:
    guids = Counter(item.draft.guid for item in items)
    addresses = Counter(item.address for item in items)
    restamped = (
        find_restamped([item.published_at for item in items]),
        find_restamped([item.updated_at for item in items]),
    )
    entries: dict[str, Entry] = {}
    for item in items:
        is_guid_shared = item.draft.guid is not None and guids[item.draft.guid] > 1
        is_url_shared = item.address is not None and addresses[item.address] > 1
        key = _id_parts(item, is_guid_shared=is_guid_shared, is_url_shared=is_url_shared)
        entry_id = make_id(feed_url, *key)
        entries[entry_id] = Entry(
            entry_id=entry_id,
            feed_url=feed_url,
            guid=item.draft.guid,
            url=item.link,
            title=item.title,
            published_raw=item.draft.published_raw,
            published_at=item.published_at,
            updated_raw=item.draft.updated_raw,
            updated_at=item.updated_at,
            authors=tuple(name for author in item.draft.authors if (name := plain_text(author))),
            summary=item.draft.summary,
            content_html=item.draft.content_html,
            fingerprint=_fingerprint(item, restamped),
            is_guid_shared=is_guid_shared,
            is_url_shared=is_url_shared,
        )
    return tuple(entries.values())


def _id_parts(item: _Item, *, is_guid_shared: bool, is_url_shared: bool) -> tuple[str, ...]:
    """Return what names an item for ever: its guid, else its address, else what it says."""
    guid = item.draft.guid
    if guid and not is_guid_shared:
        return (guid,)
    target = canonicalize(item.link) if item.link else ""
    named = ((guid,) if guid else ()) + ((target,) if target else ())
    if target and not is_url_shared:
        return named
    return (*named, item.anchor, item.title or "", item.draft.published_raw or "")


def _fingerprint(item: _Item, restamped: tuple[frozenset[datetime], frozenset[datetime]]) -> str:
    """Return what changes when the publisher says something else of the item.

    Not its host, nor a date that every poll brings anew: neither is news, and either would have
    every page of the feed fetched again.
    """
    published = "" if item.published_at in restamped[0] else item.draft.published_raw or ""
    updated = "" if item.updated_at in restamped[1] else item.draft.updated_raw or ""
    return make_id(page_of(item.link) if item.link else "", item.title or "", published, updated)
