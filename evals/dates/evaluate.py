"""How well dates are found and resolved, and how fast: what `dates/results.json` holds.

    python -m evals.dates.evaluate ../shared [--out evals/dates/results.json] [--errors read]

The folder holds evals/dates/{score_timex.py, timebank, wikiwars, gum} and captured_web/index.jsonl.
English is scored as TempEval-3 did. Part of each corpus was kept unread while the grammar was
written (`_KEPT_UNREAD`), half of that was opened later (`part_of`), and the rest never; scores of
all three are given. The other languages are scored on `labels/`:
expressions of captured pages (offsets into what `evals/dates/pages.py` returns), sentences of our
own that the grammars were written with, and fresh ones, written after them and scored once before
anything was mended for them. Pages labelled later are in two halves: what `first` showed was mended
before `second` was labelled.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import platform
import re
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from etl.tag.dates import find_timexes
from evals.dates.chance import Triple, by_use, intervals
from evals.dates.pages import read_page

LABELS = Path(__file__).parent / "labels"
LANGUAGES = ("de", "en", "es", "fr", "it", "pt")
_PARTS_OF_PAGES = ("pages", "first", "second", "around", "later")
OWN_DAY = datetime(2023, 10, 12, tzinfo=UTC)
_KEPT_UNREAD = {"timebank": 6, "wikiwars": 3}
"""Of a corpus every third document was kept unread at first; of TimeBank half of those were read
later, when the rest had been scored."""

_MARK = re.compile(r"\[([^|\]]+)\|(S:)?([^\]]+)\]")
_EDGES = ".,;:'\""


class Document(NamedTuple):
    """A text, the day it was written, and the items people marked in it, as the scorer has them."""

    name: str
    text: str
    anchor: datetime
    gold: list[dict[str, Any]]


def part_of(corpus: str, place: int, name: str) -> str:
    """Return the part that the document at `place` of a corpus, in order of names, is of.

    "read" while the grammar was written; "later" are those kept unread then whose name has an even
    digest: they were opened once all had been scored; "unread" the others, which nobody opened.
    """
    every = _KEPT_UNREAD[corpus]
    if place % every != every - 1:
        return "read"
    return "unread" if sha256(name.encode()).digest()[-1] % 2 else "later"


def read_corpus(folder: Path, scorer: ModuleType) -> list[Document]:
    """Return the documents of a folder of TimeML."""
    return [_read_timeml(path, scorer) for path in sorted(folder.glob("*.tml"))]


def _read_timeml(path: Path, scorer: ModuleType) -> Document:
    raw = re.sub(r"<!DOCTYPE[^>]*>", "", path.read_text("utf-8")).lstrip("\ufeff \n")
    root = scorer.ET.fromstring(raw)
    text = "".join(root.find(".//TEXT").itertext())
    made = next(
        stamp.get("value") for stamp in root.iter("TIMEX3")
        if stamp.get("functionInDocument") == "CREATION_TIME"
    )  # fmt: skip
    anchor = datetime.fromisoformat(made[:10]).replace(tzinfo=UTC)
    return Document(path.name, text, anchor, scorer.load(str(path))[1])


def read_labels(language: str, shared: Path) -> dict[str, list[Document]]:
    """Return the sentences of our own, old and fresh, and the labelled pages in a language."""
    found = {}
    for part in ("own", "fresh"):
        listed = LABELS / f"{language}.{part}.txt"
        if listed.exists():
            lines = listed.read_text("utf-8").splitlines()
            lines = [line for line in lines if not line.startswith("#")]
            found[part] = [
                _read_own(f"{language}:{place}", line) for place, line in enumerate(lines, 2)
            ]
    for part in _PARTS_OF_PAGES:
        listed = LABELS / f"{language}.{part}.jsonl"
        if listed.exists():
            labels = [json.loads(line) for line in listed.read_text("utf-8").splitlines()]
            found[part] = list(_read_pages(labels, shared))
    return found


def _read_own(name: str, line: str) -> Document:
    text, gold = "", []
    last = 0
    for mark in _MARK.finditer(line):
        text += line[last : mark.start()]
        value = mark[3]
        kind = "SET" if mark[2] else "DURATION" if re.match(r"P[0-9XT]", value) else "DATE"
        kind = "TIME" if kind == "DATE" and re.search(r"T[0-9A-Z]", value[4:]) else kind
        gold.append(_item(len(text), mark[1], kind, value))
        text += mark[1]
        last = mark.end()
    return Document(name, text + line[last:], OWN_DAY, [_settled(item, text) for item in gold])


def _read_pages(labels: list[dict[str, Any]], shared: Path) -> Iterator[Document]:
    for name in dict.fromkeys(label["page"] for label in labels):
        text, published_on = read_page(shared, name)
        anchor = datetime.fromisoformat(published_on).replace(tzinfo=UTC)
        gold = []
        for label in (one for one in labels if one["page"] == name):
            if text[label["start"] : label["end"]] != label["surface"]:
                raise SystemExit(f"{name}: {label['surface']!r} is not at {label['start']}")
            item = _item(label["start"], label["surface"], label["type"], label["value"])
            gold.append(_settled(item, text))
        yield Document(name, text, anchor, gold)


def _item(start: int, surface: str, kind: str, value: str) -> dict[str, Any]:
    end = start + len(surface)
    return {"start": start, "end": end, "text": surface, "type": kind, "value": value}


def _settled(item: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an item with its offsets as the scorer counts them: no white space, no outer marks."""
    start = len("".join(text[: item["start"]].split()))
    end = start + len("".join(item["text"].split()))
    surface = "".join(item["text"].split())
    end -= len(surface) - len(surface.rstrip(_EDGES))
    start += len(surface) - len(surface.lstrip(_EDGES))
    return item | {"start": start, "end": end}


