"""Every command group, imported so that each registers its commands on `app.app`."""

from etl.cli import (
    check,
    demo,
    discover,
    feeds,
    find,
    home,
    ingest,
    merges,
    query,
    serve,
    status,
    verify,
)

__all__ = [
    "check", "demo", "discover", "feeds", "find", "home", "ingest", "merges", "query", "serve",
    "status", "verify",
]  # fmt: skip
