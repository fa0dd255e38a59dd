"""What the format readers hand over: a feed's words, before anything is made of them."""

from __future__ import annotations

from dataclasses import dataclass

from etl.records import FeedKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One item as it stands in the document; any part may be missing.

    `link` may be relative, to `base` if that is given, else to the feed's home. `title` may hold
    markup. Dates are verbatim.
    """

    guid: str | None = None
    link: str | None = None
    base: str | None = None
    title: str | None = None
    published_raw: str | None = None
    updated_raw: str | None = None
    authors: tuple[str, ...] = ()
    summary: str | None = None
    content_html: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFeed:
    """A document as a format reader saw it; `home` may be relative, `title` marked up.

    `children` are absolute addresses, best first.
    """

    format: FeedKind
    drafts: tuple[Draft, ...]
    title: str | None = None
    home: str | None = None
    ttl_s: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    children: tuple[str, ...] = ()
