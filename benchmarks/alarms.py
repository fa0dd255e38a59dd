"""How often alarms are false, and how soon they come: on simulated histories of 2,000 sources.

    python -m benchmarks.alarms [--sources 2000] [--days 120] [--seed 2] [--every-h 2]
        [--judge-nth 1]

Sources publish from once in ten days to 300 times a day, by day and night and weekday of their
kind, in bursts, with good and bad days, a trend, and the holidays of one of four countries. Their
articles are rows of a real warehouse, seen by runs; after each run, or each nth to save time, the
product judges its alarms as it does at the end of an ingest. The first half of the time is only
watched. In the second half nothing is wrong with half of the sources; each of the others meets one
fault and keeps it.

Reported are false alarms a source and year (before a fault, and of sources that have none), and
the time from a fault to its alarm in hours and in multiples of the source's mean interval, with
the share of faults noticed at all before the end. The rows have no text and no tags: alarms read
neither.
"""

from __future__ import annotations

import argparse
import json
import math
import platform
import random
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from etl.records import make_id
from etl.store.alarms import AlarmRules, judge
from etl.store.connect import open_writer
from etl.store.migrate import migrate

START = datetime(2026, 1, 5, tzinfo=UTC)
"""A Monday."""
FAULTS = {
    "silent": "source_silent", "half_length": "layout_drift", "no_authors": "layout_drift",
    "fallback": "layout_drift", "failures": "failure_share", "late": "lag",
}  # fmt: skip
"""Each fault and the alarm it should raise."""
DAY = timedelta(days=1)


@dataclass
class Source:
    """A simulated source: what it is like, and what goes wrong with it, if anything."""

    name: str
    per_day: float
    weekend: float
    hours: list[float]
    country: int
    burst: float
    unevenness: float
    trend: float
    median_words: float
    words_sigma: float
    unsigned: float
    unsectioned: float
    fallback: float
    failing: float
    lag_minutes: float
    is_day_only: bool
    fault: str | None = None
    fault_at: datetime | None = None
    seen: int = 0
    first_alarm: dict[str, datetime] = field(default_factory=dict)

    def is_faulty(self, fault: str, at: datetime) -> bool:
        """Say if it has this fault at that time."""
        return self.fault == fault and self.fault_at is not None and at >= self.fault_at


