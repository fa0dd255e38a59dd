"""Subscriptions: the `feeds.toml` of a home, read and edited without touching what people wrote."""

from __future__ import annotations

import json
import os
import re
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import Any

from cssselect import HTMLTranslator, SelectorError

from etl.errors import ConfigError
from etl.opml import checked_url, clean_tags, merge, normalize_feed_url, read_opml, read_url_list
from etl.records import Subscription
from etl.urls import canonicalize

KEYS = ("url", "title", "tags", "text_in")
"""What a [[feeds]] table may hold."""

_HEADER = re.compile(r"[ \t]*\[\[[ \t]*feeds[ \t]*\]\][ \t]*(?:#.*)?")
_LINE_COMMENT_OR_BLANK = re.compile(r"[ \t]*(?:#.*)?")
_NEW_FILE = (
    "# Your subscriptions: one [[feeds]] table each; url is needed, title and tags are not.\n"
)


def starter_text() -> str:
    """Return the `feeds.toml` a new home begins with: newspapers and agencies of all continents."""
    return resources.files("etl.starter").joinpath("feeds.toml").read_text(encoding="utf-8")


def read_catalogue(path: Path) -> tuple[Subscription, ...]:
    """Return the subscriptions in the `feeds.toml` at `path`, each address once, in order.

    A missing file holds none.

    Raises:
        ConfigError: the file is no TOML, or a table is wrong: the text says which and where.
    """
    return merge(_parse(_read_text(path), path))


def add(path: Path, subs: Iterable[Subscription]) -> tuple[int, int]:
    """Append `subs` to the file at `path`, made if missing; return (added, already there).

    What the user wrote stays as it is. One write, whole or not at all.

    Raises:
        ConfigError: the file is wrong before, an address is none, or it cannot be appended to.
    """
    text = _read_text(path)
    known = {canonicalize(sub.url) for sub in _parse(text, path)}
    tables: list[str] = []
    asked = 0
    for sub in subs:
        asked += 1
        url = checked_url(sub.url, "the address to add")
        if canonicalize(url) not in known:
            known.add(canonicalize(url))
            tables.append(_table(url, sub))
    if tables:
        before = text if text.endswith("\n") or not text else text + "\n"
        after = (before or _NEW_FILE) + "".join(tables)
        _check_appended(after, path)
        _write(path, after)
    return len(tables), asked - len(tables)


def remove(path: Path, urls: Iterable[str]) -> tuple[int, int]:
    """Take the feeds at `urls` out of the file at `path`; return (removed, not subscribed).

    Comments stay, also those right above a removed feed.

    Raises:
        ConfigError: the file is wrong, or written in a way only its author can edit.
    """
    text = _read_text(path)
    subs = _parse(text, path)
    wanted = {canonicalize(normalize_feed_url(url) or url) for url in urls}
    places = {at for at, sub in enumerate(subs) if canonicalize(sub.url) in wanted}
    found = {canonicalize(subs[at].url) for at in places}
    if places:
        after = _without_tables(text, places)
        kept = [sub for at, sub in enumerate(subs) if at not in places]
        if _parse(after, path) != kept:
            raise ConfigError(f"{path} cannot be edited without breaking it; remove them by hand")
        _write(path, after)
    return len(found), len(wanted - found)


def import_file(path: Path) -> tuple[Subscription, ...]:
    """Return the subscriptions in a file of another program: OPML, or one address a line.

    Raises:
        ConfigError: it cannot be read, or is neither.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from error
    start = content.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1]
    if start == b"<":
        return read_opml(content, source=str(path))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is neither OPML nor a list of addresses (no text)") from error
    return read_url_list(text, source=str(path))


def _parse(text: str, path: Path) -> list[Subscription]:
    """Return one subscription a [[feeds]] table, in order.

    Raises:
        ConfigError: the text is no TOML, or a table is wrong.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}") from error
    for key in document:
        if key != "feeds":
            raise ConfigError(f'{path}: unknown key "{key}"; feeds are [[feeds]] tables')
    tables = document.get("feeds", [])
    if not isinstance(tables, list):
        raise ConfigError(f"{path}: write [[feeds]], in double brackets, above each feed")
    return [_subscription(table, _Place(path, text, at)) for at, table in enumerate(tables)]


