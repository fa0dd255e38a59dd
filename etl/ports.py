"""What the pipeline asks of the world: edges implement these, fakes pass the same tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from etl.records import (
    Answer,
    Body,
    Bug,
    Entry,
    FeedState,
    Hints,
    HostMemory,
    KilledRun,
    KnownEntry,
    Page,
    PageKind,
    PageRef,
    Polled,
    RedactedFile,
    Redaction,
    Refined,
    Rejected,
    Request,
    Run,
    RunSummary,
    SealedFile,
    Span,
    Subscription,
    Tagged,
    Work,
)


class Fetcher(Protocol):
    """Asks the web, politely and safely."""

    def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
        """Yield one answer a request, in the order they come in; never raises for a URL."""
        ...

    def recall(self, memory: HostMemory) -> None:
        """Take over what earlier fetchers learned of hosts; before the first `fetch`."""
        ...

    def memory(self) -> HostMemory:
        """Return what this fetcher learned of hosts and the next ought to know."""
        ...


class Archive(Protocol):
    """Keeps raw answers for ever."""

    def append(self, body: Body, *, kind: PageKind) -> PageRef:
        """Write one record and return its address; durable only after `sync`."""
        ...

    def sync(self) -> None:
        """Return once every appended record is on disk."""
        ...

    def seal(self) -> tuple[SealedFile, ...]:
        """Close this run's files and return them; nothing can be appended afterwards."""
        ...

    def salvage(self, killed: Sequence[KilledRun]) -> tuple[SealedFile, ...]:
        """Cut killed runs' files after the last record accounted for, and return what is left."""
        ...

    def redact(self, redactions: Sequence[Redaction]) -> tuple[RedactedFile, ...]:
        """Overwrite the payload of records, in place, and return the files they lie in.

        Not of this run's own before `seal`. Doing it again changes nothing.
        """
        ...


class ArchiveReader(Protocol):
    """Reads raw answers back."""

    def read(self, ref: PageRef) -> Page:
        """Return the page at `ref`.

        Raises:
            IntegrityError: the record is missing, damaged, or not the one `ref` names.
        """
        ...


class Recognizer(Protocol):
    """Marks names in a text."""

    name: str
    """Name and edition, stored with what it marks: "names-2"."""

    def recognize(self, text: str, *, language: str | None) -> tuple[Span, ...]:
        """Return non-overlapping spans in order; empty where the language is not known to it."""
        ...


class Pending(Protocol):
    """A page being refined."""

    def result(self) -> Tagged | Rejected | Bug:
        """Wait for it; a page over its deadline is `Rejected`, a crash is a `Bug`."""
        ...


class Refiner(Protocol):
    """Turns archived pages into tagged articles, elsewhere, within a deadline."""

    def start(self, ref: PageRef, hints: Hints) -> Pending:
        """Hand a page over and return at once."""
        ...


class Store(Protocol):
    """The warehouse, as its one writer sees it. Each `load_*` is one transaction."""

    def find_killed_runs(self) -> tuple[KilledRun, ...]:
        """Return the runs that never finished; `begin` closes their rows."""
        ...

    def begin(
        self, run: Run, subscriptions: Sequence[Subscription], *, salvaged: Sequence[SealedFile]
    ) -> None:
        """Record the run, the subscriptions, and the files salvaged from killed runs."""
        ...

    def find_due_feeds(
        self, *, now: datetime, feed_urls: Sequence[str] | None, every: bool
    ) -> tuple[FeedState, ...]:
        """Return subscribed feeds to poll, longest unpolled first."""
        ...

    def find_host_memory(self, *, now: datetime) -> HostMemory:
        """Return what earlier runs learned of hosts and still holds."""
        ...

    def load_host_memory(self, run: Run, memory: HostMemory) -> None:
        """Keep what a run learned of hosts, in place of what was known of the same."""
        ...

    def find_known_entries(self, entries: Sequence[Entry]) -> tuple[KnownEntry, ...]:
        """Return the entries that any of `entries` might be.

        Those of the same feed that have its id, its guid, its address, its title or its date.
        """
        ...

    def find_carried(self, entry_ids: Sequence[str]) -> dict[str, str]:
        """Return the HTML that feeds carried for those of the entries they carried any for."""
        ...

    def load_feeds(self, run: Run, batch: Sequence[Polled]) -> None:
        """Load feed states, entries and outcomes; queue the pages that are due."""
        ...

    def take_up_entries(
        self, run: Run, *, feed_urls: Sequence[str] | None, every: bool, revisits_per_host: int
    ) -> tuple[Work, ...]:
        """Return every page due at the run's now, each once.

        With `every`, also those that could not be had and wait to be tried again.

        Of one host's pages that are only looked at again, the longest due `revisits_per_host`;
        the others stay due.
        """
        ...

    def load_pages(self, run: Run, batch: Sequence[Refined]) -> None:
        """Load pages, articles, tags, duplicates and outcomes."""
        ...

    def finish(self, run: Run, *, sealed: Sequence[SealedFile], is_failed: bool) -> RunSummary:
        """Close the run's row and return it."""
        ...

    def is_publication_due(self) -> bool:
        """Return whether this run has lasted, since its last publication, as long as is wanted."""
        ...

    def find_redactions(self) -> tuple[Redaction, ...]:
        """Return the records that hold what was forgotten and are not redacted yet."""
        ...

    def settle_redactions(self, files: Sequence[RedactedFile], *, now: datetime) -> None:
        """Record that every record queued in these files was redacted."""
        ...

    def publish(self) -> None:
        """Give readers everything loaded so far, and nothing that was forgotten."""
        ...


class Progress(Protocol):
    """Tells the person waiting."""

    def begin(self, what: str, total: int | None) -> None:
        """A stretch of work starts; `total` items, None when that is not known."""
        ...

    def advance(self, count: int) -> None:
        """`count` more items are done."""
        ...
