"""The home's own Prefect server: where it listens, whose folder it uses, how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from etl.errors import ConfigError, WarehouseBusyError
from etl.home import Home
from flows import deployments
from flows.server import Address, configure, find_address

LEAVE = """
import threading, time
from flows import server
threading.Thread(target=server._leave_with_parent, daemon=True).start()
time.sleep(60)
"""


def test_a_taken_port_gives_the_next_free_one():
    """A foreign program keeps its port."""
    with socket.socket() as foreign:
        foreign.bind(("127.0.0.1", 0))
        foreign.listen()
        port = foreign.getsockname()[1]
        assert find_address("127.0.0.1", port).port > port


def test_an_address_of_another_machine_is_refused():
    """The text names the setting."""
    with pytest.raises(ConfigError, match=r"serve\.host"):
        find_address("192.0.2.1", 4200)


def test_a_wildcard_is_reached_by_loopback():
    """0.0.0.0 is listened on; a browser or a client cannot connect to it everywhere."""
    assert Address("0.0.0.0", 4200).url == "http://127.0.0.1:4200"
    assert Address("::1", 4200).url == "http://[::1]:4200"


def test_the_users_own_prefect_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Another folder, no profile of theirs, nothing sent anywhere; their tuning is kept."""
    monkeypatch.setattr(
        os, "environ", {"PREFECT_PROFILE": "work", "PREFECT_SERVER_LOGGING_LEVEL": "DEBUG"}
    )
    configure(tmp_path, Address("127.0.0.1", 4321))
    assert "PREFECT_PROFILE" not in os.environ
    assert os.environ["PREFECT_HOME"] == str(tmp_path)
    assert os.environ["PREFECT_API_URL"] == "http://127.0.0.1:4321/api"
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert os.environ["PREFECT_SERVER_LOGGING_LEVEL"] == "DEBUG"


def test_a_server_leaves_when_its_parent_is_gone():
    """However the parent went: the pipe it holds closes."""
    child = subprocess.Popen([sys.executable, "-c", LEAVE], stdin=subprocess.PIPE)
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(20) == -signal.SIGTERM


def test_a_second_serve_on_a_home_is_refused(tmp_path: Path) -> None:
    """Two schedulers would share a database and a deployment."""
    with (
        deployments._only_one(tmp_path),
        pytest.raises(WarehouseBusyError, match="already runs"),
        deployments._only_one(tmp_path),
    ):
        pass


def test_homes_on_a_shared_server_have_deployments_of_their_own():
    """Under one name two homes would start each other's runs."""
    one, other = Home(Path("/a/news")), Home(Path("/b/news"))
    assert deployments.name_on_shared_server(one) != deployments.name_on_shared_server(other)
