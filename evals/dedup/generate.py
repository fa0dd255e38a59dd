"""Labelled duplicates of another make than the shared ones: other edits, frames, texts, languages.

    python -m evals.dedup.generate --seed 7 > labelled.jsonl

Base texts are read at run time from ../shared (captured pages in some 30 languages, and newswire);
nothing of them is kept. A line has id, cluster, kind, ops, site, url, title, published_at and
paras, as the shared file has, so that its score.py scores both.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from evals.dedup.edits import EDITS, person, sentences
from evals.dedup.templates import FRAMES, fill

SHARED = Path("../shared")
SITES = tuple(f"{name}.test" for name in (
    "anchor", "beacon", "courier", "dispatch", "echo", "farol", "gazette", "heraldo", "journal",
    "kurier", "ledger", "merkur", "nation", "observer", "posten", "quotidien", "record", "sentinel",
    "tribuna", "union", "voz", "watch", "zeitung",
))  # fmt: skip
START = datetime(2026, 3, 1, tzinfo=UTC)
_BOILERPLATE = Path(__file__).with_name("boilerplate.txt").read_text("utf-8").splitlines()
_BRIEFS = ("The day in brief", "What you missed", "Five things to know")


class Writer:
    """Writes lines, each with a site, an hour and perhaps the site's boilerplate."""

    def __init__(self, rnd: Random) -> None:
        self.rnd = rnd
        self.count = 0
        self.frames = {site: rnd.sample(_BOILERPLATE, rnd.randint(1, 3)) for site in SITES}

    def line(
        self, cluster: str, kind: str, title: str, paras: list[str], *, at: datetime,
        ops: tuple[str, ...] = (),
    ) -> dict[str, Any]:  # fmt: skip
        """Return one document."""
        self.count += 1
        site = self.rnd.choice(SITES)
        if self.rnd.random() < 0.6:
            paras = [*paras, *(part.format(site=site.title()) for part in self.frames[site])]
            ops = (*ops, "boiler")
        return {
            "id": f"g{self.count}", "cluster": cluster, "kind": kind, "ops": ops, "site": site,
            "url": f"https://{site}/{self.count}", "title": title,
            "published_at": at.isoformat(), "paras": paras,
        }  # fmt: skip


def read_bases(shared: Path) -> list[tuple[str, list[str]]]:
    """Return title and paragraphs of the texts that copies are made of."""
    rows = map(json.loads, (shared / "captured_web/index.jsonl").read_text("utf-8").splitlines())
    bases = [(row["title"], [part for part in row["paragraphs"] if part]) for row in rows]
    for path in sorted((shared / "evals/dates/timebank").glob("*.tml")):
        text = re.search(r"<TEXT>(.*?)</TEXT>", path.read_text("utf-8"), re.DOTALL)
        plain = re.sub(r"<[^>]+>", "", text.group(1)) if text else ""
        paras = [" ".join(part.split()) for part in plain.split("\n\n") if part.strip()]
        if paras:
            bases.append((" ".join(paras[0].split()[:9]), paras))
    return [base for base in bases if sum(map(len, base[1])) > 500]


def generate(bases: list[tuple[str, list[str]]], rnd: Random) -> Iterator[dict[str, Any]]:
    """Yield documents in no order."""
    writer = Writer(rnd)
    for number, (title, paras) in enumerate(bases):
        yield from _copies(writer, f"b{number}", title, paras)
    for number in range(len(FRAMES) * 60):
        frame, at = number % len(FRAMES), START + timedelta(hours=rnd.randint(0, 1400))
        title, paras = fill(frame, rnd)
        yield writer.line(f"t{number}", "template", title, paras, at=at)
        if rnd.random() < 0.2:
            yield _copy(writer, f"t{number}", title, paras, at, most=1)
    yield from _strangers(writer, bases)


def _copies(writer: Writer, cluster: str, title: str, paras: list[str]) -> Iterator[dict[str, Any]]:
    rnd = writer.rnd
    at = START + timedelta(hours=rnd.randint(0, 1400))
    yield writer.line(cluster, "orig", title, paras, at=at)
    for _ in range(rnd.choice([0, 0, 1, 1, 2, 4, 9, 25])):
        yield _copy(writer, cluster, title, paras, at, most=3)


def _copy(writer: Writer, cluster: str, title: str, paras: list[str], at: datetime, *,
          most: int) -> dict[str, Any]:  # fmt: skip
    rnd = writer.rnd
    edits = rnd.sample(EDITS, rnd.randint(0, most))
    for edit in edits:
        paras = edit(paras, rnd)
    heads = (title, title.upper(), f"Video: {title}", paras[0][:70].strip(), title)
    later = at + timedelta(hours=rnd.randint(0, 60))
    ops = tuple(edit.__name__ for edit in edits)
    return writer.line(cluster, "copy", rnd.choice(heads), paras, at=later, ops=ops)


def _strangers(writer: Writer, bases: list[tuple[str, list[str]]]) -> Iterator[dict[str, Any]]:
    """Yield articles that share a part with others and are others: briefs, background, a series."""
    rnd = writer.rnd
    long = [base for base in bases if len(base[1]) >= 8]
    for number in range(120):
        some = rnd.sample(long, 6)
        at = START + timedelta(hours=rnd.randint(0, 1400))
        brief = ["".join(sentences(paras[0])[:2]).strip() for _, paras in some]
        yield writer.line(f"d{number}", "brief", rnd.choice(_BRIEFS), brief, at=at)
        kept = some[0][1][-max(1, len(some[0][1]) // 5) :]
        fresh = [paras[number % 7] for _, paras in some[1:5]]
        yield writer.line(f"s{number}", "background", fresh[0][:60], [*fresh, *kept], at=at)
        letter = (
            f"Dear reader, every week {person(rnd)} answers what you ask about gardens. Send your"
            " questions, and remember that no advice replaces a look at your own soil."
        )
        paras = [letter, *(paras[number % 5] for _, paras in some[:4])]
        title = f"Ask the gardener: {fresh[1][:30]}"
        yield writer.line(f"c{number}", "series", title, paras, at=at)


def main() -> None:
    """Write the set of one seed to stdout."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--shared", type=Path, default=SHARED)
    given = parser.parse_args()
    lines = list(generate(read_bases(given.shared), Random(given.seed)))
    for line in lines:
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
