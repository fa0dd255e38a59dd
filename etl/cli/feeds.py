"""`newshouse feeds`: subscriptions."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from etl.catalogue import add, import_file, read_catalogue, remove
from etl.cli.app import app, home_of
from etl.cli.plain import dump_json
from etl.cli.table import draw_table, one_line, show_text
from etl.cli.terminal import terminal_width
from etl.durations import say_duration, say_time
from etl.errors import ConfigError
from etl.home import Home
from etl.opml import write_opml
from etl.records import Subscription
from etl.store.read import Row, list_subscribed, reading

STATE = ("state", "last_polled_at", "next_poll_at", "interval_s")
HEADS = {"last_polled_at": "last poll", "next_poll_at": "next poll", "interval_s": "every"}

feeds = typer.Typer(
    no_args_is_help=True,
    help="Find, add, remove, list, check, import and export feeds.",
)
app.add_typer(feeds, name="feeds", rich_help_panel="Begin")


@feeds.command("add")
def add_feeds(
    context: typer.Context,
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="Feed addresses.")],
    title: Annotated[str | None, typer.Option(help="What to call it; for one URL.")] = None,
) -> None:
    """Subscribe to feeds, without asking them; `feeds check` does that.

    Of a site whose feed you do not know, `newshouse feeds discover PAGE_URL --add` finds it.

    Examples:

        newshouse feeds add https://example.org/feed.xml

        newshouse feeds add https://example.org/feed.xml --title "The Example"
    """
    if title and len(urls) > 1:
        raise ConfigError("--title names one feed; add them one by one to give each a title")
    _add(context, tuple(Subscription(url=url, title=title) for url in urls))


@feeds.command("remove")
def remove_feeds(
    context: typer.Context,
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="Feed addresses.")],
) -> None:
    """Unsubscribe; what was loaded stays.

    Example:

        newshouse feeds remove https://example.org/feed.xml
    """
    removed, unknown = remove(home_of(context).catalogue, urls)
    typer.echo(f"{removed} removed")
    if unknown:
        raise ConfigError(f"{unknown} not subscribed; see `newshouse feeds list`")


@feeds.command("list")
def list_feeds(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON array.")] = False,
) -> None:
    """List subscriptions: address, title, tags, and how polling them goes.

    In a file or a pipe, fields are parted by tabs: address, title, tags, state, last poll, next
    poll, seconds between polls; the last four only where there is a warehouse.

    Examples:

        newshouse feeds list

        newshouse feeds list | cut -f 1

        newshouse feeds list --json
    """
    home = home_of(context)
    known = _known_feeds(home)
    found = [_row(one, known.get(one.url)) for one in read_catalogue(home.catalogue)]
    width = terminal_width()
    if as_json:
        typer.echo(dump_json(found))
    elif width is None:
        for row in found:
            typer.echo("\t".join(_cell(value) for value in row.values()).rstrip())
    elif found:
        cells = ([_brief(name, value) for name, value in row.items()] for row in found)
        for line in draw_table([HEADS.get(name, name) for name in found[0]], cells, width=width):
            typer.echo(line)


def _known_feeds(home: Home) -> dict[str, Row]:
    if not home.published.exists():
        return {}
    with reading(home.published) as con:
        return {row["feed_url"]: row for row in list_subscribed(con)}


def _row(one: Subscription, known: Row | None) -> Row:
    """Return a subscription as one record; how polling it goes is None before the first run."""
    state = {name: known[name] if known is not None else None for name in STATE}
    title = one.title or (known["title"] if known is not None else None)
    return {"url": one.url, "title": title, "tags": list(one.tags)} | state


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return one_line(",".join(value))
    return "" if value is None else show_text(value)


def _brief(name: str, value: Any) -> str:
    if name == "interval_s" and value is not None:
        return say_duration(value)
    return say_time(value) if isinstance(value, datetime) else _cell(value)


@feeds.command("import")
def import_feeds(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="OPML, or a text file with a URL a line.")],
) -> None:
    """Subscribe to every feed of an OPML file or a list of URLs.

    Examples:

        newshouse feeds import subscriptions.opml

        newshouse feeds import urls.txt
    """
    _add(context, import_file(file))


@feeds.command("export")
def export_feeds(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The OPML file to write; - for stdout.")],
) -> None:
    """Write subscriptions as OPML.

    Example:

        newshouse feeds export subscriptions.opml
    """
    found = read_catalogue(home_of(context).catalogue)
    text = write_opml(found)
    if str(file) == "-":
        typer.echo(text)
        return
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise ConfigError(f"cannot write {file}: {error.strerror}") from error
    typer.echo(f"{len(found)} feeds written to {file}")


def _add(context: typer.Context, wanted: tuple[Subscription, ...]) -> None:
    added, already = add(home_of(context).catalogue, wanted)
    typer.echo(f"{added} added, {already} already there")
