"""`newshouse feeds check`: what is wrong with a feed, in words."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.catalogue import read_catalogue
from etl.cli.app import home_of
from etl.cli.feeds import feeds
from etl.cli.ingest import check_feeds as check_subscriptions
from etl.cli.plain import dump_json
from etl.cli.progress import show_progress
from etl.cli.table import one_line
from etl.cli.terminal import bold, dim, terminal_width
from etl.home import Home
from etl.opml import checked_url

if TYPE_CHECKING:
    from etl.scouting import Checked

WIDE = 100
INDENT = " " * 11


@feeds.command("check")
def check(
    context: typer.Context,
    urls: Annotated[
        list[str] | None,
        typer.Argument(metavar="URL", help="Feed addresses; none: every subscription."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Ask feeds now, and say what is wrong, what newshouse does about it, and what you can do.

    Nothing is written, no page is fetched, and there need be no warehouse. Feeds need not be
    subscribed. Without a URL, what is well is counted and not told.

    Examples:

        newshouse feeds check https://example.org/feed.xml

        newshouse feeds check --json > feeds.json
    """
    home = home_of(context)
    wanted = _wanted(home, urls or [])
    from etl.scouting import check_feeds  # noqa: PLC0415 - parsers load only when needed

    told: list[Checked] = []
    with show_progress() as tell:
        for checked in check_feeds(home, wanted, tell=tell):
            told.append(checked)
            if not as_json:
                typer.echo("\n".join(_lines(checked, with_ok=bool(urls))))
    if as_json:
        typer.echo(dump_json(_describe(told)))
    else:
        typer.echo(_sum_up(told))


def _wanted(home: Home, urls: Sequence[str]) -> tuple[str, ...]:
    """Return the addresses to check, each once.

    Raises:
        ConfigError: one of them is none, or nothing is subscribed.
    """
    if not urls:
        check_subscriptions(home, None)
        return tuple(subscription.url for subscription in read_catalogue(home.catalogue))
    return tuple(dict.fromkeys(checked_url(url, "the feed to check") for url in urls))


def _describe(told: Sequence[Checked]) -> dict[str, Any]:
    worst = Counter(checked.worst for checked in told)
    return {
        "checked": len(told),
        "with_problems": worst["problem"],
        "with_notes": worst["note"],
        "well": worst["ok"],
        "feeds": [
            {"feed_url": one.feed_url, "title": one.title, "severity": one.worst}
            | {"findings": [asdict(finding) for finding in one.findings]}
            for one in told
        ],
    }


def _lines(checked: Checked, *, with_ok: bool) -> Iterator[str]:
    title = f"  {one_line(checked.title)}" if checked.title else ""
    yield bold(one_line(checked.feed_url)) + title
    for finding in checked.findings:
        if finding.severity == "ok" and not with_ok:
            continue
        yield from _wrap(f"  {finding.severity:<7}  ", finding.what)
        if finding.newshouse:
            yield from map(dim, _wrap(f"{INDENT}newshouse ", finding.newshouse))
        if finding.you:
            yield from _wrap(f"{INDENT}you: ", finding.you)
    if checked.worst == "ok" and not with_ok:
        yield "  ok"


def _wrap(first: str, text: str) -> list[str]:
    # A feed's address must stay whole, to be copied: no break inside words.
    return textwrap.wrap(
        one_line(text), min(WIDE, terminal_width() or WIDE), initial_indent=first,
        subsequent_indent=INDENT, break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _sum_up(told: Sequence[Checked]) -> str:
    worst = Counter(checked.worst for checked in told)
    count = f"{len(told)} feed{'' if len(told) == 1 else 's'} checked"
    return (
        f"\n{count}: {worst['problem']} with problems, {worst['note']} with notes only, "
        f"{worst['ok']} well"
    )
