"""What a worker process works with: the archive to read from, and models loaded once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from etl.archive import ArchiveReader
from etl.errors import IntegrityError, RedactedError
from etl.outcomes import Reason
from etl.records import (
    Bug,
    Hints,
    PageRef,
    RefineOptions,
    Rejected,
    Reread,
    Tagged,
    VersionText,
)
from etl.refine import refine, reread
from etl.tag import RulesRecognizer


def make_refine(
    archive: Path, options: RefineOptions
) -> Callable[[PageRef, Hints], Tagged | Rejected | Bug]:
    """Return a worker's refine function; its models are loaded here, once."""
    # It warns of every page it finds odd; what matters of that is in the outcome.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    reader = ArchiveReader(archive)
    recognizer = RulesRecognizer()

    def refine_ref(ref: PageRef, hints: Hints) -> Tagged | Rejected | Bug:
        try:
            page = replace(reader.read(ref), hints=hints)
        except RedactedError as error:
            return Rejected(reason=Reason.FORGOTTEN, detail=str(error))
        except IntegrityError as error:
            return Rejected(reason=Reason.UNPARSABLE, detail=str(error))
        return refine(page, options=options, recognizer=recognizer)

    return refine_ref


def make_reread() -> Callable[[VersionText], Reread | Bug]:
    """Return a worker's function that reads a version's text again."""
    recognizer = RulesRecognizer()
    return lambda version: reread(version, recognizer=recognizer)
