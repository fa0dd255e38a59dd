"""Ask for a robots.txt for its own sake, not on the way to a page."""

from __future__ import annotations

from etl.net.robots import next_file
from etl.records import Answer, Body, Failed, NotModified, Request, RobotsFile


def ask_robots(origin: str) -> Request:
    """Return the request for the robots.txt of `origin`."""
    return Request(key=origin, url=f"{origin}/robots.txt", kind="robots")


def read_robots(origin: str, answer: Answer) -> RobotsFile:
    """Return the file in an answer, or what its absence means (RFC 9309, 2.3.1)."""
    result = answer.result
    assert isinstance(result, Body | NotModified | Failed)
    headers = result.headers if isinstance(result, Body) else ()
    return next_file(origin, None, result, headers, now=answer.exchanges[-1].started_at)
