"""`newshouse feeds merges` and `split`: entries recognised although they had changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from etl.cli.app import home_of
from etl.cli.feeds import feeds
from etl.cli.plain import dump_json
from etl.cli.table import one_line, show_text
from etl.cli.terminal import bold
from etl.store.read import Row, list_merges, reading

SHOWN = 50
WAS_AND_NOW = ("guid", "url", "title")


@feeds.command("merges")
def merges(
    context: typer.Context,
    feed: Annotated[
        str | None, typer.Option(metavar="URL", help="Only those of this subscribed feed.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print all of them as one JSON array.")
    ] = False,
) -> None:
    """List feed items taken for entries already known, though guid or address had changed.

    Each with the reason and the evidence, the last first. Wrong ones are undone with
    `newshouse feeds split`.

    Examples:

        newshouse feeds merges

        newshouse feeds merges --feed https://example.org/feed.xml --json
    """
    with reading(home_of(context).published) as con:
        found = list_merges(con, feed_url=feed)
    if as_json:
        typer.echo(dump_json(found))
        return
    for merge in found[:SHOWN]:
        typer.echo("\n".join(_lines(merge)))
    if len(found) > SHOWN:
        typer.echo(f"… and {len(found) - SHOWN} more; --json prints them")
    if not found:
        typer.echo("no entry was recognised under another guid or address")


def _lines(merge: Row) -> Iterator[str]:
    undone = f"  (split {show_text(merge['split_at'])})" if merge["split_at"] else ""
    yield f"{bold(merge['merge_id'])}  {merge['reason']}  {show_text(merge['merged_at'])}{undone}"
    yield f"  feed   {one_line(merge['feed_url'])}"
    yield f"  entry  {merge['entry_id']}; {one_line(merge['evidence'])}"
    for name in WAS_AND_NOW:
        was, now = merge[f"was_{name}"], merge[f"now_{name}"]
        if was != now:
            yield f"  {name:<5}  was {show_text(was)}"
            yield f"         now {show_text(now)}"


@feeds.command("split")
def split(
    context: typer.Context,
    merge_id: Annotated[str, typer.Argument(metavar="MERGE_ID", help="As `feeds merges` says.")],
) -> None:
    """Undo a merge: the item becomes an entry of its own, and is not merged again.

    Its page is fetched in the next run. Waits for nobody: exit code 3 while a run is writing.

    Example:

        newshouse feeds split k3xq7w2mzp5a
    """
    from etl.app import split_entry  # noqa: PLC0415 - parsers load only when needed

    entry_id = split_entry(home_of(context), merge_id)
    typer.echo(f"split: the item is entry {entry_id} now; the next run fetches its page")
