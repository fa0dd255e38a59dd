"""Hostile pages through `newshouse extract`: each ends with a recorded outcome, in its time.

    uv run python -m evals.extraction.hostile [--timeout 20] [--out evals/extraction/hostile.json]

The pages are made here (tests/extract/hostile.py), up to 50 MB each. A good page stands after each
bad one: it has to come out as an article, or what killed the worker took another page with it.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.extract.hostile import HOSTILE
from tests.extract.pages import make_html

_SHOWN = 200


def write_pages(folder: Path) -> list[dict[str, str]]:
    """Write every page into `folder`; return the lines that name them."""
    rows = []
    for make in HOSTILE:
        path = folder / f"{make.__name__}.html"
        path.write_bytes(make(1.0))
        rows.append({"id": make.__name__, "html_path": str(path)})
        rows.append({"id": f"after {make.__name__}", "html": make_html()})
    return rows


def run(folder: Path, timeout_s: float) -> dict[str, Any]:
    """Return what became of each page, and how long all of them took."""
    given, made = folder / "pages.jsonl", folder / "articles.jsonl"
    rows = write_pages(folder)
    given.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    command = [sys.executable, "-m", "etl.cli", "extract", str(given), "--out", str(made)]
    began = time.monotonic()
    ended = subprocess.run([*command, "--timeout", str(timeout_s)], check=False)
    found = [json.loads(line) for line in made.read_text("utf-8").splitlines()]
    outcomes = {
        row["id"]: f"{row['rejected']}: {row['detail'][:_SHOWN]}"
        if "rejected" in row
        else "article"
        for row in found
    }
    good = {name: said for name, said in outcomes.items() if name.startswith("after ")}
    return {
        "seconds": round(time.monotonic() - began, 1),
        "exit_code": ended.returncode,
        "asked": len(rows),
        "answered": len(found),
        "in_order": [row["id"] for row in rows] == [row["id"] for row in found],
        "good_pages_after": Counter(good.values()),
        "outcomes": {name: said for name, said in outcomes.items() if name not in good},
    }


def _name_outcome(row: dict[str, Any]) -> str:
    return f"{row['rejected']}: {row['detail'][:_SHOWN]}" if "rejected" in row else "article"


def main() -> None:
    """Run all, print what became of them, and write it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--timeout", type=float, default=20.0)
    parser.add_argument("--out", type=Path, default=Path("evals/extraction/hostile.json"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        results = run(Path(folder), options.timeout)
    told = {
        "command": "python -m evals.extraction.hostile " + " ".join(sys.argv[1:]),
        "python": platform.python_version(),
        "timeout_s": options.timeout,
    }
    print(json.dumps(results, indent=1))
    options.out.write_text(json.dumps(told | results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
