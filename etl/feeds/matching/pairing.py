"""Pair the items of a document off with the entries they might be, each at most once. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import product

from etl.feeds.matching.traits import Traits

MAX_PAIRS = 1_024
"""Where more items times entries share a trait, title and date must narrow them down: a crowd on
one page tells nobody apart, and weighing all of it would take the square of its size."""

Weigh = Callable[[Traits, Traits], int | None]
Group = tuple[list[int], list[int]]


def pair_off(items: Sequence[Traits], known: Sequence[Traits], *, weigh: Weigh) -> dict[int, int]:
    """Return the index of the known entry for each item's that is recognised.

    Items that say exactly what an entry said are it; then the weightiest pairs go first.

    Args:
        items: of one document.
        known: what they might be.
        weigh: how much speaks for an item being an entry; None: too little.
    """
    pairs = dict(_unchanged(items, known))
    left = [at for at in range(len(items)) if at not in pairs]
    taken = set(pairs.values())
    free = [at for at in range(len(known)) if at not in taken]
    ranked = []
    for item, old in _candidates(items, known, (left, free)):
        weight = weigh(items[item], known[old])
        if weight is not None:
            # Nothing here may depend on the order of items or entries.
            is_other = items[item].entry_id != known[old].entry_id
            rank = (-weight, is_other, sort_key(items[item]), known[old].entry_id)
            ranked.append((rank, item, old))
    for _, item, old in sorted(ranked):
        if item not in pairs and old not in taken:
            pairs[item] = old
            taken.add(old)
    return pairs


def _unchanged(items: Sequence[Traits], known: Sequence[Traits]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that agree in everything: nearly all, at nearly every poll."""
    by_statement: dict[Hashable, list[int]] = defaultdict(list)
    for at in sorted(range(len(known)), key=lambda at: known[at].entry_id, reverse=True):
        by_statement[_statement(known[at])].append(at)
    by_id = {one.entry_id: at for at, one in enumerate(known)}
    late = []
    for at, item in enumerate(items):
        same = by_id.get(item.entry_id)
        old = by_statement.get(_statement(item), [])
        if same in old:
            old.remove(same)
            yield at, same
        elif old:
            late.append(at)
    for at in sorted(late, key=lambda at: sort_key(items[at])):
        if old := by_statement[_statement(items[at])]:
            yield at, old.pop()


def _candidates(
    items: Sequence[Traits], known: Sequence[Traits], group: Group
) -> set[tuple[int, int]]:
    """Return the pairs that share a trait an entry can be recognised by."""
    found: set[tuple[int, int]] = set()
    for shared in _share(items, known, group, _marks):
        if _size(shared) <= MAX_PAIRS:
            found.update(product(*shared))
            continue
        for narrow in (_by_title, _by_date, _by_title_and_date):
            for smaller in _share(items, known, shared, narrow):
                if _size(smaller) <= MAX_PAIRS:
                    found.update(product(*smaller))
    return found


def _share(
    items: Sequence[Traits],
    known: Sequence[Traits],
    group: Group,
    marks: Callable[[Traits], Iterator[Hashable]],
) -> Iterator[Group]:
    """Yield those of `group` that bear one mark, for each mark borne on both sides."""
    groups: dict[Hashable, Group] = defaultdict(lambda: ([], []))
    for side, (all_of, chosen) in enumerate(zip((items, known), group, strict=True)):
        for at in chosen:
            for mark in marks(all_of[at]):
                groups[mark][side].append(at)
    yield from (shared for shared in groups.values() if all(shared))


def _size(group: Group) -> int:
    return len(group[0]) * len(group[1])


def _marks(one: Traits) -> Iterator[Hashable]:
    yield "id", one.entry_id
    named = {
        "guid": one.guid,
        "guid address": one.guid_address,
        "guid page": one.guid_page,
        "address": one.address,
        "page": one.page,
        "title": one.title,
    }
    yield from ((name, value) for name, value in named.items() if value is not None)
    yield from ((one.site, token) for token in one.ids)


def _by_title(one: Traits) -> Iterator[Hashable]:
    yield one.title


def _by_date(one: Traits) -> Iterator[Hashable]:
    yield one.moment


def _by_title_and_date(one: Traits) -> Iterator[Hashable]:
    yield one.title, one.moment


def _statement(one: Traits) -> Hashable:
    return one.guid, one.address, one.anchor, one.title, one.moment


def sort_key(one: Traits) -> tuple[str, ...]:
    """Return an order of items that hangs on what they say alone."""
    return (one.entry_id, one.guid or "", one.address or "", one.anchor, one.title or "",
            str(one.moment or ""))  # fmt: skip
