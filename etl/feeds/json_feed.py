"""Read JSON Feed, versions 1 and 1.1."""

from __future__ import annotations

import html
import json
from typing import Any

from etl.errors import ParseError
from etl.feeds.draft import Draft, DraftFeed


def read_json_feed(text: str, *, url: str) -> DraftFeed:
    """Return the feed written in `text`; members of the wrong type count as missing.

    Raises:
        ParseError: it is no JSON, or JSON that is no feed.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ParseError(url, f"it begins like JSON but cannot be read: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise ParseError(url, 'a JSON document without the "items" of a JSON Feed')
    return DraftFeed(
        format="json",
        title=_text(document, "title"),
        home=_text(document, "home_page_url"),
        drafts=tuple(_read_item(item) for item in document["items"] if isinstance(item, dict)),
    )


def _read_item(item: dict[str, Any]) -> Draft:
    guid, link = _text(item, "id"), _text(item, "url") or _text(item, "external_url")
    if link is None and guid is not None and guid.lower().startswith(("http://", "https://")):
        link = guid
    content, plain = _text(item, "content_html"), _text(item, "content_text")
    return Draft(
        guid=guid,
        link=link,
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
    """Return the string at `key`, None where it is empty or missing; ids may be numbers."""
    value = holder.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return value.strip() or None if isinstance(value, str) else None