class _Place:
    """Where a table stands; the line is looked for only when an error must name it."""

    def __init__(self, path: Path, text: str, at: int) -> None:
        self._path, self._text, self._at = path, text, at

    def __str__(self) -> str:
        starts = _table_starts(self._text.splitlines())
        line = f", line {starts[self._at] + 1}" if self._at < len(starts) else ""
        return f"{self._path}, feed {self._at + 1}{line}"


def _subscription(table: Any, place: _Place) -> Subscription:
    if not isinstance(table, dict):
        raise ConfigError(f"{place}: a feed is a table with a url")
    for key in table:
        if key not in KEYS:
            near = get_close_matches(key, KEYS, n=1, cutoff=0.0)[0]
            raise ConfigError(f'{place}: unknown key "{key}"; did you mean "{near}"?')
    url, title, tags = table.get("url"), table.get("title"), table.get("tags", [])
    if not isinstance(url, str):
        raise ConfigError(f"{place}: url is missing or no string")
    if title is not None and not isinstance(title, str):
        raise ConfigError(f"{place}: title must be a string")
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise ConfigError(f'{place}: tags must be a list of strings, like ["GB", "en"]')
    address, name = checked_url(url, place), (title or "").strip()
    return Subscription(
        url=address,
        title=name or None,
        tags=clean_tags(tags),
        text_in=_checked_selector(table.get("text_in"), place),
    )


def _checked_selector(selector: Any, place: _Place) -> str | None:
    if selector is None:
        return None
    if not isinstance(selector, str):
        raise ConfigError(f'{place}: text_in must be a CSS selector, like "div.story"')
    try:
        HTMLTranslator().css_to_xpath(selector)
    except SelectorError as error:
        raise ConfigError(f'{place}: text_in "{selector}" is no CSS selector: {error}') from error
    return selector


def _check_appended(text: str, path: Path) -> None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:  # it was right before: `feeds = […]` in one list
        raise ConfigError(
            f"{path} holds its feeds as one list; write each as a [[feeds]] table to add more"
        ) from error


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's too; DEL is the one character TOML wants escaped and JSON does not.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _table(url: str, sub: Subscription) -> str:
    lines = ["", "[[feeds]]", f"url = {_quoted(url)}"]
    if sub.title:
        lines.append(f"title = {_quoted(' '.join(sub.title.split()))}")
    if sub.tags:
        lines.append(f"tags = [{', '.join(_quoted(tag) for tag in clean_tags(sub.tags))}]")
    if sub.text_in:
        lines.append(f"text_in = {_quoted(sub.text_in)}")
    return "\n".join(lines) + "\n"


def _table_starts(lines: Sequence[str]) -> list[int]:
    return [at for at, line in enumerate(lines) if _HEADER.fullmatch(line)]


def _without_tables(text: str, places: set[int]) -> str:
    """Return `text` without its tables at `places`, keeping comments and blanks after them."""
    lines = text.splitlines(keepends=True)
    starts = _table_starts([line.rstrip("\r\n") for line in lines])
    dropped: set[int] = set()
    for place, start in enumerate(starts):
        if place in places:
            end = starts[place + 1] if place + 1 < len(starts) else len(lines)
            while _LINE_COMMENT_OR_BLANK.fullmatch(lines[end - 1].rstrip("\r\n")):
                end -= 1
            dropped.update(range(start, end))
    return "".join(line for at, line in enumerate(lines) if at not in dropped)


def _read_text(path: Path) -> str:
    """Return the file's text, "" where there is none.

    Raises:
        ConfigError: it is no UTF-8, or cannot be read.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is not UTF-8 text: {error.reason}") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from error


def _write(path: Path, text: str) -> None:
    """Put `text` in place of the file at once: a crash leaves the old one or the new one.

    Raises:
        ConfigError: the file or its folder cannot be written.
    """
    path = path.resolve()  # of a symbolic link, what it points to
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, text)
    except OSError as error:
        raise ConfigError(
            f"cannot write {path}: {error.strerror}; "
            "give newshouse a home you may write to (--home DIR)"
        ) from error


def _replace(path: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
