"""What the pipeline asks of the world. Edges implement these; fakes pass the same contract tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, Protocol

from etl.records import Answer, Body, Page, PageRef, Request, Span


class Fetcher(Protocol):
    """Asks the web, politely and safely."""

    def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
        """Yield one answer a request, in the order they come in; never raises for a URL."""
        ...


class Archive(Protocol):
    """Keeps raw answers for ever."""

    def append(self, body: Body, *, kind: Literal["feed", "page"]) -> PageRef:
        """Write one record and return its address; durable only after `sync`."""
        ...

    def sync(self) -> None:
        """Return once every appended record is on disk."""
        ...

    def read(self, ref: PageRef) -> Page:
        """Return the page at `ref`.

        Raises:
            IntegrityError: the record is missing, damaged, or not the one `ref` names.
        """
        ...


class Recognizer(Protocol):
    """Marks names in a text."""

    name: str
    """Name and version, stored with what it marks: "rules-1"."""

    def recognize(self, text: str, *, language: str | None) -> tuple[Span, ...]:
        """Return non-overlapping spans in order; empty where the language is not known to it."""
        ...
