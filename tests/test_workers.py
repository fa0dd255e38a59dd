"""A page that hangs or kills its worker costs itself and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.errors import WorkerError
from etl.outcomes import Reason
from etl.records import Bug, Hints, PageRef, Rejected, Validators
from etl.workers import WorkerPool
from tests.patience import ends

HINTS = Hints(entry_id="e", feed_url="http://example.org/feed.xml")


def ref_of(url: str) -> PageRef:
    """Return the address of a page whose URL tells the worker what to do."""
    return PageRef(
        page_id=url, kind="page", url=url, final_url=url, status=200, sha256="", body_bytes=0,
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC), content_type=None, charset=None,
        validators=Validators(), warc_file="f.warc.gz", warc_offset=5, warc_length=1,
    )  # fmt: skip


def test_each_page_ends_with_an_answer_whatever_its_worker_meets():
    """A deadline is a rejection, a death is a bug with the page's address, the rest go on."""
    with WorkerPool("tests.worker_rooms:make_moody", (), workers=1, timeout_s=1.0) as pool:
        pending = [pool.start(ref_of(url), HINTS) for url in ("a", "hang", "b", "die", "c")]
        a, hung, b, died, c = [one.result() for one in pending]
    assert (a, b, c) == tuple(
        Rejected(reason=Reason.TOO_SHORT, detail=url) for url in ("a", "b", "c")
    )
    assert isinstance(hung, Rejected)
    assert hung.reason is Reason.REFINE_TIMEOUT
    assert "f.warc.gz@5" in hung.detail
    assert isinstance(died, Bug)
    assert died.where == "f.warc.gz@5"
    assert "exit code 7" in died.detail


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to it")
@pytest.mark.parametrize("how", ["hoard", "swallow"])
def test_a_page_that_takes_too_much_memory_costs_its_worker_alone(how: str):
    """Also where the error of it was swallowed: what comes of that is half an article."""
    with WorkerPool(
        "tests.worker_rooms:make_moody", (), workers=1, timeout_s=60, max_memory_mb=500
    ) as pool:
        pending = [pool.start(ref_of(url), HINTS) for url in ("a", how, "b")]
        a, hoarded, b = [one.result() for one in pending]
    assert isinstance(hoarded, Rejected)
    assert hoarded.reason is Reason.REFINE_MEMORY
    assert "500 MB (refine.max_memory_mb)" in hoarded.detail
    assert "f.warc.gz@5" in hoarded.detail
    assert [one.detail for one in (a, b)] == ["a", "b"]


def test_workers_that_cannot_start_are_said_so():
    """Not a traceback of the pool's."""
    with (
        WorkerPool("tests.worker_rooms:missing", (), workers=1, timeout_s=1.0) as pool,
        pytest.raises(WorkerError, match="as soon as they start"),
    ):
        pool.start(ref_of("a"), HINTS).result()


KILLED = """
import os, signal, sys, time
from pathlib import Path
from tests.test_workers import HINTS, ref_of
from etl.workers import WorkerPool

if __name__ == "__main__":
    pool = WorkerPool("tests.worker_rooms:make_endless", (sys.argv[1],), workers=1, timeout_s=600)
    pool.start(ref_of("a"), HINTS)
    while not Path(sys.argv[1]).exists():
        time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child")
def test_a_worker_that_hangs_ends_with_the_run_that_was_killed(tmp_path: Path):
    """It would keep a core busy for ever."""
    script, told = tmp_path / "killed.py", tmp_path / "pid"
    script.write_text(KILLED, "utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(told)],
        check=False,
        cwd=Path.cwd(),
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    assert done.returncode == -signal.SIGKILL
    with ends():
        while is_alive(int(told.read_text("utf-8"))):
            time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Return whether a process is there and not just waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").split()[2] != "Z"
    except FileNotFoundError:
        return False
