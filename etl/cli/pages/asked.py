"""What a request asks for, out of its address, and addresses that ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from etl.cli.find import parse_day
from etl.errors import ConfigError
from etl.store.overview import Chosen

PAGE_ROWS, MOST_PAGES = 20, 50
FILTERS = ("since", "until", "source", "entity", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The search form as it was filled in; empty = not."""

    q: str = ""
    since: str = ""
    until: str = ""
    source: str = ""
    entity: str = ""
    language: str = ""
    page: int = 1

    @property
    def is_filtered(self) -> bool:
        """Whether a filter is filled in."""
        return any(getattr(self, name) for name in FILTERS)

    def choose(self, *, now: datetime) -> Chosen:
        """Return what the filters let through.

        Raises:
            ConfigError: a day is none.
        """
        first = parse_day(self.since or None, "From", now=now)
        last = parse_day(self.until or None, "To", now=now)
        try:
            until = last + timedelta(days=1) if last else None
        except OverflowError:
            raise ConfigError(f"To: {self.until} is the last of days") from None
        return Chosen(
            since=first, until=until, source=self.source or None, entity=self.entity or None,
            language=self.language or None,
        )  # fmt: skip

    def to(self, path: str, **other: object) -> str:
        """Return the address at `path` that asks the same, but for `other`."""
        mine = {name: getattr(self, name) for name in ("q", *FILTERS)}
        given = {name: value for name, value in (mine | other).items() if value not in {"", None}}
        return f"{path}?{urlencode(given)}" if given else path


def read_asked(query: QueryParams) -> Asked:
    """Return what is asked for; a page that is none is the first."""
    texts = {name: query.get(name, "").strip() for name in ("q", *FILTERS)}
    number = query.get("page", "1")
    page = (
        int(number) if number.isascii() and number.isdecimal() and len(number) < len("1000") else 1
    )
    return Asked(**texts, page=min(max(page, 1), MOST_PAGES))
