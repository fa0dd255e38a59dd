"""A scripted site and a fetcher pointed at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

import pytest

from etl.net import FetchPolicy, WebFetcher
from etl.records import Answer, Failed, FetchKind, Request, Validators

from .site import Site

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
Ask = Callable[..., Answer]
Open = Callable[..., WebFetcher]


def page(path: str, *, host: str = "harbour", key: str | None = None, **named: Any) -> Request:
    """Return a request for a page of the site."""
    return Request(key=key or path, url=f"http://{host}.test{path}", kind="page", **named)


def fetch_one(fetcher: WebFetcher, request: Request) -> Answer:
    """Return the one answer to one request."""
    (got,) = fetcher.fetch([request])
    return got


def failure(got: Answer) -> Failed:
    """Return the failure that an answer must be."""
    assert isinstance(got.result, Failed)
    return got.result


@pytest.fixture
def site() -> Iterator[Site]:
    """Return a running site without any plays."""
    with Site() as running:
        yield running


@pytest.fixture
def open_fetcher(site: Site) -> Iterator[Callable[..., WebFetcher]]:
    """Return a maker of fetchers that may reach the site, quick and in a hurry."""
    with ExitStack() as stack:

        def make(*, at: datetime = NOW, **changes: Any) -> WebFetcher:
            settings: dict[str, Any] = {
                "allow_private": ("127.0.0.0/8",),
                "per_host_delay_s": 0.0,
                "timeout_s": 2.0,
                "total_timeout_s": 4.0,
                "respect_robots": False,
                "resolve": {
                    f"{name}.test:80": f"127.0.0.1:{site.port}" for name in ("harbour", "hill")
                },
            }
            policy = FetchPolicy(**(settings | changes))
            return stack.enter_context(WebFetcher(policy, clock=lambda: at))

        yield make


@pytest.fixture
def ask(open_fetcher: Callable[..., WebFetcher]) -> Ask:
    """Return a way to ask for one path of the site under a changed policy."""

    def once(
        path: str,
        *,
        kind: FetchKind = "feed",
        validators: Validators | None = None,
        is_audited: bool = False,
        **changes: Any,
    ) -> Answer:
        url = path if "://" in path else f"http://harbour.test{path}"
        request = Request(
            key="k",
            url=url,
            kind=kind,
            validators=validators or Validators(),
            is_audited=is_audited,
        )
        (got,) = open_fetcher(**changes).fetch([request])
        return got

    return once
