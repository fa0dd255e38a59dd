"""Worker processes with a deadline for each page: the port `Refiner`.

Processes, because lxml work does not scale over threads and because only a process can be killed
when a page sends a parser into the woods. Forked by a server that loaded the parsers once, never
from us: a child of ours would hold the writer's lock after we are killed.
"""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as DeadlineError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from pkgutil import resolve_name
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from etl.errors import WorkerError
from etl.outcomes import Reason
from etl.records import Bug, Hints, PageRef, Rejected, Reread, Tagged, VersionText

T = TypeVar("T")

_function: Callable[..., Any] | None = None
"""This worker's own function, made once by `_begin`."""


def _begin(factory: str, arguments: tuple[Any, ...]) -> None:
    _die_with_parent()
    global _function  # noqa: PLW0603 - one per process, loaded once: models are large
    _function = resolve_name(factory)(*arguments)


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


def _work(*task: Any) -> Any:
    assert _function is not None
    return _function(*task)


def _context(factory: str) -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([factory.partition(":")[0]])
    return context


class WorkerPool:
    """Implements `ports.Refiner`; a context manager that ends its processes.

    Args:
        factory: "module:function" that returns a worker's function, called once in each process.
            By name, so that its parsers load in the workers alone.
        arguments: what it is called with; picklable.
        workers: processes.
        timeout_s: seconds a page may take before its worker is killed and replaced.
        pages_per_worker: pages after which a worker is replaced, against slow leaks.
    """

    def __init__(
        self,
        factory: str,
        arguments: tuple[Any, ...],
        *,
        workers: int,
        timeout_s: float,
        pages_per_worker: int = 5000,
    ) -> None:
        self._factory = factory
        self._arguments = arguments
        self._workers = workers
        self._timeout_s = timeout_s
        self._pages_per_worker = pages_per_worker
        self._pool: ProcessPool | None = None

    def start(self, ref: PageRef, hints: Hints) -> Pending[Tagged | Rejected]:
        """Queue a page to be refined; the processes start with the first one."""
        return self._queue(ref, hints, where=f"{ref.warc_file}@{ref.warc_offset}")

    def start_version(self, version: VersionText) -> Pending[Reread]:
        """Queue a version's text to be read again."""
        return self._queue(version, where=version.where)

    def _queue(self, *task: Any, where: str) -> Pending[Any]:
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self._workers,
                max_tasks=self._pages_per_worker,
                initializer=_begin,
                initargs=[self._factory, self._arguments],
                context=_context(self._factory),
            )
        future = self._pool.schedule(_work, args=list(task), timeout=self._timeout_s)
        return Pending(future=future, where=where, timeout_s=self._timeout_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the processes; pages not collected are dropped."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]  # pebble types it not
            self._pool.join()


class Pending(Generic[T]):
    """Implements `ports.Pending`."""

    def __init__(self, *, future: Future[T | Bug], where: str, timeout_s: float) -> None:
        self._future = future
        self._where = where
        self._timeout_s = timeout_s

    def result(self) -> T | Rejected | Bug:
        """Return what became of the page; a killed worker is an answer too."""
        where = self._where
        try:
            return self._future.result()
        except DeadlineError:
            return Rejected(
                reason=Reason.REFINE_TIMEOUT,
                detail=f"took over {self._timeout_s:g} s (refine.timeout_s); raw page: {where}",
            )
        except BrokenProcessPool as error:
            raise WorkerError(
                "the worker processes end as soon as they start; "
                "is there memory and disk left? `refine.workers = 1` needs least"
            ) from error
        except ProcessExpired as error:
            detail = f"the worker died (exit code {error.exitcode})"
            return Bug(where=where, detail=detail, trace=str(error))
