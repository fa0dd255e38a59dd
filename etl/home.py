"""Where a home keeps what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """A folder with settings, subscriptions and everything made of them."""

    path: Path

    @property
    def catalogue(self) -> Path:
        """The subscriptions."""
        return self.path / "feeds.toml"

    @property
    def settings_file(self) -> Path:
        """The settings."""
        return self.path / "newshouse.toml"

    @property
    def data(self) -> Path:
        """Everything newshouse makes."""
        return self.path / "data"

    @property
    def published(self) -> Path:
        """The warehouse people query."""
        return self.data / "news.duckdb"

    @property
    def live(self) -> Path:
        """The writer's own database."""
        return self.data / "warehouse" / "live.duckdb"

    @property
    def archive(self) -> Path:
        """The WARC files."""
        return self.data / "archive"
