"""Forgetting an article everywhere: the warehouse, the archive, and what readers are given.

Beside the flows, above the rooms, because it changes what several of them keep. In this order, so
that a kill at any moment leaves something the next `forget` or run can finish: rows, tombstones and
the list of records to redact, in one transaction; the records; the database's own file; what is
published.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from etl.app import open_keeper, read_clock
from etl.archive import ArchiveReader
from etl.archive.redact import redact_records
from etl.archive.salvage import cut_back
from etl.errors import ConfigError, IntegrityError, RedactedError
from etl.home import Home
from etl.records import PageRef
from etl.settings import load_settings
from etl.store.connect import open_reader, writer_lock
from etl.store.forget import Forgotten
from etl.store.keeper import Keeper
from etl.store.rewrite import is_forgetting


def forget(
    home: Home,
    names: Sequence[str],
    *,
    reason: str,
    with_copies: bool = False,
    is_dry: bool = False,
) -> Forgotten:
    """Forget what `names` mean, and finish what an earlier `forget` that was killed left.

    Args:
        home: where.
        names: ids of articles or entries, or addresses; an address never seen is only barred.
        reason: why; kept for ever, so it should not say what is to be forgotten.
        with_copies: the articles that repeat it too.
        is_dry: change nothing, and return what would be forgotten.

    Raises:
        ConfigError: a name means nothing, or there is no reason.
        WarehouseBusyError: a run is writing.
        WarehouseError: there is no warehouse, or it could not be written.
    """
    if not reason.strip():
        raise ConfigError("say why it is to be forgotten: --reason TEXT")
    open_reader(home.published).close()  # so that none is made where there is none
    with writer_lock(home.live.parent):
        now = read_clock()
        store = open_keeper(home, load_settings(home.path))
        try:
            with ArchiveReader(home.archive) as reader:
                done = store.forget(
                    store.find_targets(names), reason=reason.strip(), now=now,
                    carries=lambda ref, words: _carries(reader, ref, words),
                    with_copies=with_copies, is_dry=is_dry,
                )  # fmt: skip
            if not is_dry:
                _finish(home, store)
        finally:
            store.close()
    return done


def finish_forgetting(home: Home) -> bool:
    """Finish what a killed `forget` or run left to do; return whether there was anything.

    Raises:
        WarehouseBusyError: a run is writing; it does the same.
        ConfigError: the settings cannot be read.
    """
    with writer_lock(home.live.parent):
        if not is_forgetting(home.live):
            return False
        store = open_keeper(home, load_settings(home.path))
        try:
            _finish(home, store)
        finally:
            store.close()
    return True


def _finish(home: Home, store: Keeper) -> None:
    # What a killed run archived and never loaded is listed nowhere, and would be cut off anyway.
    cut_back(home.archive, store.find_killed_runs())
    if redactions := store.find_redactions():
        files = redact_records(home.archive, redactions)
        store.settle_redactions(files, now=read_clock())
    store.publish()


def _carries(reader: ArchiveReader, ref: PageRef, words: frozenset[str]) -> bool:
    """Return whether a feed's document has any of `words`; of a damaged one none can tell."""
    try:
        body = reader.read(ref).body
    except RedactedError:
        return False
    except IntegrityError:
        return True
    return any(
        spelt.encode("utf-8", "replace") in body
        for word in words
        for spelt in {word, escape(word), escape(word, quote=False)}
    )
