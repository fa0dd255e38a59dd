"""The warehouse as people see it who take care of it: what they split, forget and clear away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from etl.store import entries as known
from etl.store import forget as forgetting
from etl.store.connect import checkpoint, open_writer
from etl.store.live import Live
from etl.store.postings import compact_postings, is_compaction_due
from etl.store.publish import mark_ahead
from etl.store.retention import Keep, prune
from etl.store.rewrite import mark_forgetting, measure_database, rewrite_live
from etl.store.snapshots import KEPT
from etl.store.targets import Target, find_targets


class Keeper(Live):
    """The live database of a home no run writes to; `keep` is how long history is kept."""

    def __init__(
        self,
        data: Path,
        *,
        clock: Callable[[], datetime],
        keep: Keep = Keep(),  # noqa: B008 - frozen
        keep_snapshots: int = KEPT,
    ) -> None:
        super().__init__(data, clock=clock, keep_snapshots=keep_snapshots)
        self._keep = keep

    def split_entry(self, merge_id: str, *, now: datetime) -> str:
        """Undo a merge of entries and return the id of the entry it makes; not published.

        Raises:
            WarehouseError: there is no such merge, or it was undone before.
        """
        with self._transaction():
            return known.split_entry(self._con, merge_id, now=now)

    def find_targets(self, names: Sequence[str]) -> tuple[Target, ...]:
        """Return what somebody means by names to be forgotten; see `targets.find_targets`."""
        return find_targets(self._con, names)

    def forget(
        self,
        targets: Sequence[Target],
        *,
        reason: str,
        now: datetime,
        carries: forgetting.Carries,
        with_copies: bool,
        is_dry: bool = False,
    ) -> forgetting.Forgotten:
        """Take everything of `targets` out of the warehouse; see `forget.forget`.

        Files still hold it until the records it queues are redacted and it is published. With
        `is_dry`, nothing is changed.
        """
        if is_dry:
            step = self._rehearsal()
        else:
            mark_forgetting(self._live)
            mark_ahead(self._live)
            step = self._transaction()
        with step:
            return forgetting.forget(
                self._con, targets, reason=reason, now=now, carries=carries,
                with_copies=with_copies,
            )  # fmt: skip

    def prune(self, *, now: datetime, is_dry: bool) -> dict[str, int]:
        """Drop the history that is kept no longer; return the rows dropped of each table.

        A dry run drops nothing, and returns what would be.
        """
        if not is_dry:
            mark_ahead(self._live)
        with self._rehearsal() if is_dry else self._transaction():
            return prune(self._con, self._keep, now=now)

    def measure(self) -> tuple[int, int]:
        """Return the bytes of the database file once all is written to it, and those free."""
        checkpoint(self._con)
        return measure_database(self._con)

    def is_compaction_due(self) -> bool:
        """Return whether the postings are worth sorting anew, however much of the file is free."""
        return is_compaction_due(self._con)

    def compact(self) -> int:
        """Write the database file anew and return the bytes saved; not published."""
        mark_ahead(self._live)
        with self._transaction():
            compact_postings(self._con)
        self.settle()
        try:
            return rewrite_live(self._live, now=self._clock())
        finally:
            self._con = open_writer(self._live)

    @contextmanager
    def _rehearsal(self) -> Iterator[None]:
        """Undo whatever is done in it."""
        self._con.execute("BEGIN")
        try:
            yield
        finally:
            self._con.execute("ROLLBACK")
