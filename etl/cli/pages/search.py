"""The first page: the search form, what it finds, or what is newest."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from urllib.parse import quote

from starlette.requests import Request

from etl.cli.pages.asked import MOST_PAGES, PAGE_ROWS, Asked, read_asked
from etl.cli.pages.desk import Desk
from etl.cli.pages.found import Elsewhere, Page
from etl.errors import ConfigError
from etl.store.brake import Brake
from etl.store.overview import list_languages, list_latest, list_sources
from etl.store.read import Row, find_article
from etl.store.search import search_articles
from etl.store.sql import Connection


def read_page(desk: Desk, request: Request, brake: Brake, *, now: datetime) -> Page:
    """Return a page of articles: those that match, the best first, or the newest.

    Raises:
        Elsewhere: the words are an article's address.
    """
    asked = read_asked(request.query_params)
    wrong = None
    with desk.shelf.lend(brake) as con:
        if asked.q.startswith(("http://", "https://")) and (found := find_article(con, asked.q)):
            raise Elsewhere(f"/article/{quote(found)}")
        try:
            hits = _find(con, asked, now=now)
        except ConfigError as error:
            wrong, hits = str(error), []
        languages = desk.shelf.recall(con, "languages", list_languages)
        largest = desk.shelf.recall(con, "sources", list_sources)
    first = (asked.page - 1) * PAGE_ROWS
    more = len(hits) > first + PAGE_ROWS and asked.page < MOST_PAGES
    told = {
        "asked": asked, "hits": hits[first : first + PAGE_ROWS], "first": first,
        "languages": languages, "sources": [row["source"] for row in largest], "wrong": wrong,
        "earlier": asked.to("/", page=asked.page - 1) if asked.page > 1 else None,
        "later": asked.to("/", page=asked.page + 1) if more else None,
        "days": asked.to("/days"),
    }  # fmt: skip
    title = asked.q or "Newest articles"
    return Page("search.html", title=title, told=told, status=400 if wrong else 200)


def _find(con: Connection, asked: Asked, *, now: datetime) -> list[Row]:
    """Return the articles up to the end of the page, and one if there are more."""
    chosen, most = asked.choose(now=now), asked.page * PAGE_ROWS + 1
    if not asked.q:
        return list(list_latest(con, chosen, limit=most))
    found = search_articles(con, asked.q, **asdict(chosen), limit=most)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]
