"""The command `newshouse`, from its first line: Ctrl-C stops it without a trace."""

from __future__ import annotations

import sys

_INTERRUPTED = 130
"""`app.EXIT_INTERRUPTED`, which is not imported yet when it is needed most."""


def main() -> None:
    """Run the command line."""
    try:
        # Importing all commands takes a second, more on a cold disk: people press Ctrl-C then, too.
        from etl.cli.endings import run_command  # noqa: PLC0415 - see above

        run_command()
    except KeyboardInterrupt:
        sys.stderr.write("newshouse: stopped\n")
        sys.exit(_INTERRUPTED)
