"""What somebody means who names something to be forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.errors import ConfigError
from etl.store.sql import Connection, fetch_rows
from etl.store.stage import url_id as id_of
from etl.urls import is_http_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Something to be forgotten.

    Attributes:
        named: what the user called it.
        article_id: its article's id, or the id its article would have.
        is_known: there is anything of it in the warehouse.
        is_gone: it was forgotten before.
    """

    named: str
    article_id: str
    entry_id: str | None = None
    url_id: str | None = None
    url: str | None = None
    is_known: bool = True
    is_gone: bool = False


def find_targets(con: Connection, names: Sequence[str]) -> tuple[Target, ...]:
    """Return what `names` mean: ids of articles or entries, or addresses, known or not.

    Raises:
        ConfigError: one is none of these; the text names what is spelled most like it.
    """
    return tuple(target for name in dict.fromkeys(names) for target in _find_target(con, name))


def _find_target(con: Connection, name: str) -> list[Target]:
    name = name.strip()
    url = _as_url(name)
    url_id = id_of(url) if url else None
    rows = fetch_rows(con, "find_targets", wanted=name, url_id=url_id)
    if rows:
        return [Target(named=name, url_id=url_id, url=url, **row) for row in rows]
    if url_id is not None:
        return [Target(named=name, article_id=url_id, url_id=url_id, url=url, is_known=False)]
    near = fetch_rows(con, "find_nearest_article", wanted=name)
    hint = f"; did you mean {near[0]['article_id']}, {near[0]['title']!r}?" if near else ""
    raise ConfigError(f"there is no article or entry {name}{hint}")


def _as_url(name: str) -> str | None:
    if "." not in name or " " in name:
        return None
    url = name if "://" in name else f"https://{name}"
    return url if is_http_url(url) else None
