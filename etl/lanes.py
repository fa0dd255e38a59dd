"""What must keep its order, and what may go in any: events that share a key share a lane."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class Lanes:
    """Disjoint sets of keys (Galler and Fischer, 1964), each with how many steps it has taken."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._steps: dict[str, int] = {}

    def find(self, key: str) -> str:
        """Return the key that stands for the lane of `key`."""
        root = key
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(key, key)) != root:
            self._parent[key], key = root, above
        return root

    def join(self, keys: Sequence[str]) -> str:
        """Make one lane of those of `keys` and return the key that stands for it."""
        first, *others = sorted({self.find(key) for key in keys})
        steps = max(self._steps.get(root, 0) for root in (first, *others))
        for root in others:
            self._parent[root] = first
        self._steps[first] = steps
        return first

    def step(self, keys: Sequence[str]) -> int:
        """Return the number of the step, from 0, that an event with these keys is in its lane."""
        root = self.join(keys)
        number = self._steps[root]
        self._steps[root] = number + 1
        return number


def find_layers(events: Iterable[Sequence[str]]) -> list[int]:
    """Return for each event, given in order by its keys, the layer it may be done in.

    Two events that are connected through shared keys, be it over others before them, are in
    different layers, the earlier in the lower: done layer by layer, each sees all it depends on.
    """
    lanes = Lanes()
    return [lanes.step(keys) for keys in events]


def choose_connected(events: Sequence[Sequence[str]], chosen: Sequence[bool]) -> list[bool]:
    """Return which events are connected with a chosen one, whatever their order."""
    lanes = Lanes()
    for keys in events:
        lanes.join(keys)
    wanted = {
        lanes.find(keys[0]) for keys, is_chosen in zip(events, chosen, strict=True) if is_chosen
    }
    return [lanes.find(keys[0]) in wanted for keys in events]
