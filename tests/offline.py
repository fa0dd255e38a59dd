"""A folder for PYTHONPATH: no Python started with it, no worker either, opens a network socket."""

from __future__ import annotations

import os
from pathlib import Path

CUSTOMIZE = """
import socket

class Offline(socket.socket):
    def __init__(self, family=-1, *arguments, **named):
        if family in (-1, socket.AF_INET, socket.AF_INET6):
            raise PermissionError("this process is offline")
        super().__init__(family, *arguments, **named)

socket.socket = Offline
"""


def offline_environment(folder: Path) -> dict[str, str]:
    """Return an environment whose Pythons have no sockets but those between processes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(CUSTOMIZE, "utf-8")
    return {**os.environ, "PYTHONPATH": str(folder)}
