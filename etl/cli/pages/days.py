"""Articles a day: of all, of a search, of each source."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

from markupsafe import Markup
from starlette.requests import Request

from etl.cli.pages.asked import Asked, read_asked
from etl.cli.pages.chart import Bar, draw_bars, group_days, name_days
from etl.cli.pages.desk import Desk
from etl.cli.pages.found import Page
from etl.errors import ConfigError
from etl.store.brake import Brake
from etl.store.overview import count_days, list_languages, list_sources
from etl.store.read import Row

MOST_SOURCES = 8
SMALL_HIGH = 170


def read_page(desk: Desk, request: Request, brake: Brake, *, now: datetime) -> Page:
    """Return the page of charts."""
    asked = read_asked(request.query_params)
    wrong: str | None = None
    counts: tuple[Row, ...] = ()
    with desk.shelf.lend(brake) as con:
        try:
            counts = count_days(con, asked.choose(now=now), words=asked.q or None)
        except ConfigError as error:
            wrong = str(error)
        languages = desk.shelf.recall(con, "languages", list_languages)
        largest = desk.shelf.recall(con, "sources", list_sources)
    told: dict[str, Any] = {
        "asked": asked, "wrong": wrong, "languages": languages,
        "sources": [row["source"] for row in largest],
        "total": sum(row["articles"] for row in counts), "hits": asked.to("/"),
        "charts": _draw_sources(counts, asked), "chart": None, "bars": (),
    }  # fmt: skip
    per_day: Counter[date] = Counter()
    for row in counts:
        per_day[row["day_on"]] += row["articles"]
    if bars := group_days(per_day):
        told["bars"] = [(name_days(bar), _link(asked, bar), bar.articles) for bar in bars]
        told["chart"] = draw_bars(bars, title="Articles a day", link=lambda bar: _link(asked, bar))
    title = f"Articles a day: {asked.q}" if asked.q else "Articles a day"
    return Page("days.html", title=title, told=told, status=400 if wrong else 200)


def _link(asked: Asked, bar: Bar, **other: str) -> str:
    return asked.to("/", since=f"{bar.first_on}", until=f"{bar.last_on}", **other)


def _draw_sources(counts: tuple[Row, ...], asked: Asked) -> list[tuple[str, int, Markup]]:
    """Return a chart for each of the largest sources, on one scale, where there are several."""
    by_source: dict[str, Counter[date]] = {}
    for row in counts:
        by_source.setdefault(row["source"], Counter())[row["day_on"]] += row["articles"]
    if len(by_source) <= 1:
        return []
    largest = sorted(by_source.items(), key=lambda item: (-item[1].total(), item[0]))[:MOST_SOURCES]
    ends = {min(row["day_on"] for row in counts): 0, max(row["day_on"] for row in counts): 0}
    grouped = {name: group_days(ends | dict(days)) for name, days in largest}
    most = max(bar.articles for bars in grouped.values() for bar in bars)
    return [
        (name, sum(bar.articles for bar in bars), _draw_small(asked, name, bars, most))
        for name, bars in grouped.items()
    ]


def _draw_small(asked: Asked, source: str, bars: tuple[Bar, ...], most: int) -> Markup:
    def link(bar: Bar) -> str:
        return _link(asked, bar, source=source)

    title = f"Articles a day of {source}"
    return draw_bars(bars, title=title, link=link, high=SMALL_HIGH, most=most, ticks=1)
