"""`newshouse explore` as a command: where it listens, what it says, how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from etl.cli.pages.guard import is_welcome
from etl.cli.pages.server import Listener
from etl.errors import ConfigError, WarehouseError
from etl.home import Home
from tests.cli.newsroom import run
from tests.patience import ends


def start(home: Path, *words: str, **environment: str) -> subprocess.Popen[str]:
    """Start it as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "etl.cli", "--home", str(home), "explore", "--port", "0", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | environment,
    )  # fmt: skip


def test_it_prints_its_address_answers_there_and_ends_with_ctrl_c(home: Path):
    """A port that is free, on this machine alone."""
    with ends(), start(home, "--no-browser") as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:")
        with urlopen(url, timeout=50) as answer:
            assert b"Ferry runs again" in answer.read()
        process.send_signal(signal.SIGINT)
        out, told = process.communicate()
        assert process.returncode == 0, told
        assert out == ""
        assert "Ctrl-C ends it" in told
        assert "Traceback" not in told


def test_it_opens_a_browser_unless_told_not_to(home: Path, tmp_path: Path):
    """The one the user has; here a script that notes what it is to open."""
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\necho $1 > {tmp_path}/opened\n", "utf-8")
    browser.chmod(0o755)
    with ends(), start(home, BROWSER=f"{browser} %s") as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        while not (tmp_path / "opened").exists() or not (tmp_path / "opened").read_text("utf-8"):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert (tmp_path / "opened").read_text("utf-8").strip() == url


def test_it_warns_where_others_may_read_along(home: Path):
    """There is no password."""
    with ends(), start(home, "--no-browser", "--host", "0.0.0.0") as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        process.send_signal(signal.SIGINT)
        _, told = process.communicate()
    assert "everybody who reaches this machine" in told


def test_without_a_warehouse_it_says_how_to_make_one(tmp_path: Path):
    """Before it listens."""
    result = run(tmp_path, "explore", "--no-browser", "--port", "0")
    assert isinstance(result.exception, WarehouseError)
    assert "newshouse init" in str(result.exception)


def test_a_port_that_is_taken_is_told(home: Path):
    """With what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match="--port"):
            Listener(Home(home), host="127.0.0.1", port=port, sql_s=1)


def test_a_timeout_that_is_none_is_told(home: Path):
    """As every duration."""
    result = run(home, "explore", "--no-browser", "--timeout", "soon")
    assert "--timeout" in str(result.exception)


@pytest.mark.parametrize(
    ("host", "bound", "is_good"),
    [
        ("127.0.0.1:8800", "127.0.0.1", True),
        ("127.0.0.2", "127.0.0.1", True),
        ("[::1]", "127.0.0.1", True),
        ("10.0.0.5", "127.0.0.1", False),
        ("10.0.0.5:8800", "0.0.0.0", True),
        ("[2001:db8::7]:8800", "::", True),
        ("evil.example", "0.0.0.0", False),
        ("news.example", "news.example", True),
        ("desk:8800", "0.0.0.0", True),
        ("desk.evil.example", "0.0.0.0", False),
        ("[::1].evil.example", "127.0.0.1", False),
        ("", "0.0.0.0", False),
    ],
)
def test_whom_a_host_header_makes_welcome(host: str, bound: str, is_good: bool):
    """Names are good where they are ours, addresses where others were let in."""
    assert is_welcome(host, bound=bound, names=("desk",)) is is_good
