"""Every command group, imported so that each registers its commands on `app.app`."""

from etl.cli import (
    alone,
    check,
    dedup,
    demo,
    discover,
    explore,
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
    shell,
    status,
    tagging,
    verify,
)
from etl.cli.app import app

__all__ = [
    "alone", "app", "check", "dedup", "demo", "discover", "explore", "export", "feeds", "find",
    "forget", "home", "ingest", "maintain", "merges", "query", "renewal", "serve", "shell",
    "status", "tagging", "verify",
]  # fmt: skip
