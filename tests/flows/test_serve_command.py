"""`newshouse serve`: what is wrong is said before any server starts."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl.cli.commands import app
from etl.cli.serve import read_interval_s
from etl.errors import ConfigError


def test_the_interval_is_the_option_or_else_the_setting():
    """Seconds; none when a cron expression says when."""
    assert read_interval_s("2h", cron=None, default="15m") == 7200
    assert read_interval_s(None, cron=None, default="15m") == 900
    assert read_interval_s(None, cron="0 * * * *", default="15m") is None


@pytest.mark.parametrize(
    ("every", "cron", "said"),
    [
        ("15m", "0 * * * *", "exclude each other"),
        ("soon", None, "no duration"),
        ("5s", None, "the shortest is 60s"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused(every: str, cron: str | None, said: str) -> None:
    """Exit code 2, and the text says what to write."""
    with pytest.raises(ConfigError, match=said):
        read_interval_s(every, cron=cron, default="15m")


def test_a_home_without_feeds_is_refused_before_anything_starts(tmp_path: Path) -> None:
    """A schedule that polls nothing is a mistake."""
    result = CliRunner().invoke(app, ["--home", str(tmp_path), "serve"])
    assert isinstance(result.exception, ConfigError)
    assert "lists no feeds" in str(result.exception)
    assert not (tmp_path / "data").exists()
