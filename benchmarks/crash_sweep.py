"""Real runs on real files, killed with SIGKILL at every step and at any time; what the next leaves.

    python -m benchmarks.crash_sweep [--kills 300] [--seed 1] [--minutes 60] [--parallel 2]

Each case takes a home (an empty one, or one that lived through the first day of a small web and
meets the second), kills one or two runs over it, lets `verify --deep` and a reader look, and runs
once more, undisturbed. Damage is whatever then differs from a home that was never disturbed: rows
or content of any table that people query (ids of runs and pages and times of sighting apart),
findings of `verify --deep`, files left behind, a stuck lock, processes that outlive their run, an
entry without its one outcome. A step is named once for each thing that runs do (see
`tests/crashes/steps.py`); which of the times it is met is drawn by the seed.

SIGKILL loses nothing that was handed to the operating system: this says nothing of a power cut.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import cycle, islice
from pathlib import Path

import duckdb

from tests.crashes.laboratory import (
    AtRandom,
    Case,
    Day,
    Laboratory,
    Verdict,
    open_laboratory,
)
from tests.crashes.steps import Kill

ANY_TIME = "at any time"
TWICE_SHARE = 0.2
"""Of the cases: two runs killed one after the other."""

ANY_TIME_SHARE = 0.2
"""Of the kills: from outside, whatever the run is at."""

WORKERS_SHARE = 0.2
"""Of the cases: with worker processes, as in production; the others refine within the run."""


def main() -> None:
    """Kill, print a table of steps, kills and damage, and write the results file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60, help="begin no case after that")
    parser.add_argument("--parallel", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/crash_sweep.json"))
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name, open_laboratory(Path(name)) as laboratory:
        strange = laboratory.learn(controls=2)
        print(f"undisturbed runs differ in: {strange or 'nothing'}", flush=True)
        verdicts = sweep(laboratory, options, until=began + 60 * options.minutes)
        report = make_report(laboratory, verdicts, strange, options, began=began)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    print_table(report)


def sweep(laboratory: Laboratory, options: argparse.Namespace, *, until: float) -> list[Verdict]:
    """Try cases, some at a time, until enough kills met their runs or time is up."""
    cases = draw_cases(laboratory, random.Random(options.seed))
    verdicts: list[Verdict] = []
    with ThreadPoolExecutor(options.parallel) as pool:
        trying: set[Future[Verdict]] = {
            pool.submit(laboratory.try_case, case) for case in islice(cases, options.parallel)
        }
        while trying:
            done, trying = wait(trying, return_when=FIRST_COMPLETED)
            for future in done:
                verdicts.append(future.result())
                say(verdicts)
                if count_kills(verdicts) < options.kills and time.monotonic() < until:
                    trying.add(pool.submit(laboratory.try_case, next(cases)))
    return verdicts


def draw_cases(laboratory: Laboratory, chance: random.Random) -> Iterator[Case]:
    """Yield cases without end: every step of both days in turn, among them kills at any time."""
    steps: list[tuple[Day, str]] = [
        (day, step) for day, of_day in laboratory.steps.items() for step in of_day
    ]
    chance.shuffle(steps)
    for day, step in cycle(steps):
        kills: list[Kill | AtRandom] = [laboratory.draw_kill(day, step, chance)]
        if chance.random() < TWICE_SHARE:
            again = chance.choice(list(laboratory.steps[day]))
            kills.append(laboratory.draw_kill(day, again, chance))
        yield Case(day=day, kills=tuple(kills), with_workers=chance.random() < WORKERS_SHARE)
        if chance.random() < ANY_TIME_SHARE:
            lasts_s = laboratory.lasts_s[day]
            times = 1 + (chance.random() < TWICE_SHARE)
            yield Case(
                day=day,
                kills=tuple(AtRandom(after_s=chance.uniform(0, lasts_s)) for _ in range(times)),
                with_workers=True,
            )


def count_kills(verdicts: list[Verdict]) -> int:
    """Return how many kills met their run; it can be over, or never come by the step."""
    return sum(sum(verdict.landed) for verdict in verdicts)


def name_kill(kill: Kill | AtRandom) -> str:
    """Return the row of the table that a kill counts in."""
    return kill.step if isinstance(kill, Kill) else ANY_TIME


def say(verdicts: list[Verdict]) -> None:
    """Print the last verdict if there is damage, and now and then how far it is."""
    last = verdicts[-1]
    if last.damage:
        print(f"DAMAGE {last.case}\n  " + "\n  ".join(last.damage), flush=True)
    if len(verdicts) % 20 == 0:
        print(f"{len(verdicts)} cases, {count_kills(verdicts)} kills", flush=True)


def make_report(
    laboratory: Laboratory,
    verdicts: list[Verdict],
    strange: tuple[str, ...],
    options: argparse.Namespace,
    *,
    began: float,
) -> dict[str, object]:
    """Return what the results file holds."""
    kills: Counter[str] = Counter()
    damaged: Counter[str] = Counter()
    for verdict in verdicts:
        for kill, has_landed in zip(verdict.case.kills, verdict.landed, strict=True):
            kills[name_kill(kill)] += has_landed
            damaged[name_kill(kill)] += bool(verdict.damage)
    steps = {step for of_day in laboratory.steps.values() for step in of_day}
    return {
        "command": f"python -m benchmarks.crash_sweep --kills {options.kills} "
        f"--seed {options.seed} --minutes {options.minutes:g} --parallel {options.parallel}",
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}, "
        f"DuckDB {duckdb.__version__}",
        "seconds": round(time.monotonic() - began),
        "kills": count_kills(verdicts),
        "kills_that_came_too_late": sum(len(v.landed) - sum(v.landed) for v in verdicts),
        "cases": len(verdicts),
        "cases_of_two_kills": sum(sum(v.landed) == 2 for v in verdicts),
        "cases_with_worker_processes": sum(v.case.with_workers for v in verdicts),
        "cases_damaged": sum(bool(v.damage) for v in verdicts),
        "steps": len(steps),
        "steps_never_killed_at": sorted(step for step in steps if not kills[step]),
        "undisturbed_runs_differ_in": list(strange),
        "rows_compared": {
            day: {name: rows for name, (rows, _) in content.items()}
            for day, content in laboratory.expected.items()
        },
        "kills_by_step": dict(sorted(kills.items())),
        "damaged_by_step": dict(sorted((+damaged).items())),
        "damage": [
            {"case": repr(v.case), "landed": list(v.landed), "damage": list(v.damage)}
            for v in verdicts
            if v.damage
        ],
    }


def print_table(report: dict[str, object]) -> None:
    """Print steps, kills and damage."""
    kills, damaged = report["kills_by_step"], report["damaged_by_step"]
    assert isinstance(kills, dict)
    assert isinstance(damaged, dict)
    print(f"{'step':<60} kills damaged")
    for step, times in kills.items():
        print(f"{step:<60} {times:>5} {damaged.get(step, 0):>7}")
    print(f"{'all':<60} {report['kills']:>5} {report['cases_damaged']:>7}")


if __name__ == "__main__":
    main()
