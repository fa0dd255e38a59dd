"""A URL taken apart as browsers do."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import NamedTuple, TypeVar

from etl.urls.hosts import normalise_host

CACHED_CHARS = 1_000
"""Longer URLs are worked out each time: caches full of a hostile feed's would cost gigabytes."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LAST_PORT = 65_535
_URL = re.compile(
    r"(https?):[/\\]*([^/\\?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL
)
_PORT = re.compile(r"(?s:(.*)):([0-9]{0,6})")
_CONTROLS_AND_SPACE = "".join(map(chr, range(0x21)))
_LINE_BREAKS = str.maketrans("", "", "\t\n\r")

T = TypeVar("T")


def remember(work_out: Callable[[str], T]) -> Callable[[str], T]:
    """Return `work_out` with a memory of the URLs of ordinary length."""
    remembered = lru_cache(maxsize=16_384)(work_out)

    @wraps(work_out)
    def ask(url: str) -> T:
        return remembered(url) if len(url) <= CACHED_CHARS else work_out(url)

    return ask


class Parts(NamedTuple):
    """A taken-apart http(s) URL; `netloc` is host and non-default port, `path` begins with "/"."""

    scheme: str
    host: str
    netloc: str
    path: str
    query: str
    fragment: str


@remember
def split_url(url: str) -> Parts | None:
    """Return the parts of `url`, None where it is no http(s) URL."""
    match = _URL.fullmatch(url.strip().strip(_CONTROLS_AND_SPACE).translate(_LINE_BREAKS))
    if match is None:
        return None
    scheme, authority, path, query, fragment = match.groups(default="")
    scheme = scheme.lower()
    # "user:secret@": browsers do not show it, and a page is the same with or without.
    host, port = authority.rpartition("@")[2], _DEFAULT_PORTS[scheme]
    if found := _PORT.fullmatch(host):
        host, port = found[1], int(found[2] or port)
    try:
        host = normalise_host(host)
    except ValueError:  # unbalanced brackets, characters no host may have
        return None
    if not host or port > _LAST_PORT:
        return None
    netloc = host if port == _DEFAULT_PORTS[scheme] else f"{host}:{port}"
    return Parts(scheme, host, netloc, path.replace("\\", "/") or "/", query, fragment)


def is_http_url(text: str) -> bool:
    """Return whether `text` is an absolute http or https URL with a usable host."""
    return split_url(text) is not None
