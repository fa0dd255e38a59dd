"""What stdout is, and how to stress words on it."""

from __future__ import annotations

import os
import shutil
import sys

import typer


def terminal_width() -> int | None:
    """Return the columns of the terminal that stdout is, None when it is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def bold(text: str) -> str:
    """Return `text` bold on a terminal."""
    return typer.style(text, bold=True) if _has_style() else text


def dim(text: str) -> str:
    """Return `text` faint on a terminal."""
    return typer.style(text, dim=True) if _has_style() else text


def _has_style() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
