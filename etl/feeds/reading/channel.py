"""What a feed says of itself: its name, its home, and when it asks to be polled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from etl.feeds.reading.links import page_link
from etl.feeds.reading.tree import Children, Element, children_of, first_text, named, text_of

_PERIOD_S = {
    "hourly": 3_600,
    "daily": 86_400,
    "weekly": 604_800,
    "monthly": 2_592_000,
    "yearly": 31_536_000,
}
_HOURS = 24
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Channel(NamedTuple):
    """What stands above the items; `home` may be relative, `title` marked up."""

    title: str | None
    home: str | None
    ttl_s: int | None
    skip_hours: frozenset[int]
    skip_days: frozenset[int]


def read_channel(root: Element) -> Channel:
    """Return what the element that describes the feed under `root` says."""
    children = children_of(root)
    inner = next(named(children, "channel"), None)
    channel = children if inner is None else children_of(inner)
    return Channel(
        title=first_text(channel, "title", "atom:title", "dc:title"),
        home=page_link(channel),
        ttl_s=max(_ttl_s(channel), _period_s(channel)) or None,
        skip_hours=_skip_hours(channel),
        skip_days=_skip_days(channel),
    )


# Both `ttl` and the syndication module say how often asking is worth while; the longer offends
# neither, and nobody has to wait for it longer than the schedule's longest interval.


def _ttl_s(channel: Children) -> int:
    """Return the seconds the feed may be cached (RSS 2.0: minutes), 0 where it does not say."""
    minutes = first_text(channel, "ttl") or ""
    return int(minutes) * 60 if re.fullmatch(r"[0-9]{1,7}", minutes) else 0


def _period_s(channel: Children) -> int:
    """Return the seconds between two updates (RSS 1.0 syndication module), 0 for unsaid."""
    period_s = _PERIOD_S.get((first_text(channel, "sy:updateperiod") or "").lower(), 0)
    times = first_text(channel, "sy:updatefrequency") or "1"
    return period_s // int(times) if re.fullmatch(r"[1-9][0-9]{0,4}", times) else period_s


def _skip_hours(channel: Children) -> frozenset[int]:
    """Return the hours (0 to 23, GMT) to be left out; RSS 0.91 counted from 1 to 24."""
    said = _listed(channel, "skiphours", "hour")
    hours = {int(hour) % _HOURS for hour in said if re.fullmatch(r"[01]?\d|2[0-4]", hour)}
    # Who skips them all asks never to be asked: a form filled in, not a wish.
    return frozenset(hours) if len(hours) < _HOURS else frozenset()


def _skip_days(channel: Children) -> frozenset[int]:
    """Return the days (0 = Monday) to be left out, by their English names or short names."""
    said = _listed(channel, "skipdays", "day")
    days = {_DAYS.index(day[:3].lower()) for day in said if day[:3].lower() in _DAYS}
    return frozenset(days) if len(days) < len(_DAYS) else frozenset()


def _listed(channel: Children, holder: str, name: str) -> Iterator[str]:
    for found in named(channel, holder):
        yield from (text_of(inner) for inner in named(children_of(found), name))
