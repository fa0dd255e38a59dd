"""Which site a URL is of."""

from __future__ import annotations

from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList

from etl.urls.hosts import is_ipv4
from etl.urls.parts import split_url


def source_of(url: str) -> str:
    """Return the registrable domain of `url` ("bbc.co.uk"), "" where it is no http(s) URL.

    An IP address or a single label is its own source; under a suffix nobody lists
    ("www.name.test") the last two labels are.
    """
    parts = split_url(url)
    return _source_of_host(parts.host) if parts else ""


def is_same_site(one: str, other: str) -> bool:
    """Return whether both are http(s) URLs of one source."""
    source = source_of(one)
    return source != "" and source == source_of(other)


@cache
def _suffixes() -> PublicSuffixList:
    # The list bundled with the package, never the network. Private suffixes count, so that two
    # blogs of one host are two sources. (tldextract loads requests: 0.4 s before the first poll.)
    return PublicSuffixList()


@lru_cache(maxsize=4_096)
def _source_of_host(host: str) -> str:
    if host.startswith("[") or is_ipv4(host):
        return host
    return _suffixes().privatesuffix(host) or host
