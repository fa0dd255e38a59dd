"""`newshouse dedup`: one engine alone, over files, without a home."""

from __future__ import annotations

import sys

import typer

from etl.cli.app import EXIT_BUGS, app
from etl.cli.engines import Lines, Out, Workers, open_out
from etl.cli.plain import dump_line
from etl.cli.progress import show_progress
from etl.records import Bug


@app.command(rich_help_panel="Engines alone")
def dedup(
    *,
    path: Lines,
    out: Out = None,
    workers: Workers = 0,
) -> None:
    """Find articles that are one: copies, edited copies, versions, and who had it first.

    A JSON line has text or paras, and may have id, title, url, site and published_at. Each comes
    out, in the order of the input, with the cluster it is of, named by its first article, what it
    is a duplicate of, and how much of it; or as {id, rejected, detail}.

    Examples:

    newshouse dedup articles.jsonl --out clusters.jsonl

    newshouse extract pages.jsonl | newshouse dedup - | jq -r "select(.duplicate_of) | .id"
    """
    # Parsers load only when needed.
    from etl.alone import (  # noqa: PLC0415 - see above
        collect,
        compare,
        count_rows,
        describe_place,
        read_articles,
    )
    from etl.app import open_sketchers  # noqa: PLC0415 - see above
    from etl.settings import RefineSettings, Settings  # noqa: PLC0415 - see above

    settings = Settings(refine=RefineSettings(workers=workers))
    count = clusters = bugs = 0
    with show_progress() as tell, open_sketchers(settings) as pool, open_out(out) as target:
        tell.begin("comparing", count_rows(path))
        for name, found, first in compare(collect(pool, read_articles(path))):
            row = describe_place(name, found, first)
            target.write(dump_line(row))
            count, bugs = count + 1, bugs + isinstance(found, Bug)
            clusters += row.get("cluster") == name
            tell.advance(1)
    sys.stderr.write(f"{count:,} articles: {clusters:,} clusters\n")
    if bugs:
        raise typer.Exit(EXIT_BUGS)
