"""`newshouse tag`: names and dates of texts, without a home."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.app import EXIT_BUGS, app
from etl.cli.engines import Lines, Out, Timeout, Workers, open_out
from etl.cli.plain import dump_line
from etl.cli.progress import show_progress
from etl.defaults import REFINE_TIMEOUT_S
from etl.errors import ConfigError

if TYPE_CHECKING:
    from etl.settings import TagSettings


@app.command(rich_help_panel="Engines alone")
def tag(
    *,
    source: Lines,
    out: Out = None,
    workers: Workers = 0,
    timeout_s: Timeout = REFINE_TIMEOUT_S,
    recognizer: Annotated[
        str,
        typer.Option(metavar="NAME", help="model, rules, spacy:PIPELINE or gliner:MODEL."),
    ] = "model",
) -> None:
    """Find the names and dates in texts: JSON lines in, JSON lines out, in the same order.

    A line has text, and may have id, title, language and published_at, which "yesterday" is
    counted from. Each comes out with its mentions and dates, or as {id, rejected, detail}.

    Examples:

    newshouse tag articles.jsonl --out tagged.jsonl

    newshouse extract page.html | newshouse tag - | jq '.mentions[].surface'
    """
    # Parsers load only when needed.
    from etl.alone import collect, count_rows, describe_tags, read_texts  # noqa: PLC0415 - see above
    from etl.app import open_taggers  # noqa: PLC0415 - see above
    from etl.settings import RefineSettings, Settings  # noqa: PLC0415 - see above

    settings = Settings(
        refine=RefineSettings(workers=workers, timeout_s=timeout_s), tag=_choose(recognizer)
    )
    outcomes: Counter[str] = Counter()
    with show_progress() as tell, open_taggers(settings) as pool, open_out(out) as target:
        tell.begin("tagging", count_rows(source))
        for text, found in collect(pool, read_texts(source)):
            row = describe_tags(text, found)
            outcomes[row.get("rejected", "tagged")] += 1
            target.write(dump_line(row))
            tell.advance(1)
    told = ", ".join(f"{count:,} {name}" for name, count in outcomes.most_common())
    sys.stderr.write(f"{outcomes.total():,} texts: {told or 'none'}\n")
    if outcomes["bug"]:
        raise typer.Exit(EXIT_BUGS)


def _choose(recognizer: str) -> TagSettings:
    from pydantic import ValidationError  # noqa: PLC0415 - as above

    from etl.settings import TagSettings  # noqa: PLC0415 - as above

    try:
        return TagSettings(recognizer=recognizer)
    except ValidationError as error:
        raise ConfigError(f"--recognizer: {error.errors()[0]['msg']}") from error
