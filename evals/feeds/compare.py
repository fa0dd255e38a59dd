"""Our reader of feeds beside feedparser and fastfeedparser, over a folder of real feeds.

    python -m evals.feeds.compare FOLDER [--out evals/feeds/results.json]

Every file of FOLDER but LICENSE and README is a feed document. Of each: how many entries each
reader finds, and whether links and dates agree, item by item. Every disagreement is counted under
the reason that explains it; "unexplained" is what wants looking at, and makes the command fail,
as do fewer items than another reader finds. Then the CPU seconds each takes for all files, in
processes of their own, taken in turn: the ratio counts, machines are shared and noisy. Nothing of
the feeds themselves is written down.
"""

from __future__ import annotations

import argparse
import calendar
import io
import json
import multiprocessing
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import fastfeedparser
import feedparser

from etl.errors import ParseError
from etl.feeds.reading.dates import EARLIEST_YEAR
from etl.feeds.reading.draft import Draft
from etl.feeds.reading.entries import make_feed
from etl.feeds.reading.parse import parse_feed, read_draft
from etl.records import Entry, Feed
from etl.urls import canonicalize

FEED_URL = "https://feed.example/feed.xml"
NO_FEEDS = ("LICENSE", "README")
READERS = ("newshouse", "fastfeedparser", "feedparser")
# Typed as a callable: the module ships no types and does not export the name explicitly.
_parse_with_feedparser: Callable[..., Any] = vars(feedparser)["parse"]
WIDEST_ZONE_S = 14 * 3_600


@dataclass(frozen=True, slots=True)
class Item:
    """What a peer says of an item; `published` and `updated` are None where it read none."""

    guid: str | None
    link: str | None
    published: datetime | None
    updated: datetime | None


def read_theirs(reader: str, content: bytes) -> list[Item]:
    """Return a peer's items; none where it raises."""
    try:
        return _ask_fast(content) if reader == "fastfeedparser" else _ask_feedparser(content)
    except Exception:  # noqa: BLE001 - a peer's failure is a result of the comparison
        return []


def _ask_fast(content: bytes) -> list[Item]:
    entries = fastfeedparser.parse(content)["entries"]
    return [
        Item(
            guid=entry.get("id"),
            link=entry.get("link"),
            published=_moment(entry.get("published")),
            updated=_moment(entry.get("updated")),
        )
        for entry in entries
    ]


def _ask_feedparser(content: bytes) -> list[Item]:
    found = _parse_with_feedparser(io.BytesIO(content), sanitize_html=False)
    return [
        Item(
            guid=entry.get("id"),
            link=entry.get("link"),
            # dict.get: feedparser's own gives the published date where there is no updated one.
            published=_moment(dict.get(entry, "published_parsed")),
            updated=_moment(dict.get(entry, "updated_parsed")),
        )
        for entry in found.entries
    ]


def _moment(read: Any) -> datetime | None:
    if isinstance(read, time.struct_time):
        return datetime.fromtimestamp(calendar.timegm(read), UTC)
    try:
        moment = datetime.fromisoformat(read)
    except (TypeError, ValueError):
        return None
    return moment.astimezone(UTC).replace(microsecond=0)


def compare_links(draft: Draft, entry: Entry, theirs: Item) -> str | None:
    """Return why the links differ, None where they do not."""
    ours, link = entry.url, theirs.link or None
    if ours == link:
        return None
    if link is None:
        return "they found none"
    if ours is None:
        is_guid = draft.guid == link
        return "the guid is said to be no permalink" if is_guid else "unexplained"
    if canonicalize(ours) == canonicalize(link):
        return "the same page, spelled otherwise"
    if urljoin(ours, link) == ours:
        return "theirs is relative as written"
    return "ours is the address before a counting detour" if draft.link == ours else "unexplained"


def compare_dates(raw: str | None, ours: datetime | None, theirs: datetime | None) -> str | None:
    """Return why two readings of a date differ, None where they do not."""
    ours = ours.replace(microsecond=0) if ours else None
    if ours == theirs:
        return None
    if theirs is None:
        return "they could not read it"
    if ours is None:
        is_placeholder = theirs.year < EARLIEST_YEAR
        return "a placeholder, no date" if raw is not None and is_placeholder else "unexplained"
    apart_s = abs((ours - theirs).total_seconds())
    is_zone = apart_s <= WIDEST_ZONE_S and apart_s % 900 == 0
    return "the zone is read otherwise" if is_zone else "unexplained"


def compare_published(entry: Entry, theirs: Item) -> str | None:
    """Return why the dates of publication differ: peers fill a missing one with the update's."""
    ours = entry.updated_at
    if entry.published_raw is None and ours is not None and theirs.published == _whole(ours):
        return "they give the date of the update"
    return compare_dates(entry.published_raw, entry.published_at, theirs.published)


def compare_updated(entry: Entry, theirs: Item) -> str | None:
    """Return why the dates of update differ: peers read dc:date as one, or repeat publication."""
    ours = entry.published_at
    if entry.updated_raw is None and ours is not None and theirs.updated == _whole(ours):
        return "they give the date of publication"
    if theirs.updated is None:
        return None
    return compare_dates(entry.updated_raw, entry.updated_at, theirs.updated)


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def compare_file(name: str, content: bytes) -> dict[str, Any]:
    """Return the counts of a file, and its disagreements by reason."""
    try:
        draft = read_draft(content, url=FEED_URL)
    except ParseError as error:
        counts = {reader: len(read_theirs(reader, content)) for reader in READERS[1:]}
        return {"file": name, "refused": error.detail, "items": counts, "disagreements": []}
    feed = make_feed(draft, url=FEED_URL, base_url=FEED_URL)
    counts = {"newshouse": len(draft.drafts)}
    disagreements: list[dict[str, Any]] = []
    for reader in READERS[1:]:
        theirs = read_theirs(reader, content)
        counts[reader] = len(theirs)
        if len(theirs) == len(draft.drafts):
            pairs = _pairs(draft.drafts, feed, theirs)
            disagreements += _disagreements(reader, pairs)
        else:
            said = {"with": reader, "what": "items", "reason": _count_reason(draft.drafts, theirs)}
            disagreements.append(said)
    repeated = len(draft.drafts) - len(feed.entries)
    return {
        "file": name,
        "format": feed.format,
        "items": counts,
        "entries": len(feed.entries),
        "items_repeating_another": repeated,
        "disagreements": disagreements,
    }


