"""A home with a published warehouse, a scripted site, and a command line that may reach it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.cli.main import main
from tests.cli.newsroom import Newsroom, Run, fill
from tests.net.site import Site


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home that tests only read."""
    path = tmp_path_factory.mktemp("home")
    room = Newsroom(path / "data")
    fill(room)
    room.publish()
    return path


@pytest.fixture
def site() -> Iterator[Site]:
    """A scripted site."""
    with Site() as running:
        yield running


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> Run:
    """Return a runner of the command line on a home that may reach loopback."""
    monkeypatch.setenv("NEWSHOUSE_FETCH__ALLOW_PRIVATE", '["127.0.0.0/8"]')
    monkeypatch.setenv("NEWSHOUSE_FETCH__PER_HOST_DELAY_S", "0")
    monkeypatch.setenv("NEWSHOUSE_FETCH__MAX_BODY_BYTES", "1000000")
    monkeypatch.setenv("NEWSHOUSE_FETCH__TIMEOUT_S", "3")
    monkeypatch.setenv("NEWSHOUSE_REFINE__WORKERS", "1")
    monkeypatch.delenv("PREFECT_API_URL", raising=False)

    def call(*words: str, home: Path = tmp_path) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["newshouse", "--home", str(home), *words])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return call
