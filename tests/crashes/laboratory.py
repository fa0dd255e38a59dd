"""Where runs are killed: small webs of two days, homes to run in, and what should come of it."""

from __future__ import annotations

import json
import multiprocessing
import random
import shutil
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Literal

from etl.demo import DemoServer, Site, load_sites
from etl.home import Home
from tests.conftest import World, make_world
from tests.crashes.aftermath import (
    Content,
    find_damage,
    find_damage_before_recovery,
    find_survivors,
    read_content,
)
from tests.crashes.child import Errand, carry_out
from tests.crashes.steps import Kill

Day = Literal["first", "second"]
PATIENCE_S = 180
GONE_WITHIN_S = 30
KILLED = -signal.SIGKILL


@dataclass(frozen=True, kw_only=True)
class AtRandom:
    """A kill from outside, so long after the run took its lock."""

    after_s: float


@dataclass(frozen=True, kw_only=True)
class Case:
    """One or more runs killed one after the other, then one that is left alone.

    On the first day the home is empty; on the second it holds the first, and what the web has
    corrected and added is to come.
    """

    day: Day
    kills: tuple[Kill | AtRandom, ...]
    with_workers: bool = False


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How often a kill met its run, and what was wrong in the end."""

    case: Case
    landed: tuple[bool, ...]
    damage: tuple[str, ...]
    wall_s: float


@dataclass(frozen=True, kw_only=True)
class Laboratory:
    """Both days' webs, a home that lived through the first, and what each day should end with."""

    folder: Path
    worlds: dict[Day, World]
    expected: dict[Day, Content] = field(default_factory=dict)
    steps: dict[Day, dict[str, int]] = field(default_factory=dict)
    lasts_s: dict[Day, float] = field(default_factory=dict)
    serial: Iterator[int] = field(default_factory=count)

    def learn(self, *, controls: int = 1) -> tuple[str, ...]:
        """Run each day undisturbed; return what differs between such runs: nothing, it is hoped."""
        strange: list[str] = []
        for day in ("first", "second"):
            home, tally = self.make_home(day), self.folder / f"{day}.json"
            began = time.monotonic()
            self.run(home, day, every=True, tally=tally)
            self.lasts_s[day] = time.monotonic() - began
            self.steps[day] = json.loads(tally.read_text("utf-8"))
            self.expected[day] = read_content(home)
            if day == "first":
                shutil.copytree(home.path, self.worlds["second"].home.path, dirs_exist_ok=True)
            for _ in range(controls):
                strange += self.try_case(Case(day=day, kills=(), with_workers=True)).damage
        return tuple(strange)

    def make_home(self, day: Day) -> Home:
        """Return a new home as it is at the beginning of `day`."""
        path = self.folder / f"home-{next(self.serial)}"
        shutil.copytree(self.worlds[day].home.path, path)
        return Home(path)

    def run(
        self,
        home: Home,
        day: Day,
        *,
        every: bool,
        kill: Kill | AtRandom | None = None,
        tally: Path | None = None,
        with_workers: bool = False,
    ) -> tuple[int | None, int]:
        """Run once, in a process of its own; return its exit code, None if it hung, and its id."""
        errand = Errand(
            home=home.path,
            settings=self.worlds[day].settings,
            every=every,
            kill=kill if isinstance(kill, Kill) else None,
            tally=tally,
            with_workers=with_workers,
        )
        process = start_process(errand)
        assert process.pid is not None
        if isinstance(kill, AtRandom):
            holder = home.live.parent / "writer.json"
            while process.is_alive() and not holder.exists():
                time.sleep(0.002)
            process.join(kill.after_s)
            process.kill()
        process.join(PATIENCE_S)
        code = process.exitcode
        if code is None:
            process.kill()
            process.join()
        return code, process.pid

    def try_case(self, case: Case) -> Verdict:
        """Kill, run again, and look."""
        began = time.monotonic()
        home, damage, landed, sessions = self.make_home(case.day), [], [], []
        for kill in case.kills:
            code, session = self.run(
                home, case.day, every=True, kill=kill, with_workers=case.with_workers
            )
            sessions.append(session)
            landed.append(code == KILLED)
            if code not in {KILLED, 0}:
                damage.append(f"a run that should have been killed ended with {code}")
            damage += find_damage_before_recovery(home)
        # On the first day a run by the schedule has to mend it; on the second no feed is due yet.
        code, session = self.run(
            home, case.day, every=case.day == "second", with_workers=case.with_workers
        )
        sessions.append(session)
        if code != 0:
            damage.append(f"the next run ended with {code}")
        damage += find_damage(home, self.expected[case.day])
        damage += [f"process {pid} is still there" for pid in wait_for_end(sessions)]
        if not damage:
            shutil.rmtree(home.path)
        return Verdict(
            case=case,
            landed=tuple(landed),
            damage=tuple(damage),
            wall_s=time.monotonic() - began,
        )

    def draw_kill(self, day: Day, step: str, chance: random.Random) -> Kill:
        """Return a kill at one of the times that `step` is met on `day`."""
        nth = chance.randint(1, self.steps[day][step])
        return Kill(step=step, nth=nth, after_s=chance.expovariate(1 / 0.004))


def start_process(errand: Errand) -> multiprocessing.process.BaseProcess:
    """Start a run; forked by a server that has its imports, with none of our threads and locks."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.crashes.child"])
    process = context.Process(target=carry_out, args=[errand])
    process.start()
    return process


def wait_for_end(sessions: Sequence[int]) -> list[int]:
    """Return the processes of sessions that have not ended after a while."""
    until = time.monotonic() + GONE_WITHIN_S
    while (left := [pid for one in sessions for pid in find_survivors(one)]) and (
        time.monotonic() < until
    ):
        time.sleep(0.1)
    return left


def small_web() -> tuple[Site, ...]:
    """Return a wire, who copies it, and who comes late, with few articles each."""
    kept = {"northern-wire.test": 6, "prairie-post.test": 6, "harbour-gazette.test": 2}
    return tuple(
        replace(site, articles=tuple(pick(site, kept[site.host])))
        for site in load_sites()
        if site.host in kept
    )


def pick(site: Site, most: int) -> Iterator[object]:
    """Yield what is corrected, copied or late, and as many others as there is room for."""
    special = [a for a in site.articles if a.correction or a.copy_of or a.appears > 1]
    yield from special
    others = [article for article in site.articles if article not in special]
    yield from others[: max(0, most - len(special))]


@contextmanager
def open_laboratory(folder: Path) -> Iterator[Laboratory]:
    """Serve both days and make homes; nothing was run yet: see `Laboratory.learn`."""
    sites = small_web()
    with DemoServer(sites) as one, DemoServer(sites) as two:
        two.day = 2
        yield Laboratory(
            folder=folder,
            worlds={
                "first": make_world(folder / "first", one),
                "second": make_world(folder / "second", two),
            },
        )
