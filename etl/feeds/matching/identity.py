"""Recognise entries: which item of a document is which entry we already know. Pure.

A guid is meant to name an item for ever, and an address a page, but publishers change either, and
use either for several items. So an item is recognised by what agrees, in this order; `Evidence`
says what the words mean.

| guid     | address | title, date                                | then                        |
|----------|---------|--------------------------------------------|-----------------------------|
| same     | other   | date another, and title another, or the    | new: the guid names a place |
|          |         | paths differ in numbers alone              | (top-story-1), not an item  |
| same     | any     | any                                        | known: whatever was edited  |
| reused   | not same| date unique, or title alike and date not   | known                       |
|          |         | another                                    |                             |
| other    | same    | title alike, date the same, or neither     | known: the guid churned     |
|          |         | known                                      |                             |
| else     | same    | any                                        | known: the page is          |
| not same | weak    | title and date agree: one fully, the other | known: one of several on a  |
|          |         | at least not against it                    | page (live blog, home page) |
| not same | moved   | title the same and date not another, or    | known: the host moved       |
|          |         | title not another and date unique          |                             |
| moved    | else    | title the same and date not another        | known                       |
| not same | twin    | date unique, or title and date the same    | known: the slug changed     |
| not same | none    | title the same (with another guid: and the | known: nothing else to go   |
|          |         | date), or alike and date unique            | by                          |
| else     | else    | any: "Morning briefing" is many articles   | new                         |

A guid counts as "same" also where it is the one the entry bore when it was new, or where scheme,
www., tracking or a revision number after "#" is all that differs (near), and as "none" where
several items of the document bear it. The first row does not hold for a guid that was the item's
address, or that looks made for one item alone (a UUID, a long number, a tag: URI). Dates that
cannot be believed (all of one minute, or moving at each poll) are not known.

Each known entry is taken by one item at most, those that say exactly what they said first, then
by the weight of the evidence; the order of items or entries never counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from etl.feeds.matching.evidence import (
    NEAR,
    OTHER,
    SAME,
    UNKNOWN,
    Crowds,
    Evidence,
    compare,
    find_crowds,
)  # fmt: skip
from etl.feeds.matching.pairing import pair_off, sort_key
from etl.feeds.matching.traits import Traits, traits_of
from etl.records import Entry, KnownEntry, Merge, make_id

_GUID_WEIGHT = {"same": 5, "near": 5, "moved": 3, "reused": 2, "other": 0, "none": 0}
_ADDRESS_WEIGHT = {"same": 5, "moved": 3, "weak": 2, "twin": 2, "other": 0, "none": 0}
_TITLE_WEIGHT = {SAME: 3, NEAR: 1, UNKNOWN: 0, OTHER: -1}
"""An address with its title outweighs a guid alone: articles that change places stay themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """An item with the id it keeps for ever, and the entry it was recognised as (None: new).

    `merge` is set where guid or address had changed.
    """

    entry: Entry
    known: KnownEntry | None
    merge: Merge | None


def match_entries(entries: Sequence[Entry], known: Sequence[KnownEntry]) -> tuple[Matched, ...]:
    """Return each of `entries`, in order, with its final id and what we know of it.

    Args:
        entries: what one document holds, with the ids `make_feed` gave.
        known: the entries of the same feed, at least those that have the id, guid, address or
            title of one of `entries`.
    """
    feeds = {entry.feed_url for entry in entries}
    olds = list({one.entry_id: one for one in known if one.feed_url in feeds}.values())
    heard, remembered = [traits_of(one) for one in entries], [traits_of(one) for one in olds]
    crowds = find_crowds(entries, heard, remembered)

    def weigh(item: Traits, old: Traits) -> int | None:
        evidence = compare(item, old, crowds)
        return _weight(evidence) if is_same_entry(evidence) else None

    pairs = pair_off(heard, remembered, weigh=weigh)
    news = {at: one for at, one in enumerate(heard) if at not in pairs}
    ids = _name_new(news, {one.entry_id for one in olds})
    matched = []
    for at, entry in enumerate(entries):
        if at in pairs:
            old = olds[pairs[at]]
            evidence = compare(heard[at], remembered[pairs[at]], crowds)
            matched.append(_recognised(entry, old, evidence, crowds))
        else:
            named = replace(entry, entry_id=ids[at])
            matched.append(Matched(entry=named, known=None, merge=None))
    return tuple(matched)


