"""What a fetcher learned of hosts, as Parquet: paces in one file, robots.txt files in another."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from etl.records import HostPace, RobotsFile
from etl.store.stage import TEXT, TIME, Row, fields, write_rows

PACES = pa.schema({
    "host": TEXT, "closed_until": TIME, "delay_s": pa.float64(), "slow_until": TIME,
})  # fmt: skip
ROBOTS = pa.schema({
    "origin": TEXT, "text": TEXT, "etag": TEXT, "last_modified": TEXT, "validators_url": TEXT,
    "fetched_at": TIME, "expires_at": TIME, "unreachable_since": TIME, "detail": TEXT,
})  # fmt: skip


def stage_paces(paces: Iterable[HostPace], path: Path) -> None:
    """Write one row a host to `path`."""
    write_rows([fields(pace) for pace in paces], PACES, path)


def stage_robots(robots: Iterable[RobotsFile], path: Path) -> None:
    """Write one row a robots.txt to `path`."""
    write_rows([_robots_row(file) for file in robots], ROBOTS, path)


def _robots_row(file: RobotsFile) -> Row:
    given = file.validators
    return fields(file) | {
        "etag": given.etag, "last_modified": given.last_modified, "validators_url": given.url,
    }  # fmt: skip