def _count_reason(ours: Sequence[Draft], theirs: Sequence[Item]) -> str:
    return "they found fewer" if len(theirs) < len(ours) else "unexplained"


def _pairs(
    drafts: Sequence[Draft], feed: Feed, theirs: Sequence[Item]
) -> Iterator[tuple[Draft, Entry, Item]]:
    """Yield our item, the entry that came of it, and theirs, by place in the document."""
    entries = {_key(entry): entry for entry in reversed(feed.entries)}
    for draft, item in zip(drafts, theirs, strict=True):
        if (
            entry := entries.get(_key(draft))
        ) is not None:  # else a repeat that says something else
            yield draft, entry, item


def _key(one: Draft | Entry) -> tuple[str | None, ...]:
    return (one.guid, one.published_raw, one.updated_raw, one.summary, one.content_html)


def _disagreements(reader: str, pairs: Iterator[tuple[Draft, Entry, Item]]) -> list[dict[str, Any]]:
    """Return the disagreements with a reader: what about, why, and at which items."""
    found: dict[tuple[str, str], list[int]] = {}
    for place, (draft, entry, theirs) in enumerate(pairs):
        reasons = {
            "link": compare_links(draft, entry, theirs),
            "published": compare_published(entry, theirs),
            "updated": compare_updated(entry, theirs),
        }
        for what, reason in reasons.items():
            if reason is not None:
                found.setdefault((what, reason), []).append(place)
    return [
        {"with": reader, "what": what, "reason": reason, "items": places}
        for (what, reason), places in found.items()
    ]


def time_reader(reader: str, contents: Sequence[bytes]) -> float:
    """Return the CPU seconds a reader needs for `contents`, loading it aside."""
    read: dict[str, Callable[[bytes], Any]] = {
        "newshouse": lambda content: parse_feed(content, url=FEED_URL),
        "fastfeedparser": fastfeedparser.parse,
        "feedparser": lambda content: _parse_with_feedparser(io.BytesIO(content)),
    }
    read[reader](b"<rss version='2.0'><channel><item><title>a</title></item></channel></rss>")
    begun = time.process_time()
    for content in contents:
        try:
            read[reader](content)
        except Exception:  # noqa: BLE001 - refusing is work too
            continue
    return time.process_time() - begun


def time_all(contents: Sequence[bytes], rounds: int) -> dict[str, float]:
    """Return the median CPU seconds of each reader, each time in a fresh process."""
    taken: dict[str, list[float]] = {reader: [] for reader in READERS}
    spawn = multiprocessing.get_context("spawn")
    for _ in range(rounds):
        for reader in READERS:
            with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
                taken[reader].append(pool.submit(time_reader, reader, contents).result())
    return {reader: statistics.median(times) for reader, times in taken.items()}


def summarise(files: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the totals, and how many items disagree for which reason."""
    reasons: dict[str, int] = {}
    for file in files:
        for said in file["disagreements"]:
            key = f"{said['what']} ({said['with']}): {said['reason']}"
            reasons[key] = reasons.get(key, 0) + len(said.get("items", [0]))
    return {
        "files": len(files),
        "items": {name: sum(file["items"].get(name, 0) for file in files) for name in READERS},
        "entries": sum(file.get("entries", 0) for file in files),
        "disagreements": dict(sorted(reasons.items())),
        "files_where_we_find_fewer": [file["file"] for file in files if _finds_fewer(file)],
    }


def _finds_fewer(file: dict[str, Any]) -> bool:
    return bool(file["items"].get("newshouse", 0) < max(file["items"].values()))


def main() -> int:
    """Compare, print, write; return 1 where something is unexplained or missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("results.json"))
    parser.add_argument("--rounds", type=int, default=5, help="of timing")
    arguments = parser.parse_args()
    paths = [
        path
        for path in sorted(arguments.folder.iterdir())
        if path.is_file() and not path.name.startswith((*NO_FEEDS, "."))
    ]
    contents = [path.read_bytes() for path in paths]
    files = [
        compare_file(path.name, content) for path, content in zip(paths, contents, strict=True)
    ]
    summary = summarise(files)
    cpu_s = time_all(contents, arguments.rounds)
    summary["cpu_s"] = {name: round(seconds, 4) for name, seconds in cpu_s.items()}
    summary["cpu_ratio_to_newshouse"] = {
        name: round(seconds / cpu_s["newshouse"], 2) for name, seconds in cpu_s.items()
    }
    print(json.dumps(summary, indent=2))
    result = {
        "command": " ".join(["python -m evals.feeds.compare", *sys.argv[1:]]),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in (*READERS[1:], "lxml")},
        "summary": summary,
        "files": files,
    }
    arguments.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    is_unexplained = any("unexplained" in reason for reason in summary["disagreements"])
    return 1 if is_unexplained or summary["files_where_we_find_fewer"] else 0


if __name__ == "__main__":
    sys.exit(main())
