"""A command line in a real pseudo-terminal, typed into and read from as a person does."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE_S = 30
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\x07]*\x07|\x1b[=>]")
QUIET = {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
"""It asks this terminal for nothing, which would not answer."""

ENDLESS = "SELECT count(*) FROM range(99999999) a, range(99999999) b WHERE a.range * b.range < 0"
"""What DuckDB would not be done with for hours."""

ENTER, TAB, CTRL_C, CTRL_D, UP = "\r", "\t", "\x03", "\x04", "\x1b[A"


class Terminal:
    """Runs `newshouse WORDS` in a terminal of 100 columns; `seen` is what it showed so far."""

    def __init__(self, home: Path, *words: str, out: int | None = None) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "etl.cli", "--home", str(home), *words],
            stdin=theirs, stdout=theirs if out is None else out, stderr=theirs,
            start_new_session=True, env=os.environ | QUIET,
            # Ctrl-C becomes a signal only in a terminal that is the process's own.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - one call
        )  # fmt: skip
        os.close(theirs)
        self.seen = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._ours, text.encode())

    def wait_for(self, pattern: str) -> str:
        """Return what it shows up to a pattern; what was waited for before is not looked at."""
        until = time.monotonic() + PATIENCE_S
        while not (found := re.search(pattern, self.seen)):
            left = until - time.monotonic()
            ready = left > 0 and select.select([self._ours], [], [], left)[0]
            try:
                more = os.read(self._ours, 65536) if ready else b""
            except OSError:  # Linux: the other end is closed
                more = b""
            assert more, f"{pattern!r} never came; there is {self.seen!r}"
            self.seen = ESCAPES.sub("", self.seen + more.decode("utf-8", "replace"))
        before, self.seen = self.seen[: found.end()], self.seen[found.end() :]
        return before

    def wait_end(self) -> int:
        """Return the exit code once it has ended."""
        return self.process.wait(PATIENCE_S)
