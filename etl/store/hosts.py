"""What runs learned of hosts, read back for the next run, or for a look without one."""

from __future__ import annotations

from datetime import datetime, timedelta

from etl.records import HostMemory, HostPace
from etl.store.rows import robots_file
from etl.store.sql import Connection, fetch_rows

ROBOTS_KEPT = timedelta(days=30)
"""As long as the last copy of a robots.txt that cannot be had holds (RFC 9309, 2.3.1.4)."""


def find_host_memory(con: Connection, *, now: datetime) -> HostMemory:
    """Return what still holds of what was learned of hosts."""
    paces = fetch_rows(con, "find_host_paces", now=now)
    robots = fetch_rows(con, "find_robots", since=now - ROBOTS_KEPT)
    return HostMemory(
        paces=tuple(HostPace(**row) for row in paces),
        robots=tuple(robots_file(row) for row in robots),
    )
