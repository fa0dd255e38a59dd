"""What steps cost: wall and CPU seconds by name, and the memory of the process."""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Steps:
    """Seconds spent by step, added up."""

    def __init__(self) -> None:
        self.wall_s: defaultdict[str, float] = defaultdict(float)
        self.cpu_s: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Count what happens within as `name`."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.wall_s[name] += time.perf_counter() - wall
        self.cpu_s[name] += time.process_time() - cpu

    def summary(self) -> dict[str, dict[str, float]]:
        """Return wall and CPU seconds by step."""
        return {
            name: {"wall_s": round(wall, 3), "cpu_s": round(self.cpu_s[name], 3)}
            for name, wall in self.wall_s.items()
        }


def peak_mb() -> int:
    """Return the most memory this process ever held, in MB (Linux only).

    Not getrusage's: a process begins with what the one that started it held.
    """
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    (peak_kb,) = (int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    return peak_kb // 1024


def report(found: dict[str, Any]) -> None:
    """Hand `found` to the process that started this one: its last line."""
    sys.stdout.write(json.dumps(found) + "\n")
