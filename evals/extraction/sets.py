"""Pages with gold text, as they lie under ../shared, and the scorer beside them."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

CAPTURED = "captured_web"
SETS = ("scrapinghub", "aed_dev", "wcxb_dev", "dates_dev", CAPTURED)


class Labelled(NamedTuple):
    """A page and what people say is in it; `gold` as `score.py` reads it."""

    gold: dict[str, Any]
    path: Path
    fetched_at: str | None


def read_set(shared: Path, name: str) -> list[Labelled]:
    """Return the pages of one labelled set."""
    folder = shared / CAPTURED if name == CAPTURED else shared / "evals" / "extraction" / name
    listed = folder / ("index.jsonl" if name == CAPTURED else "gold.jsonl")
    labelled = []
    for row in map(json.loads, listed.read_text("utf-8").splitlines()):
        gold = row
        if name == CAPTURED:
            gold = row | {"text": "\n\n".join(row["paragraphs"]), "date": row["published_at"]}
        path = folder / "pages" / f"{row['id']}.html.gz"
        labelled.append(Labelled(gold, path.absolute(), row.get("crawled_at")))
    return labelled


def load_scorer(shared: Path) -> ModuleType:
    """Return the scorer that lies beside the sets."""
    spec = importlib.util.spec_from_file_location(
        "score", shared / "evals" / "extraction" / "score.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
