"""What may be set about fetching."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """Limits, manners and exemptions of a `WebFetcher`; times in seconds, sizes in bytes.

    Attributes:
        timeout_s: longest silence while connecting or reading.
        total_timeout_s: longest whole exchange, redirects and all, waits for politeness apart;
            it ends a server that drips a byte a second.
        max_body_bytes: largest body taken, after decompression.
        max_redirects: most redirects followed for one request.
        concurrency: most exchanges at once.
        per_host_concurrency: most exchanges at once with one host.
        per_host_delay_s: shortest time between two starts at one host.
        respect_robots: whether pages are asked for only where robots.txt allows it.
        user_agent: our name, as sent and as looked up in robots.txt.
        contact_url: where a publisher can read who we are; empty for none.
        allow_private: networks (CIDR) exempt from the SSRF guard.
        resolve: "host:port" to the "host:port" really connected to; the guard still applies.
        retries: immediate second tries, but for pages, where a kept connection was stale.
    """

    timeout_s: float = 20.0
    total_timeout_s: float = 60.0
    max_body_bytes: int = 10_000_000
    max_redirects: int = 10
    concurrency: int = 64
    per_host_concurrency: int = 2
    per_host_delay_s: float = 0.25
    respect_robots: bool = True
    user_agent: str = "newshouse"
    contact_url: str = ""
    allow_private: tuple[str, ...] = ()
    resolve: Mapping[str, str] = field(default_factory=dict)
    retries: int = 1

    def user_agent_header(self) -> str:
        """Return the User-Agent sent: name, version and, where there is one, the contact."""
        name = self.user_agent if "/" in self.user_agent else f"{self.user_agent}/{_version()}"
        return f"{name} (+{self.contact_url})" if self.contact_url else name


def _version() -> str:
    try:
        return version("newshouse")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "dev"
