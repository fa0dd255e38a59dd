"""Defaults that `--help` shows: apart from the settings, which take half a second to load."""

from __future__ import annotations

REFINE_TIMEOUT_S = 30.0
MIN_CHARS = 200
