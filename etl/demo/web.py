"""The demo web without a network: what each request gets, on each day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from etl.demo.documents import CONTENT_TYPES, render_feed, render_robots, render_sitemap
from etl.demo.layouts import render_article, render_home
from etl.demo.sites import Site

AskedFor = Literal["feed", "page", "robots", "other"]
"""What kind of document a request is for; the home page and unknown paths are "other"."""

LAST_DAY = 2
"""From this day on nothing changes."""

_HTML = "text/html; charset=utf-8"
_NOT_FOUND = '<!DOCTYPE html>\n<html lang="en"><title>Not found</title><p>No such page.</html>\n'
_GONE = '<!DOCTYPE html>\n<html lang="en"><title>Gone</title><p>This feed has ended.</html>\n'
_COOKIE_WALL = (
    '<!DOCTYPE html>\n<html lang="en"><head><title>One moment</title></head>'
    "<body><h1>Please enable cookies</h1><p>We are checking your browser.</p></body></html>\n"
)


class DemoAnswer(NamedTuple):
    """An HTTP answer; header names are as they are written on the wire."""

    status: int
    headers: dict[str, str]
    body: bytes


class DemoWeb:
    """All sites of the demo, on every day. Immutable; every method is a pure function."""

    def __init__(self, sites: Iterable[Site]) -> None:
        self.sites = tuple(sites)
        self._standing = {
            (site.host, day): site.on(day) for site in self.sites for day in range(1, LAST_DAY + 1)
        }

    def answer(self, host: str, path: str, day: int, headers: Mapping[str, str]) -> DemoAnswer:
        """Return what `host` answers to GET `path` on `day`.

        Args:
            host: as in a Host header; a port is ignored.
            path: as in a request line; a query is ignored.
            day: 1, or 2 for the edited web.
            headers: of the request; If-None-Match is the only one that matters.
        """
        site = self._find_site(host, day)
        if site is None:
            return _plain(404, f"no site {host}\n")
        status, content_type, text = _find_document(site, urlsplit(path).path)
        body = text.encode()
        if status != HTTPStatus.OK:
            return DemoAnswer(status, {"Content-Type": content_type}, body)
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        if _matches(headers, etag):
            return DemoAnswer(304, {"ETag": etag}, b"")
        return DemoAnswer(200, {"Content-Type": content_type, "ETag": etag}, body)

    def kind(self, host: str, path: str) -> AskedFor:
        """Return what kind of document a GET of `path` at `host` asks for."""
        site = self._find_site(host, LAST_DAY)
        bare = urlsplit(path).path
        if site is None:
            return "other"
        if bare == site.feed_path:
            return "feed"
        if bare == "/robots.txt":
            return "robots"
        return "page" if any(article.path == bare for article in site.articles) else "other"

    def _find_site(self, host: str, day: int) -> Site | None:
        name = host.partition(":")[0].lower()
        return self._standing.get((name, min(max(day, 1), LAST_DAY)))


def _find_document(site: Site, path: str) -> tuple[int, str, str]:
    """Return status, Content-Type and text of what `site` has at `path`."""
    if path == site.feed_path:
        return _find_feed(site)
    if path == "/":
        return 200, _HTML, render_home(site)
    if path == "/robots.txt":
        return 200, "text/plain; charset=utf-8", render_robots(site)
    if path == "/sitemap-news.xml":
        return 200, CONTENT_TYPES["sitemap"], render_sitemap(site)
    for article in site.articles:
        if article.path == path:
            return 200, _HTML, render_article(site, article)
    return 404, _HTML, _NOT_FOUND


def _find_feed(site: Site) -> tuple[int, str, str]:
    match site.trouble:
        case "gone":
            return 410, _HTML, _GONE
        case "cookie_wall":
            return 200, _HTML, _COOKIE_WALL
        case None:
            return 200, CONTENT_TYPES[site.feed], render_feed(site)


def _plain(status: int, text: str) -> DemoAnswer:
    return DemoAnswer(status, {"Content-Type": "text/plain; charset=utf-8"}, text.encode())


def _matches(headers: Mapping[str, str], etag: str) -> bool:
    """Whether If-None-Match names `etag` (or "*"); a W/ before it makes no difference here."""
    asked = next((value for key, value in headers.items() if key.lower() == "if-none-match"), "")
    known = {part.strip().removeprefix("W/") for part in asked.split(",")}
    return etag in known or "*" in known
