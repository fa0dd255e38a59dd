"""What the published warehouse remembers, for a look at the web that is no run."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from etl.home import Home
from etl.records import FeedState, HostMemory
from etl.store.hosts import find_host_memory
from etl.store.read import read_feed_states, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Feeds by address, and hosts: so that one that asked for patience is given it here too."""

    feeds: dict[str, FeedState] = field(default_factory=dict)
    hosts: HostMemory = field(default_factory=HostMemory)


def recall(home: Home, *, now: datetime) -> Memory:
    """Return what is remembered in a home; nothing where there is no warehouse.

    Raises:
        WarehouseError: there is one, and it cannot be read.
    """
    if not home.published.exists():
        return Memory()
    with reading(home.published) as con:
        feeds = {state.feed_url: state for state in read_feed_states(con, now=now)}
        return Memory(feeds=feeds, hosts=find_host_memory(con, now=now))