def make_source(number: int, dice: random.Random, *, days: int) -> Source:
    """Draw a source; every second one will meet a fault in the second half."""
    zone = dice.choice((0, 1, 8, 15))
    peak, width = dice.uniform(8, 18), dice.uniform(3, 7)
    hours = [
        0.03 + math.exp(-(min(abs(h - peak), 24 - abs(h - peak)) ** 2) / 2 / width**2)
        for h in range(24)
    ]
    hours = hours[zone:] + hours[:zone]
    source = Source(
        name=f"s{number:04}.test",
        per_day=min(max(dice.lognormvariate(math.log(2), 1.5), 0.1), 300),
        weekend=dice.choices((1.0, 0.5, 0.02), (3, 4, 3))[0],
        hours=[hour / sum(hours) for hour in hours],
        country=dice.randrange(4),
        burst=dice.choice((0, 0, 0.1, 0.3, 0.5)),
        unevenness=dice.uniform(0, 0.5),
        trend=dice.uniform(-0.3, 0.3),
        median_words=dice.lognormvariate(math.log(450), 0.4),
        words_sigma=dice.uniform(0.25, 0.7),
        unsigned=dice.choice((0, 0.02, 0.1, 0.3, 0.6)),
        unsectioned=dice.choice((0, 0.05, 0.5, 1)),
        fallback=dice.choice((0, 0, 0.02, 0.1)),
        failing=dice.choice((0, 0, 0.01, 0.05, 0.1)),
        lag_minutes=dice.lognormvariate(math.log(20), 1),
        is_day_only=dice.random() < 0.1,
    )
    if number % 2:
        source.fault = list(FAULTS)[number // 2 % len(FAULTS)]
        source.fault_at = START + dice.uniform(0.55, 0.75) * days * DAY
    return source


def holidays(dice: random.Random, *, days: int) -> list[set[int]]:
    """Return the days without work of each country: two a month, one of them two in a row."""
    return [
        {
            first + more
            for month in range(days // 30)
            for first, length in ((month * 30 + dice.randrange(30), 1 + month % 2),)
            for more in range(length)
        }
        for _ in range(4)
    ]


def published(
    source: Source, off: set[int], dice: random.Random, *, days: int
) -> Iterator[datetime]:
    """Yield when its articles appear, in no order."""
    shape = 1 / source.unevenness**2 if source.unevenness > 0.05 else 0
    for day in range(days):
        rate = source.per_day * (1 + source.trend * (day / days - 0.5))
        rate *= 7 / (5 + 2 * source.weekend)
        if day % 7 >= 5:
            rate *= source.weekend
        if day in off:
            rate *= 0.03 if source.weekend < 0.1 else 0.5
        rate *= dice.gammavariate(shape, 1 / shape) if shape else 1
        for _ in range(_poisson(rate * (1 - source.burst), dice)):
            hour = dice.choices(range(24), source.hours)[0]
            at = START + timedelta(days=day, hours=hour, seconds=dice.uniform(0, 3600))
            yield at
            while dice.random() < source.burst:
                at += timedelta(minutes=dice.uniform(0, 40))
                yield at


def _poisson(mean: float, dice: random.Random) -> int:
    if mean > 50:
        return max(0, round(dice.gauss(mean, math.sqrt(mean))))
    limit, product, count = math.exp(-mean), dice.random(), 0
    while product > limit:
        product *= dice.random()
        count += 1
    return count


ROWS = pa.schema([
    ("article_id", pa.string()), ("source", pa.string()), ("feed_url", pa.string()),
    ("seen_at", pa.timestamp("us", "UTC")), ("published_at", pa.timestamp("us", "UTC")),
    ("words", pa.int32()), ("is_signed", pa.bool_()), ("section", pa.string()),
    ("extractor", pa.string()), ("language", pa.string()), ("failed", pa.int32()),
])  # fmt: skip


def articles(
    source: Source, off: set[int], dice: random.Random, *, days: int, every: timedelta
) -> Iterator[tuple[Any, ...]]:
    """Yield a row an article, seen by the first run after it was published and arrived."""
    for number, at in enumerate(published(source, off, dice, days=days)):
        if source.is_faulty("silent", at):
            continue
        there = at + timedelta(minutes=dice.lognormvariate(math.log(source.lag_minutes), 0.7))
        there += timedelta(hours=6) if source.is_faulty("late", at) else timedelta()
        share = 0.5 if source.is_faulty("failures", at) else source.failing
        failed = 0
        while dice.random() < share and failed < 5:
            failed += 1
        runs = math.ceil((there - START) / every) + (failed > 1)
        shorter = 0.5 if source.is_faulty("half_length", at) else 1
        words = shorter * dice.lognormvariate(math.log(source.median_words), source.words_sigma)
        unsigned = 1 if source.is_faulty("no_authors", at) else source.unsigned
        fallback = 0.6 if source.is_faulty("fallback", at) else source.fallback
        yield (
            f"{source.name[1:5]}{number:08}", source.name, f"https://{source.name}/feed",
            START + runs * every, at.replace(hour=0, minute=0) if source.is_day_only else at,
            int(words), dice.random() >= unsigned,
            None if dice.random() < source.unsectioned else "news",
            "paragraphs/1" if dice.random() < fallback else "trafilatura-1",
            f"l{source.country}", failed,
        )  # fmt: skip


LOAD = """
INSERT INTO core.articles
    (article_id, url, canonical_url, source, feed_url, first_seen_at, last_seen_at,
    version, story_id)
SELECT article_id, '', '', source, feed_url, seen_at, seen_at, 1, article_id
FROM simulated WHERE seen_at > $since AND seen_at <= $now;
INSERT INTO core.versions
    (article_id, version, seen_from, run_id, published_at, title, authors, language, text,
    text_sha256, content_hash, word_count, section, keywords, is_paywalled, is_truncated,
    repeated_paragraphs, page_id, extractor, tagger, change)
SELECT article_id, 1, seen_at, $run_id, published_at, '',
    CASE WHEN is_signed THEN ['A'] ELSE [] END, language, '', '', '', words, section, [],
    false, false, 0, '', extractor, '', 'first'
FROM simulated WHERE seen_at > $since AND seen_at <= $now;
INSERT INTO raw.fetches
    (fetch_id, run_id, kind, url, final_url, outcome, started_at, elapsed_ms,
    received_bytes, from_cache)
SELECT '', $run_id, 'page', 'https://www.' || source || '/a', '',
    CASE WHEN nth = 0 THEN 'ok' ELSE 'timeout' END, $now, 1, 1, false
FROM (SELECT source, unnest(range(failed + 1)) AS nth FROM simulated
    WHERE seen_at > $since AND seen_at <= $now);
UPDATE ops.feeds SET last_polled_at = $now;
"""


def load(con: duckdb.DuckDBPyConnection, since: datetime, now: datetime) -> str:
    """Load what runs after `since` and until `now` saw, and return the id of the last."""
    run_id = make_id("run", now.isoformat())
    for statement in con.extract_statements(LOAD):
        wanted = {"since": since, "now": now, "run_id": run_id}
        con.execute(statement, {name: wanted[name] for name in statement.named_parameters})
    return run_id


def simulate(
    options: argparse.Namespace, folder: Path, rules: AlarmRules
) -> tuple[list[Source], list[tuple[Any, ...]], list[float], int]:
    """Live through it and return the sources, every alarm raised, seconds a run, and articles."""
    dice, every = random.Random(options.seed), timedelta(hours=options.every_h)
    sources = [make_source(number, dice, days=options.days) for number in range(options.sources)]
    off = holidays(dice, days=options.days)
    con = open_writer(folder / "live.duckdb")
    migrate(con, now=START)
    rows: list[tuple[Any, ...]] = []
    for source in sources:
        mine = list(articles(source, off[source.country], dice, days=options.days, every=every))
        source.seen = len(mine)
        rows += mine
    rows.sort(key=lambda row: row[3])
    lent = pa.table(list(map(list, zip(*rows, strict=True))), schema=ROWS)
    con.register("lent", lent)
    con.execute("CREATE TEMP TABLE simulated AS FROM lent")
    con.execute(
        "INSERT INTO ops.feeds (feed_url, state, consecutive_failures, is_subscribed) "
        "SELECT DISTINCT feed_url, 'active', 0, true FROM simulated"
    )
    spent: list[float] = []
    first = round(options.days / 2 * DAY / every)
    before = START - DAY
    for number in range(first, round(options.days * DAY / every), options.judge_nth):
        now = START + number * every
        con.execute("BEGIN")
        run_id = load(con, before, now)
        began = time.process_time()
        judge(con, rules, run_id=run_id, now=now)
        spent.append(time.process_time() - began)
        con.execute("COMMIT")
        before = now
    raised = con.execute(
        "SELECT kind, subject, raised_at, cleared_at, detail FROM ops.alarms ORDER BY raised_at"
    ).fetchall()
    con.close()
    return sources, raised, spent, len(rows)


def report(
    sources: list[Source], raised: list[tuple[Any, ...]], options: argparse.Namespace
) -> dict[str, Any]:
    """Return false alarms a source-year by kind, and how soon each fault was noticed."""
    by_name = {source.name: source for source in sources}
    false: Counter[str] = Counter()
    house: Counter[str] = Counter()
    noticed: dict[str, list[tuple[float, float]]] = defaultdict(list)
    examples: dict[str, list[str]] = defaultdict(list)
    for kind, subject, at, _cleared_at, detail in raised:
        source = by_name.get(subject)
        if source is None:
            house[kind] += 1
        elif source.fault_at is None or at < source.fault_at:
            false[kind] += 1
            examples[kind].append(
                f"{subject} {at:%m-%d %H} {source.per_day:.2f}/day we {source.weekend}: {detail}"
            )
        elif FAULTS[source.fault or ""] == kind and kind not in source.first_alarm:
            source.first_alarm[kind] = at
            hours = (at - source.fault_at) / timedelta(hours=1)
            noticed[source.fault or ""].append((hours, hours * source.per_day / 24))
    half, end = START + options.days / 2 * DAY, START + options.days * DAY
    years = sum(((s.fault_at or end) - half) / (365 * DAY) for s in sources)
    if options.verbose:
        for kind, lines in examples.items():
            print(kind, *lines[:: max(1, len(lines) // 12)], sep="\n  ")
    judged = [s for s in sources if s.seen >= 10]
    return {
        "watched_source_years": round(years, 1),
        "false_alarms_a_source_year": {
            kind: round(false[kind] / years, 4) for kind in sorted(set(FAULTS.values()))
        } | {"all kinds": round(sum(false.values()) / years, 4)},
        "house_alarms": dict(house),
        "faults": {fault: _describe(fault, noticed[fault], judged) for fault in FAULTS},
    }  # fmt: skip


def _describe(
    fault: str, noticed: list[tuple[float, float]], sources: list[Source]
) -> dict[str, Any]:
    met = [source for source in sources if source.fault == fault]
    found: dict[str, Any] = {
        "alarm": FAULTS[fault], "injected": len(met),
        "noticed_share": round(len(noticed) / max(len(met), 1), 3),
    }  # fmt: skip
    for floor, name in ((1, "of 1 to 10 a day"), (10, "of 10 a day and more"), (0, "of less")):
        part = [s for s in met if floor <= s.per_day < {1: 10, 10: 1e9, 0: 1}[floor]]
        heard = sum(FAULTS[fault] in s.first_alarm for s in part)
        found[f"noticed {name}"] = f"{heard} of {len(part)}"
    if len(noticed) > 2:
        for place, name in ((0, "hours"), (1, "mean_intervals")):
            values = sorted(pair[place] for pair in noticed)
            cut = statistics.quantiles(values, n=10)
            found[f"{name}_median"] = round(statistics.median(values), 1)
            found[f"{name}_p90"] = round(cut[8], 1)
    return found


def main() -> None:
    """Simulate, print the figures, and write the results file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=2000)
    parser.add_argument("--days", type=int, default=120)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--every-h", type=float, default=2)
    parser.add_argument("--judge-nth", type=int, default=1, help="judge after each nth run only")
    parser.add_argument("--verbose", action="store_true", help="print some false alarms")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/alarms.json"))
    options = parser.parse_args()
    rules = AlarmRules()
    with tempfile.TemporaryDirectory() as folder:
        sources, raised, spent, count = simulate(options, Path(folder), rules)
    found = {
        "command": f"python -m benchmarks.alarms --sources {options.sources} --days {options.days}"
        f" --seed {options.seed} --every-h {options.every_h:g}"
        f" --judge-nth {options.judge_nth}",
        "python": platform.python_version(), "duckdb": duckdb.__version__,
        "sources": options.sources, "articles": count, "runs_judged": len(spent),
        "cpu_s_a_run_median": round(statistics.median(spent), 3),
        "cpu_s_a_run_max": round(max(spent), 3),
        "rules": {name: getattr(rules, name) for name in AlarmRules.__slots__},
        **report(sources, raised, options),
    }  # fmt: skip
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    print(json.dumps(found, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
