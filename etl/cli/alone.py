"""`newshouse extract`: one engine alone, over files, without a home."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from etl.cli.app import EXIT_BUGS, app
from etl.cli.engines import Out, Timeout, Workers, open_out
from etl.cli.plain import dump_line
from etl.cli.progress import show_progress
from etl.defaults import MIN_CHARS, REFINE_TIMEOUT_S


@app.command(rich_help_panel="Engines alone")
def extract(
    *,
    inputs: Annotated[
        list[Path],
        typer.Argument(
            metavar="IN...", help="JSON lines (- is stdin), or .html files; .gz or not."
        ),
    ],
    out: Out = None,
    workers: Workers = 0,
    timeout_s: Timeout = REFINE_TIMEOUT_S,
    min_chars: Annotated[
        int, typer.Option(min=0, metavar="N", help="Shortest text that is an article.")
    ] = MIN_CHARS,
    provenance: Annotated[
        bool, typer.Option("--provenance", help="Add every candidate of every field.")
    ] = False,
) -> None:
    """Extract the articles of pages that lie in files: JSON lines out, in the order of the input.

    A JSON line has html or html_path, and may have id, url, fetched_at and content_type. Each comes
    out as an article, or as {id, rejected, detail}: none is left out, and none holds up the rest
    for longer than --timeout.

    Examples:

    newshouse extract page.html

    newshouse extract pages.jsonl --out articles.jsonl

    zcat pages.jsonl.gz | newshouse extract - | jq -r .title
    """
    # Parsers load only when needed.
    from etl.alone import collect, count_pages, describe, read_pages  # noqa: PLC0415 - see above
    from etl.app import open_extractors, read_clock  # noqa: PLC0415 - see above
    from etl.settings import RefineSettings, Settings  # noqa: PLC0415 - see above

    settings = Settings(
        refine=RefineSettings(workers=workers, timeout_s=timeout_s, min_chars=min_chars)
    )
    outcomes: Counter[str] = Counter()
    pages = read_pages(inputs, now=read_clock())
    with (
        show_progress() as tell,
        open_extractors(settings) as pool,
        open_out(out) as target,
    ):
        tell.begin("extracting", count_pages(inputs))
        for page, found in collect(pool, pages):
            row = describe(page, found, with_claims=provenance)
            outcomes[row.get("rejected", "articles")] += 1
            target.write(dump_line(row))
            tell.advance(1)
    told = ", ".join(f"{count:,} {name}" for name, count in outcomes.most_common())
    sys.stderr.write(f"{outcomes.total():,} pages: {told or 'none'}\n")
    if outcomes["bug"]:
        raise typer.Exit(EXIT_BUGS)
