"""What engines alone have in common: where lines come from and go to, and who works on them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer

from etl.errors import ConfigError

Lines = Annotated[Path, typer.Argument(metavar="IN", help="JSON lines (- is stdin); .gz or not.")]
Out = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Where the results go; else stdout.")
]
Workers = Annotated[int, typer.Option(min=0, metavar="N", help="Worker processes; 0 = one a core.")]
Timeout = Annotated[
    float,
    typer.Option("--timeout", min=0.1, metavar="SECONDS", help="Most a page or text may take."),
]


@contextmanager
def open_out(path: Path | None) -> Iterator[TextIO]:
    """Yield where results go; a file is there whole or not at all."""
    if path is None:
        yield sys.stdout
        return
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error}") from error
