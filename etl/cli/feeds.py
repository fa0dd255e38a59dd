"""`newshouse feeds`: subscriptions."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from etl.catalogue import add, import_file, read_catalogue, remove
from etl.cli.app import app, home_of
from etl.errors import ConfigError
from etl.opml import write_opml
from etl.records import Subscription

feeds = typer.Typer(no_args_is_help=True, help="Add, remove, list, import and export feeds.")
app.add_typer(feeds, name="feeds", rich_help_panel="Begin")


@feeds.command("add")
def add_feeds(
    context: typer.Context,
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="Feed addresses.")],
    title: Annotated[str | None, typer.Option(help="What to call it; for one URL.")] = None,
) -> None:
    """Subscribe to feeds.

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
    """List subscriptions: address, tab, title.

    Examples:

        newshouse feeds list

        newshouse feeds list --json
    """
    found = read_catalogue(home_of(context).catalogue)
    if as_json:
        typer.echo(json.dumps([asdict(subscription) for subscription in found]))
        return
    for subscription in found:
        typer.echo(f"{subscription.url}\t{subscription.title or ''}".rstrip())


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
