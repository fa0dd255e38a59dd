"""Worker processes with a deadline for each page: the port `Refiner`.

Processes, because lxml work does not scale over threads and because only a process can be killed
when a page sends a parser into the woods. Forked by a server that loaded the parsers once, never
from us: a child of ours would hold the writer's lock after we are killed.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import Future
from concurrent.futures import TimeoutError as DeadlineError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from etl.errors import WorkerError
from etl.outcomes import Reason
from etl.records import Bug, Hints, PageRef, Rejected, Reread, Tagged, VersionText
from etl.worker import EXIT_MEMORY, begin, work

T = TypeVar("T")


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
        max_memory_mb: megabytes a worker may come to before it is replaced; 0 = no limit.
        pages_per_worker: pages after which a worker is replaced, against slow leaks.
    """

    def __init__(
        self,
        factory: str,
        arguments: tuple[Any, ...],
        *,
        workers: int,
        timeout_s: float,
        max_memory_mb: int = 0,
        pages_per_worker: int = 5000,
    ) -> None:
        self._factory = factory
        self._arguments = arguments
        self.workers = workers
        self._timeout_s = timeout_s
        self._max_memory_mb = max_memory_mb
        self._pages_per_worker = pages_per_worker
        self._pool: ProcessPool | None = None

    def start(self, ref: PageRef, hints: Hints) -> Pending[Tagged | Rejected]:
        """Queue a page to be refined; the processes start with the first one."""
        return self.queue(ref, hints, where=f"{ref.warc_file}@{ref.warc_offset}")

    def start_version(self, version: VersionText) -> Pending[Reread]:
        """Queue a version's text to be read again."""
        return self.queue(version, where=version.where)

    def queue(self, *task: Any, where: str) -> Pending[Any]:
        """Queue a call of the workers' function; `where` names it in what is said of a failure."""
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self.workers,
                max_tasks=self._pages_per_worker,
                initializer=begin,
                initargs=[self._factory, self._arguments, self._max_memory_mb],
                context=_context(self._factory),
            )
        future = self._pool.schedule(work, args=list(task), timeout=self._timeout_s)
        return Pending(
            future=future, where=where, timeout_s=self._timeout_s, max_memory_mb=self._max_memory_mb
        )

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

    def __init__(
        self, *, future: Future[T | Bug], where: str, timeout_s: float, max_memory_mb: int
    ) -> None:
        self._future = future
        self._where = where
        self._timeout_s = timeout_s
        self._max_memory_mb = max_memory_mb

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
            if error.exitcode == EXIT_MEMORY:
                return Rejected(
                    reason=Reason.REFINE_MEMORY,
                    detail=f"took over {self._max_memory_mb} MB (refine.max_memory_mb); "
                    f"raw page: {where}",
                )
            detail = f"the worker died (exit code {error.exitcode})"
            return Bug(where=where, detail=detail, trace=str(error))
