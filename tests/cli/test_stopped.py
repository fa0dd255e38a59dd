"""Ctrl-C ends a command with 130 and without a trace; what is left is told where it is so."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from etl.catalogue import add
from etl.records import Subscription

ENV = {"NEWSHOUSE_FETCH__ALLOW_PRIVATE": '["127.0.0.0/8"]', "NEWSHOUSE_FETCH__TIMEOUT_S": "60"}
LEFT = "newshouse: stopped; the next run takes up what is left\n"

STOPPED_WHILE_IMPORTING = """
import os, signal, sys
from importlib.abc import MetaPathFinder

class CtrlC(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == sys.argv[1]:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, CtrlC())
from etl.cli.main import main
main()
"""


def start(*words: str) -> subprocess.Popen[str]:
    """Return Python, running."""
    return subprocess.Popen(
        [sys.executable, *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | ENV,
    )  # fmt: skip


@pytest.mark.parametrize("module", ["typer", "etl.cli.commands", "etl.cli.verify"])
def test_ctrl_c_while_commands_are_imported_leaves_no_trace(module: str):
    """Which takes a second, on a cold disk many."""
    with start("-c", STOPPED_WHILE_IMPORTING, module) as process:
        _, told = process.communicate()
    assert (process.returncode, told) == (130, "newshouse: stopped\n")


def test_what_only_writes_a_file_speaks_of_no_run(tmp_path: Path):
    """Here a list of feeds that comes slowly."""
    slow = tmp_path / "urls.txt"
    os.mkfifo(slow)
    words = "-m", "etl.cli", "--home", str(tmp_path), "feeds", "import", str(slow)
    # Opened for writing it waits for who reads it.
    with start(*words) as process, slow.open("w"):
        process.send_signal(signal.SIGINT)
        _, told = process.communicate()
    assert (process.returncode, told) == (130, "")


def test_a_run_says_that_the_next_one_takes_up_what_is_left(tmp_path: Path):
    """Stopped while it waits for a server that does not answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        add(
            tmp_path / "feeds.toml",
            [Subscription(url=f"http://127.0.0.1:{server.getsockname()[1]}/")],
        )
        with start("-m", "etl.cli", "--home", str(tmp_path), "ingest") as process:
            asked, _ = server.accept()
            process.send_signal(signal.SIGINT)
            _, told = process.communicate()
            asked.close()
    assert process.returncode == 130, told
    assert told.endswith(LEFT)
    assert "Traceback" not in told
