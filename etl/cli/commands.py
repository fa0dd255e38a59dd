"""Every command group, imported so that each registers its commands on `app.app`."""

from etl.cli import demo, feeds, find, home, ingest, query, serve, status, verify

__all__ = ["demo", "feeds", "find", "home", "ingest", "query", "serve", "status", "verify"]
