"""What speaks for and against an item being an entry we know. Pure.

What follows from it stands in `etl.feeds.matching.identity`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, TypeVar

from etl.feeds.matching.traits import Traits, is_specific, words_of
from etl.feeds.reading.entries import find_restamped
from etl.records import Entry
from etl.urls import identity

_REVISION = re.compile(r"[0-9]{1,2}")
_DIGITS = re.compile(r"[0-9]+")
_TELLING_WORDS = 3
_MOVED_AT_LEAST = 2
_MOVED_SHARE = 0.8

OTHER, UNKNOWN, NEAR, SAME = -1, 0, 1, 2
"""How far titles or dates agree: the higher the better."""

T = TypeVar("T", bound=Hashable)


class Crowds(NamedTuple):
    """What several items of the document, or several known entries, share: it identifies none.

    Shared `guids` are the document's, `reused_guids` those of several known entries. `places` are
    addresses with their anchors; `restamped` dates are the build's; `are_dates_moving` where the
    feed dates its items anew from poll to poll.
    """

    guids: frozenset[str]
    reused_guids: frozenset[str]
    addresses: frozenset[str]
    places: frozenset[tuple[str, str]]
    titles: frozenset[str]
    moments: frozenset[datetime | str]
    ids: frozenset[str]
    restamped: frozenset[datetime]
    are_dates_moving: bool

    def is_telling(self, moment: datetime | str | None) -> bool:
        """Return whether `moment` says anything of its item."""
        return moment is not None and not self.are_dates_moving and moment not in self.restamped


class Evidence(NamedTuple):
    """How an item compares with an entry.

    guid: "near" differs as a web address may from visit to visit, "moved" in its host alone;
        "reused" is borne by several known entries; "none": one of the two has none of its own.
    address: "weak" stays while articles pass, "moved" differs in its host alone, "twin" bears the
        number of the same article; "none": one of the two has none.
    title: NEAR when most words are common; UNKNOWN where one of the two has none.
    date: NEAR when several have the same; UNKNOWN also where it is not to be believed.
    is_guid_specific: it is no mere "top-story-1"; is_serial: the paths differ in numbers alone.
    """

    guid: Literal["same", "near", "reused", "moved", "other", "none"]
    address: Literal["same", "weak", "moved", "twin", "other", "none"]
    title: int
    date: int
    is_guid_specific: bool
    is_title_common: bool
    is_anchor_other: bool
    is_serial: bool


def find_crowds(items: Sequence[Entry], heard: Sequence[Traits], known: Sequence[Traits]) -> Crowds:
    """Return what `items` (whose traits are `heard`) share among themselves, and the `known`."""

    def shared(pick: Callable[[Traits], T | None]) -> frozenset[T]:
        return _repeated(map(pick, heard)) | _repeated(map(pick, known))

    flagged = {identity(item.url) for item in items if item.is_url_shared and item.url}
    ids = [_repeated(token for one in side for token in one.ids) for side in (heard, known)]
    return Crowds(
        guids=_repeated(one.guid for one in heard)
        | {item.guid for item in items if item.is_guid_shared and item.guid},
        reused_guids=_repeated(one.guid for one in known),
        addresses=shared(lambda one: one.address) | flagged,
        places=shared(_place),
        titles=shared(lambda one: one.title),
        moments=shared(lambda one: one.moment),
        ids=ids[0] | ids[1],
        restamped=find_restamped([item.published_at for item in items]),
        are_dates_moving=_are_dates_moving(heard, known),
    )


def compare(item: Traits, known: Traits, crowds: Crowds) -> Evidence:
    """Return what speaks for and against `item` being the entry `known`."""
    number = _DIGITS.sub
    return Evidence(
        guid=_compare_guids(item, known, crowds),
        address=_compare_addresses(item, known, crowds),
        title=_compare_titles(item, known),
        date=_compare_dates(item, known, crowds),
        is_guid_specific=is_specific(item.guid)
        or (known.guid_address is not None and known.guid_address == known.address),
        is_title_common=item.title in crowds.titles,
        is_anchor_other=_is_anchor_other(item, known),
        is_serial=number("", item.page or "") == number("", known.page or ""),
    )


def _compare_guids(
    item: Traits, known: Traits, crowds: Crowds
) -> Literal["same", "near", "reused", "moved", "other", "none"]:
    if item.guid is None or item.guid in crowds.guids:
        return "none"
    # The id says which guid an entry bore when it was new: servers that do not agree on guids
    # answer in turn, and the first guid comes back.
    if item.guid == known.guid or item.entry_id == known.entry_id:
        return "reused" if item.guid in crowds.reused_guids else "same"
    if known.guid is None or known.guid in crowds.guids:
        return "none"
    if item.guid_address is None or known.guid_address is None:
        return "other"
    if item.guid_address != known.guid_address:
        return "moved" if item.guid_page and item.guid_page == known.guid_page else "other"
    is_revised = (
        item.guid_address == item.address == known.address
        and item.address not in crowds.addresses
        and all(_REVISION.fullmatch(one.guid_anchor or "0") for one in (item, known))
    )
    return "near" if is_revised or item.guid_anchor == known.guid_anchor else "other"


def _compare_addresses(
    item: Traits, known: Traits, crowds: Crowds
) -> Literal["same", "weak", "moved", "twin", "other", "none"]:
    if item.address is None or known.address is None:
        return "none"
    if item.address == known.address:
        is_shared = item.address in crowds.addresses
        if item.anchor and item.anchor == known.anchor:
            is_shared = _place(item) in crowds.places
        is_weak = is_shared or item.page is None or _is_anchor_other(item, known)
        return "weak" if is_weak else "same"
    if item.page is not None and item.page == known.page:
        return "moved"
    is_twin = item.site == known.site and not crowds.ids.issuperset(item.ids & known.ids)
    return "twin" if is_twin else "other"


def _compare_titles(item: Traits, known: Traits) -> int:
    if item.title is None or known.title is None:
        return UNKNOWN
    if item.title == known.title:
        return SAME
    one, other = words_of(item.title), words_of(known.title)
    common = len(one & other)
    shorter, longer = sorted((len(one), len(other)))
    is_within = common >= _TELLING_WORDS and common * 3 >= shorter * 2
    return NEAR if is_within or common * 2 >= longer > 0 else OTHER


def _compare_dates(item: Traits, known: Traits, crowds: Crowds) -> int:
    if known.moment is None or not crowds.is_telling(item.moment):
        return UNKNOWN
    if item.moment != known.moment:
        return OTHER
    return NEAR if item.moment in crowds.moments else SAME


def _are_dates_moving(heard: Sequence[Traits], known: Sequence[Traits]) -> bool:
    """Return whether most of what is else as it was bears another date."""
    was, now = (
        {key: moments for key, moments in _moments_by_statement(side).items() if len(moments) == 1}
        for side in (known, heard)
    )
    pairs = [(now[key], was[key]) for key in now.keys() & was.keys()]
    moved = sum(one != before for one, before in pairs)
    return moved >= max(_MOVED_AT_LEAST, len(pairs) * _MOVED_SHARE)


def _moments_by_statement(side: Sequence[Traits]) -> dict[Hashable, set[datetime | str]]:
    found: dict[Hashable, set[datetime | str]] = {}
    for one in side:
        if one.moment is not None:
            found.setdefault((one.guid, one.address, one.title), set()).add(one.moment)
    return found


def _is_anchor_other(item: Traits, known: Traits) -> bool:
    return bool(item.anchor and known.anchor and item.anchor != known.anchor)


def _place(one: Traits) -> tuple[str, str] | None:
    return None if one.address is None else (one.address, one.anchor)


def _repeated(values: Iterable[T | None]) -> frozenset[T]:
    counts = Counter(value for value in values if value is not None)
    return frozenset(value for value, count in counts.items() if count > 1)
