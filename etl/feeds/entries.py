"""Make entries of drafts: absolute addresses, read dates, and ids that last from poll to poll."""

from __future__ import annotations

import contextlib
from urllib.parse import urljoin

from etl.feeds.dates import parse_date
from etl.feeds.draft import Draft, DraftFeed
from etl.feeds.text import plain_text
from etl.records import Entry, Feed, make_id
from etl.urls import canonicalize

_LINE_BREAKS = str.maketrans("", "", "\r\n\t")


def make_feed(draft: DraftFeed, *, url: str, base_url: str) -> Feed:
    """Return the feed `draft` describes, subscribed as `url`; items with one id are one entry.

    Relative links count from the feed's home, and that from `base_url`.
    """
    home_url = absolute_url(draft.home, base_url)
    links = [_entry_url(item, home_url or base_url) for item in draft.drafts]
    shared = _shared_guids(draft, links)
    entries: dict[str, Entry] = {}
    for item, link in zip(draft.drafts, links, strict=True):
        entry = _make_entry(item, link, feed_url=url, is_guid_shared=item.guid in shared)
        entries.setdefault(entry.entry_id, entry)
    return Feed(
        url=url,
        format=draft.format,
        title=plain_text(draft.title),
        home_url=home_url,
        entries=tuple(entries.values()),
        ttl_s=draft.ttl_s,
    )


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


def _shared_guids(draft: DraftFeed, links: list[str | None]) -> set[str]:
    """Return the guids that stand on items of different addresses: they identify none of them."""
    first: dict[str, str] = {}
    shared: set[str] = set()
    for item, link in zip(draft.drafts, links, strict=True):
        if item.guid is not None and link is not None:
            target = canonicalize(link)
            if first.setdefault(item.guid, target) != target:
                shared.add(item.guid)
    return shared


def _make_entry(item: Draft, link: str | None, *, feed_url: str, is_guid_shared: bool) -> Entry:
    title = plain_text(item.title)
    target = canonicalize(link) if link else ""
    published, updated = item.published_raw or "", item.updated_raw or ""
    if item.guid and not is_guid_shared:
        key: tuple[str, ...] = (item.guid,)
    elif item.guid:
        key = (item.guid, target)
    else:
        key = (target,) if target else (title or "", published)
    return Entry(
        entry_id=make_id(feed_url, *key),
        feed_url=feed_url,
        guid=item.guid,
        url=link,
        title=title,
        published_raw=item.published_raw,
        published_at=parse_date(item.published_raw),
        updated_raw=item.updated_raw,
        updated_at=parse_date(item.updated_raw),
        authors=tuple(name for author in item.authors if (name := plain_text(author))),
        summary=item.summary,
        content_html=item.content_html,
        fingerprint=make_id(target, title or "", published, updated),
    )