def is_same_entry(evidence: Evidence) -> bool:
    """Return whether `evidence` is enough to take an item for an entry: the table above."""
    if evidence.guid in {"same", "near"}:
        return not _has_guid_of_place(evidence)
    return _agree_by_guid(evidence) or _agree_by_address(evidence)


def _has_guid_of_place(evidence: Evidence) -> bool:
    """Return whether the guid names a place on a page, and another article has come to it."""
    if evidence.address != "other" or evidence.is_guid_specific or evidence.date != OTHER:
        return False
    return evidence.title == OTHER or (evidence.title == SAME and evidence.is_serial)


def _agree_by_guid(evidence: Evidence) -> bool:
    match evidence.guid:
        case "reused":
            is_alike = evidence.title >= NEAR and evidence.date >= UNKNOWN
            return is_alike or evidence.date == SAME
        case "moved":
            return evidence.title == SAME and evidence.date >= UNKNOWN
    return False


def _agree_by_address(evidence: Evidence) -> bool:
    title, date = evidence.title, evidence.date
    match evidence.address:
        case "same":
            agree = title >= NEAR or date >= NEAR or title == date == UNKNOWN
            return agree or evidence.guid != "other"
        case "weak":
            return _agree_on_shared_page(evidence)
        case "moved":
            return (title == SAME and date >= UNKNOWN) or (title >= UNKNOWN and date == SAME)
        case "twin":
            return date == SAME or (title == SAME and date == NEAR)
        case "none":
            least = NEAR if evidence.guid == "other" else UNKNOWN
            return (title == SAME and date >= least) or (title == NEAR and date == SAME)
        case "other":
            return False


def _agree_on_shared_page(evidence: Evidence) -> bool:
    if evidence.title == SAME:
        is_told_apart = not (evidence.is_title_common or evidence.is_anchor_other)
        return evidence.date >= NEAR or (evidence.date == UNKNOWN and is_told_apart)
    return evidence.date == SAME and not evidence.is_anchor_other


def _weight(evidence: Evidence) -> int:
    return (
        _GUID_WEIGHT[evidence.guid]
        + _ADDRESS_WEIGHT[evidence.address]
        + _TITLE_WEIGHT[evidence.title]
        + evidence.date
    )


def _recognised(entry: Entry, old: KnownEntry, evidence: Evidence, crowds: Crowds) -> Matched:
    """Return `entry` as the known one `old`, and what had to be overlooked for it."""
    reason = _merge_reason(entry, old, evidence)
    merge = None if reason is None else Merge(
        reason=reason,
        evidence=_say(evidence),
        was_guid=old.guid,
        was_url=old.url,
        was_title=old.title,
    )  # fmt: skip
    # Some feeds date every item anew at each poll: a date that says nothing is no news, and must
    # not have every page fetched again.
    is_redated = crowds.are_dates_moving and merge is None and entry.title == old.title
    fingerprint = old.fingerprint if is_redated else entry.fingerprint
    named = replace(entry, entry_id=old.entry_id, fingerprint=fingerprint)
    return Matched(entry=named, known=old, merge=merge)


def _merge_reason(
    entry: Entry, old: KnownEntry, evidence: Evidence
) -> Literal["guid_changed", "address_changed", "host_moved"] | None:
    match evidence.address:
        case "moved":
            return "host_moved"
        case "twin" | "other":
            return "address_changed"
        case "same" | "weak" | "none":
            return None if entry.guid == old.guid else "guid_changed"


def _say(evidence: Evidence) -> str:
    """Return what `evidence` agrees in, in words."""
    guids = {
        "same": "same guid",
        "reused": "same guid, borne by others too",
        "near": "the guids differ only as web addresses may",
        "moved": "same guid on another host",
    }
    addresses = {
        "same": "same address",
        "weak": "same address, shared with others",
        "moved": "same path on another host",
        "twin": "same number in the path",
    }
    words = (
        guids.get(evidence.guid),
        addresses.get(evidence.address),
        {SAME: "same title", NEAR: "similar title"}.get(evidence.title),
        "same date" if evidence.date >= NEAR else None,
    )
    return ", ".join(word for word in words if word)


def _name_new(news: Mapping[int, Traits], taken: set[str]) -> dict[int, str]:
    """Return an id for each new item: its own, unless an entry that it is not bears that."""
    ids: dict[int, str] = {}
    used = set(taken)
    for at, one in sorted(news.items(), key=lambda pair: sort_key(pair[1])):
        entry_id = one.entry_id
        while entry_id in used:
            entry_id = make_id(entry_id, *sort_key(one))
        used.add(entry_id)
        ids[at] = entry_id
    return ids
