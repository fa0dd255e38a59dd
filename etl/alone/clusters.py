"""Texts compared with one another, and what is said of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

from etl.alone.results import describe_failure
from etl.dedup.corpus import Document, Place, find_clusters
from etl.dedup.sketch import list_keys
from etl.records import BadInput, Bug, LooseArticle, Rejected, Sketch

_ALONE = {"duplicate_of": None, "kind": None, "jaccard": None, "containment": None, "score": None}

Found = Sketch | Rejected | Bug | BadInput


def compare(
    found: Iterable[tuple[LooseArticle | BadInput, Found]],
) -> Iterator[tuple[str | int, Place | Rejected | Bug | BadInput, str | int]]:
    """Yield each input's name, its place, and the name of the first of its cluster.

    Where there was nothing to compare, the reason takes the place of its place.
    """
    inputs = list(found)
    texts = [
        (text, sketch) for text, sketch in inputs
        if isinstance(text, LooseArticle) and isinstance(sketch, Sketch)
    ]  # fmt: skip
    places = iter(find_clusters([_document(text, sketch) for text, sketch in texts]))
    for text, sketch in inputs:
        if isinstance(sketch, Sketch):
            place = next(places)
            yield text.name, place, texts[place.original][0].name
        else:
            yield text.name, sketch, text.name


def _document(text: LooseArticle, sketch: Sketch) -> Document:
    at = text.published_at.astimezone(UTC) if text.published_at else None
    return Document(
        keys=list_keys(sketch),
        sketch=sketch,
        site=text.site,
        day=at.date() if at else None,
        order=(at is None, at.isoformat() if at else "", str(text.name)),
    )


def describe_place(
    name: str | int, found: Place | Rejected | Bug | BadInput, first: str | int
) -> dict[str, Any]:
    """Return the JSON object of an input: its cluster is named by the first article of it."""
    match found:
        case Place(verdict=None):
            original = None if first == name else first
            return {"id": name, "cluster": first, **_ALONE, "duplicate_of": original}
        case Place():
            return {"id": name, "cluster": first, "duplicate_of": first, **_tell(found)}
        case _:
            return {"id": name, **describe_failure(found)}


def _tell(place: Place) -> dict[str, Any]:
    assert place.verdict is not None
    return {
        "kind": place.verdict.kind,
        "jaccard": round(place.verdict.jaccard, 4),
        "containment": round(place.verdict.containment, 4),
        "score": round(place.verdict.score, 4),
    }
