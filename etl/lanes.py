"""What must keep its order, and what may go in any: events that share a key share a lane."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An event of a lane: what connects it with others, and of which group it is.

    Events of one `group` may be done together, but for those that share a key of `alone`.
    """

    keys: tuple[str, ...]
    group: Hashable = None
    alone: str | None = None


class Lanes:
    """Disjoint sets of keys (Galler and Fischer, 1964)."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, key: str) -> str:
        """Return the key that stands for the lane of `key`."""
        root = key
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(key, key)) != root:
            self._parent[key], key = root, above
        return root

    def join(self, keys: Sequence[str]) -> tuple[str, set[str]]:
        """Make one lane of those of `keys`; return what stands for it, and what stood for them."""
        roots = {self.find(key) for key in keys}
        first = min(roots)
        for root in roots - {first}:
            self._parent[root] = first
        return first, roots


def find_layers(steps: Sequence[Step]) -> list[tuple[int, str]]:
    """Return for each step, given in order, the layer it may be done in, and its lane at the end.

    Of two steps that are connected through shared keys, be it over others before them, the earlier
    is in the lower layer, or in the same one if they are of one group: done layer by layer, each
    sees all it depends on.
    """
    lanes = Lanes()
    reached: dict[str, tuple[int, Hashable]] = {}
    done_alone: dict[str, int] = {}
    layers = []
    for step in steps:
        root, joined = lanes.join(step.keys)
        layer = 0
        for lane in joined & reached.keys():
            last, group = reached.pop(lane)
            is_together = step.group is not None and group == step.group
            layer = max(layer, last if is_together else last + 1)
        if step.alone is not None:
            layer = max(layer, done_alone.get(step.alone, -1) + 1)
            done_alone[step.alone] = layer
        reached[root] = layer, step.group
        layers.append(layer)
    return [(layer, lanes.find(step.keys[0])) for layer, step in zip(layers, steps, strict=True)]


def choose_connected(events: Sequence[Sequence[str]], chosen: Iterable[bool]) -> list[bool]:
    """Return which events, given by their keys, are connected with a chosen one."""
    lanes = Lanes()
    for keys in events:
        lanes.join(keys)
    wanted = {
        lanes.find(keys[0]) for keys, is_chosen in zip(events, chosen, strict=True) if is_chosen
    }
    return [lanes.find(keys[0]) in wanted for keys in events]
