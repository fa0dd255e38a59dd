"""Every command group, imported so that each registers its commands on `app.app`."""

from etl.cli import (
    alone,
    check,
    dedup,
    demo,
    discover,
    export,
    feeds,
    find,
    forget,
    home,
    ingest,
    maintain,
    merges,
    query,
    renewal,
    serve,
    status,
    verify,
)

__all__ = [
    "alone", "check", "dedup", "demo", "discover", "export", "feeds", "find", "forget", "home",
    "ingest", "maintain", "merges", "query", "renewal", "serve", "status", "verify",
]  # fmt: skip
