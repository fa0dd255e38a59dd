"""`newshouse feeds discover`: the feeds of a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from etl.catalogue import add
from etl.cli.app import EXIT_FAILED, home_of
from etl.cli.feeds import feeds
from etl.cli.plain import dump_json
from etl.cli.table import one_line
from etl.cli.terminal import bold
from etl.opml import checked_url
from etl.records import Subscription

if TYPE_CHECKING:
    from etl.home import Home
    from etl.scouting import Candidate, Discovery


@feeds.command("discover")
def discover(
    context: typer.Context,
    page_url: Annotated[str, typer.Argument(metavar="PAGE_URL", help="A page of the site.")],
    *,
    subscribe: Annotated[
        bool, typer.Option("--add", help="Subscribe to the best one found.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Find the feeds of a page, and try each: the best first.

    Those the page names; if it names none that works, those at usual places; last, news sitemaps
    that robots.txt names. The page is asked for as robots.txt allows.

    Examples:

        newshouse feeds discover https://example.org/

        newshouse feeds discover example.org --add
    """
    home = home_of(context)
    page_url = checked_url(page_url, "the page")
    from etl.scouting import discover_feeds  # noqa: PLC0415 - parsers load only when needed

    found = discover_feeds(home, page_url)
    best = next(iter(found.candidates), None)
    added = _subscribe(home, best) if subscribe and best is not None else None
    if as_json:
        typer.echo(dump_json(asdict(found) | {"added": added}))
    else:
        typer.echo("\n".join(_lines(found)))
        if best is not None:
            typer.echo(_say_added(best, added))
    if best is None:
        raise typer.Exit(EXIT_FAILED)


def _subscribe(home: Home, best: Candidate) -> bool:
    """Subscribe to the feed; False where it already was."""
    added, _ = add(home.catalogue, (Subscription(url=best.url, title=best.title),))
    return bool(added)


def _lines(found: Discovery) -> Iterator[str]:
    for one in found.candidates:
        newest = f", newest {one.newest_at:%Y-%m-%d %H:%M}Z" if one.newest_at else ", no dates"
        entries = f"{one.entries:,} entr{'y' if one.entries == 1 else 'ies'}"
        yield bold(one_line(one.url))
        yield f"  {one_line(one.title or 'no title')} ({one.format}, {entries}{newest})"
        yield f"  found: {one_line(one.how)}"
    if not found.candidates:
        yield f"no feed found at {found.page_url}"
        yield from _explain(found)


def _explain(found: Discovery) -> Iterator[str]:
    if found.tried:
        yield "tried, and found to be no feeds:"
        yield from (f"  {one_line(url)}" for url in found.tried)
    yield (
        "Try another page of the site, such as one about RSS; if you know the address of a feed, "
        "`newshouse feeds check URL` says what is wrong with it."
    )


def _say_added(best: Candidate, added: bool | None) -> str:  # noqa: FBT001 - what `add` said
    match added:
        case True:
            return f"\nsubscribed: {best.url}"
        case False:
            return f"\nalready subscribed: {best.url}"
        case None:
            return f"\nSubscribe with: newshouse feeds add {best.url}"
