"""`newshouse ingest`: one run."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from etl.catalogue import read_catalogue
from etl.cli.app import EXIT_BUGS, app, home_of
from etl.cli.progress import show_progress
from etl.cli.stopping import telling_what_is_left
from etl.errors import ConfigError
from etl.home import Home

if TYPE_CHECKING:
    from etl.records import RunSummary


@app.command(rich_help_panel="Run")
def ingest(
    context: typer.Context,
    feed: Annotated[
        list[str] | None, typer.Option(help="Only this subscribed feed; may be repeated.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Poll every feed, and retry every page that failed.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the run as one JSON object.")
    ] = False,
) -> None:
    """Poll the feeds that are due and load what is new.

    Examples:

        newshouse ingest

        newshouse --home my-news ingest --all --json

        newshouse ingest --feed https://example.org/feed.xml
    """
    home = home_of(context)
    check_feeds(home, feed)
    with telling_what_is_left("the next run takes up what is left"):
        summary = run_once(home, feed_urls=feed, every=every or bool(feed))
    tell_summary(summary, as_json=as_json)
    if summary.bugs:
        raise typer.Exit(EXIT_BUGS)


def check_feeds(home: Home, wanted: list[str] | None) -> None:
    """Refuse a home without feeds, and feeds that are not subscribed.

    Raises:
        ConfigError: either; the text says what to type.
    """
    urls = {subscription.url for subscription in read_catalogue(home.catalogue)}
    if not urls:
        raise ConfigError(
            f"{home.catalogue} lists no feeds; add one with `newshouse feeds add URL`, "
            "or make a home with a starter list: `newshouse init DIR`"
        )
    strangers = [url for url in wanted or () if url not in urls]
    if strangers:
        raise ConfigError(
            f"not subscribed: {', '.join(strangers)}; add it with `newshouse feeds add URL`"
        )


def run_once(home: Home, *, feed_urls: list[str] | None, every: bool) -> RunSummary:
    """Run the pipeline, reporting to a Prefect server when one is configured."""
    if os.environ.get("PREFECT_API_URL"):
        from flows.ingest import run_ingest_flow  # noqa: PLC0415 - importing Prefect takes 3 s

        return run_ingest_flow(home, feed_urls=feed_urls, every=every)
    from etl.app import ingest as run_ingest  # noqa: PLC0415 - parsers load only when needed

    with show_progress() as tell:
        return run_ingest(home, tell=tell, feed_urls=feed_urls, every=every)


def tell_summary(summary: RunSummary, *, as_json: bool) -> None:
    """Print a run's counts: one JSON object, or a few lines."""
    if as_json:
        typer.echo(json.dumps(asdict(summary)))
        return
    typer.echo(
        f"{summary.state.replace('_', ' ')} in {summary.seconds:.1f} s: "
        f"{summary.articles_new} new articles, {summary.articles_changed} changed, "
        f"{summary.duplicates} duplicates"
    )
    typer.echo(
        f"feeds: {summary.feeds_polled} polled, {summary.feeds_unchanged} unchanged, "
        f"{summary.feeds_failed} failed"
    )
    typer.echo(
        f"entries: {summary.entries_seen} seen, {summary.entries_new} new, "
        f"{summary.rejected} rejected; {summary.pages_fetched} pages, "
        f"{summary.bytes_received / 1e6:.1f} MB"
    )
    if summary.feeds_failed:
        sys.stderr.write("some feeds failed; `newshouse status` says which and why\n")
    if summary.bugs:
        sys.stderr.write(f"{summary.bugs} entries hit a bug; see `newshouse sql 'FROM ops.bugs'`\n")
