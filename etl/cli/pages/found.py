"""What reading a page comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """A template, and what it is told."""

    template: str
    title: str = field(kw_only=True)
    told: dict[str, Any] = field(kw_only=True)
    status: int = field(kw_only=True, default=200)


class Missing(Exception):  # noqa: N818 - an answer: 404
    """There is no such thing; the text says what is near."""


class Elsewhere(Exception):  # noqa: N818 - an answer: 303
    """What is asked for has an address of its own."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address
