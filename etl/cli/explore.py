"""`newshouse explore`: a local web page to search, chart and read the warehouse."""

from __future__ import annotations

import contextlib
import webbrowser
from threading import Thread
from typing import Annotated

import typer

from etl.cli.app import app, home_of
from etl.durations import parse_duration_s
from etl.errors import ConfigError
from etl.store.connect import open_reader


@app.command(rich_help_panel="Read")
def explore(
    context: typer.Context,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where it listens; 0 takes one that is free.")
    ] = 8800,
    host: Annotated[
        str, typer.Option(help="The address it listens at; another lets others in.")
    ] = "127.0.0.1",
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Only print the address.")
    ] = False,
    timeout: Annotated[
        str, typer.Option(help="How long a query of the SQL page may take: 30s, 5m.")
    ] = "30s",
) -> None:
    """Open a web page to search, chart and read the warehouse, also while a run is writing.

    It listens on this machine only, changes nothing, and loads nothing from elsewhere. Ctrl-C ends
    it.

    Examples:

        newshouse explore

        newshouse --home my-news explore --port 0 --no-browser
    """
    from etl.cli.pages.guard import is_loopback  # noqa: PLC0415 - the server loads when needed
    from etl.cli.pages.server import Listener  # noqa: PLC0415

    home = home_of(context)
    try:
        sql_s = parse_duration_s(timeout)
    except ValueError as error:
        raise ConfigError(f"--timeout: {error}") from error
    open_reader(home.published).close()  # says what to do where there is none
    listener = Listener(home, host=host, port=port, sql_s=sql_s)
    if not is_loopback(host):
        typer.secho(
            f"newshouse: at {host} everybody who reaches this machine can read the warehouse, "
            "unencrypted and without a password",
            err=True, fg=typer.colors.YELLOW,
        )  # fmt: skip

    def tell() -> None:
        typer.echo(listener.url)
        typer.echo("Ctrl-C ends it", err=True)
        if not no_browser:
            Thread(target=webbrowser.open, args=(listener.url,), daemon=True).start()

    with contextlib.closing(listener), contextlib.suppress(KeyboardInterrupt):
        listener.serve(then=tell)
