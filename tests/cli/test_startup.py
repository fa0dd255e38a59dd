"""What starting the command line loads."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"httpx", "numpy", "prefect", "pyarrow", "pydantic", "rapidfuzz", "trafilatura"}


def test_commands_load_nothing_that_only_some_of_them_need():
    """Extractors, loaded by each command, made `newshouse --version` take two seconds of CPU."""
    code = f"import sys, etl.cli.commands; print(*sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
