"""One worker process: the function it was started for, and what ends it before its time."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

EXIT_MEMORY = 70
"""How a worker ends that needs more memory than it may."""

_MEGABYTE = 1_000_000
_NEARLY = 0.8
"""Of what a worker can use: of the limit less what libraries reserve of it and never touch."""

_function: Callable[..., Any] | None = None
"""This worker's own function, made once by `begin`."""

_most_bytes = 0
"""The memory this worker may take; 0 = as much as there is."""


def begin(factory: str, arguments: tuple[Any, ...], max_memory_mb: int) -> None:
    """Make this process a worker: the function that `factory` returns is called for each task."""
    _die_with_parent()
    global _function  # noqa: PLW0603 - one per process, loaded once: models are large
    _function = resolve_name(factory)(*arguments)
    _limit_memory(max_memory_mb * _MEGABYTE)


def _limit_memory(most_bytes: int) -> None:
    """Have the kernel refuse this process more memory than that beside what it has; Linux only.

    It is a page's to take: what models, libraries and the process this one was forked from have
    taken is not the page's doing, and a model that found no room ended every worker at its start.
    """
    global _most_bytes  # noqa: PLW0603 - as above
    if sys.platform == "linux" and most_bytes:
        _most_bytes = most_bytes + _read_status("VmData")
        resource.setrlimit(resource.RLIMIT_DATA, (_most_bytes, _most_bytes))


def _die_with_parent() -> None:
    """Have the kernel kill this process when the one that wanted it is gone.

    A killed run cannot kill the worker that hangs on a page: one kept a core busy for half an
    hour. Not a thread that waits for it: a parser that hangs need not let threads run. Linux only;
    elsewhere a worker ends with its page.
    """
    parent = multiprocessing.parent_process()
    if sys.platform != "linux" or parent is None:
        return
    pipe = parent.sentinel  # its other end closes with the parent: fcntl(2), F_SETSIG
    fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)


def work(*task: Any) -> Any:
    """Return what the function makes of a task; a worker out of memory ends instead.

    It ends as well where it came close to the limit: parsers make do with half a tree and
    extractors swallow every error, so that a result of then is not to be trusted.
    """
    assert _function is not None
    try:
        result = _function(*task)
    except MemoryError:
        os._exit(EXIT_MEMORY)
    if _most_bytes and _peak_bytes() > _NEARLY * (_most_bytes - _reserved_bytes()):
        os._exit(EXIT_MEMORY)
    return result


def _peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _reserved_bytes() -> int:
    """Return how much of the limit is taken and was never touched: stacks of threads, arenas."""
    return max(0, _read_status("VmData") - _read_status("RssAnon"))


def _read_status(name: str) -> int:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    (kilobytes,) = (line.split()[1] for line in lines if line.startswith(f"{name}:"))
    return int(kilobytes) * 1024
