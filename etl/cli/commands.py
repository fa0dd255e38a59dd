"""Every command group, imported so that each registers its commands on `app.app`."""

from etl.cli import (
    check,
    demo,
    discover,
    export,
    feeds,
    find,
    home,
    ingest,
    maintain,
    merges,
    query,
    serve,
    status,
    verify,
)

__all__ = [
    "check", "demo", "discover", "export", "feeds", "find", "home", "ingest", "maintain", "merges",
    "query", "serve", "status", "verify",
]  # fmt: skip
