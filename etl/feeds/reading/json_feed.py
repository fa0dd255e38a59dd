"""Read JSON Feed, versions 1 and 1.1, and the bare list of its items some sites send."""

from __future__ import annotations

import html
import json
from typing import Any

from etl.errors import ParseError
from etl.feeds.reading.draft import Draft, DraftFeed
from etl.feeds.reading.links import mend_link
from etl.feeds.reading.text import FORBIDDEN


def read_json_feed(text: str, *, url: str) -> DraftFeed:
    """Return the feed written in `text`; members of the wrong type count as missing.

    Raises:
        ParseError: it is no JSON, or JSON that is no feed.
    """
    try:
        # Ids are often numbers, and a number of 5,000 digits is one Python refuses to read.
        document = json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise ParseError(url, f"it begins like JSON but cannot be read: {error}") from error
    items = document.get("items") if isinstance(document, dict) else _items_of(document)
    if not isinstance(items, list):
        raise ParseError(url, 'a JSON document without the "items" of a JSON Feed')
    head = document if isinstance(document, dict) else {}
    return DraftFeed(
        format="json",
        title=_text(head, "title"),
        home=mend_link(_text(head, "home_page_url")),
        drafts=tuple(_read_item(item) for item in items if isinstance(item, dict)),
    )


def _items_of(document: list[Any]) -> list[Any] | None:
    """Return a top-level list if what is in it are items: things with an address and words."""
    words = {"title", "content_html", "content_text", "summary"}
    has_item = any(
        isinstance(item, dict) and _text(item, "url") and words.intersection(item)
        for item in document
    )
    return document if has_item else None


def _read_item(item: dict[str, Any]) -> Draft:
    guid, link = _text(item, "id"), _text(item, "url") or _text(item, "external_url")
    if link is None and guid is not None and guid.lower().startswith(("http://", "https://")):
        link = guid
    content, plain = _text(item, "content_html"), _text(item, "content_text")
    return Draft(
        guid=guid,
        link=mend_link(link),
        title=_text(item, "title"),
        published_raw=_text(item, "date_published"),
        updated_raw=_text(item, "date_modified"),
        authors=_authors(item),
        summary=_text(item, "summary"),
        content_html=content or (html.escape(plain, quote=False) if plain else None),
    )


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    """Return the names in `authors` (1.1) or `author` (1), each once."""
    listed = item.get("authors")
    people = listed if isinstance(listed, list) else [item.get("author")]
    names = [_text(person, "name") for person in people if isinstance(person, dict)]
    return tuple(dict.fromkeys(name for name in names if name))


def _text(holder: dict[str, Any], key: str) -> str | None:
    """Return the string at `key`, None where it is empty or missing."""
    value = holder.get(key)
    # JSON can escape what no XML or URL can hold: a lone half of an emoji, a NUL.
    return FORBIDDEN.sub("", value).strip() or None if isinstance(value, str) else None