def find_items(document: Document, language: str) -> list[dict[str, Any]]:
    """Return what we find in a document, as the scorer has it."""
    found = find_timexes(document.text, anchor=document.anchor, language=language)
    black = [0]
    for char in document.text:
        black.append(black[-1] + (not char.isspace()))
    items = []
    for timex in found:
        surface = "".join(timex.surface.split())
        start = black[timex.start_char] + len(surface) - len(surface.lstrip(_EDGES))
        end = black[timex.end_char] - (len(surface) - len(surface.rstrip(_EDGES)))
        items.append({"start": start, "end": end, "text": timex.surface,
                      "type": timex.timex_type, "value": timex.timex_value})  # fmt: skip
    return items


def score(
    documents: list[Document], language: str, scorer: ModuleType, *, shows_errors: bool = False
) -> dict[str, Any]:
    """Return the scores of documents, in per cent."""
    result, errors = scorer.score_pairs(_triples(documents, language))
    if shows_errors:
        for error in errors:
            print("\t".join(map(str, error)), file=sys.stderr)
    return {
        "documents": len(documents), "expressions": result["counts"]["gold"],
        "relaxed_f1": result["relaxed"]["f1"], "relaxed_p": result["relaxed"]["p"],
        "relaxed_r": result["relaxed"]["r"], "strict_f1": result["strict"]["f1"],
        "value_f1": result["value_f1"], "type_f1": result["type_f1"],
    }  # fmt: skip


def _triples(documents: list[Document], language: str) -> list[Triple]:
    return [(one.name, one.gold, find_items(one, language)) for one in documents]


def words_per_cpu_second(documents: list[Document], language: str) -> int:
    """Return how many words a CPU second reads, the best of eight rounds, grammar loaded."""
    words = sum(len(document.text.split()) for document in documents)
    spent = []
    for _ in range(9):
        started = time.process_time()
        for document in documents:
            find_timexes(document.text, anchor=document.anchor, language=language)
        spent.append(time.process_time() - started)
    return round(words / min(spent[1:]))


def evaluate(shared: Path, *, shown: str | None) -> dict[str, Any]:
    """Return all results; `shown` is the part whose errors are printed."""
    folder = shared / "evals" / "dates"
    spec = importlib.util.spec_from_file_location("score_timex", folder / "score_timex.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer in {folder}")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    results: dict[str, Any] = {"en": {}}
    for corpus in ("timebank", "wikiwars"):
        documents = read_corpus(folder / corpus, scorer)
        parts: dict[str, list[Document]] = {"all": documents, "read": [], "later": [], "unread": []}
        for place, document in enumerate(documents):
            parts[part_of(corpus, place, document.name)].append(document)
        results["en"][corpus] = {
            name: score(part, "en", scorer, shows_errors=shown == f"{corpus}.{name}")
            | intervals(_triples(part, "en"), scorer)
            for name, part in parts.items()
        } | {"words_per_cpu_s": words_per_cpu_second(documents, "en")}
        opened = parts["read"] + parts["later"]
        results["en"][corpus]["by_use_of_rule"] = by_use(
            [one.text for one in opened], _triples(opened, "en"), scorer
        )
    # Durations are not marked in it: recall and value say something, precision does not.
    results["en"]["gum"] = {"all": score(read_corpus(folder / "gum", scorer), "en", scorer)}
    for language in LANGUAGES:
        parts = read_labels(language, shared)
        results[language] = results.get(language, {}) | {
            name: score(part, language, scorer, shows_errors=shown == f"{language}.{name}")
            for name, part in parts.items()
        }
    return results


def main() -> None:
    """Write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--errors", help="a part, such as timebank.read or de.pages")
    options = parser.parse_args()
    if (options.errors or "").endswith(("unread", "all")):
        parser.error("what is unread stays so: its errors are not shown")
    results = evaluate(options.shared, shown=options.errors)
    written = json.dumps(
        {"command": "python -m evals.dates.evaluate ../shared --out evals/dates/results.json",
         "python": platform.python_version(), **results}, indent=1,
    )  # fmt: skip
    if options.out:
        options.out.write_text(written + "\n", "utf-8")
    print(written)


if __name__ == "__main__":
    main()
