"""`newshouse init` and `newshouse config`: a home and its settings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from etl.catalogue import starter_text
from etl.cli.app import app, home_of
from etl.errors import ConfigError
from etl.home import Home


@app.command(rich_help_panel="Begin")
def init(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The new home; default --home.")
    ] = None,
) -> None:
    """Make a home: commented settings, a starter list of feeds, an empty warehouse.

    Nothing that is there is overwritten.

    Examples:

        newshouse init my-news

        newshouse --home my-news ingest
    """
    home = Home(folder.expanduser().absolute()) if folder else home_of(context)
    made = [
        _write_starter(home.settings_file, example_settings()),
        _write_starter(home.catalogue, starter_text()),
    ]
    from etl.settings import load_with_origins  # noqa: PLC0415 - pydantic loads only when needed

    # A home that was there may hold settings that do not fit: said now, not at the first run.
    settings, _ = load_with_origins(home.path)
    from etl.app import prepare_warehouse  # noqa: PLC0415 - parsers load only when needed

    prepare_warehouse(home)
    for path, is_new in zip((home.settings_file, home.catalogue), made, strict=True):
        typer.echo(f"{'wrote' if is_new else 'kept'}  {path}")
    typer.echo(f"ready  {home.published}")
    if not settings.fetch.contact_url:
        typer.echo(
            f"\nSay who you are: set contact_url under [fetch] in {home.settings_file} to a page"
            " about you,\nso that publishers who meet newshouse can write to you instead of"
            " blocking it."
        )
    typer.echo(f"\nNext: newshouse --home {home.path} ingest")


def _write_starter(path: Path, text: str) -> bool:
    if path.exists():
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise ConfigError(f"cannot write {path}: {error.strerror}") from error
    return True


def example_settings() -> str:
    """Return a `newshouse.toml` in which every setting stands, commented out, at its default."""
    from etl.settings import Settings, describe, list_keys  # noqa: PLC0415 - as above

    lines = ["# Settings of this home; every line shows the default. Uncomment to change."]
    lines += ["# Any of them can be set by environment: NEWSHOUSE_FETCH__TIMEOUT_S=10"]
    defaults = Settings().model_dump()
    section = ""
    for key in list_keys():
        here, _, name = key.partition(".")
        if here != section:
            lines += ["", f"[{here}]"]
            section = here
        lines += [f"# {describe(key)}", f"# {name} = {_as_toml(defaults[here][name])}"]
    return "\n".join(lines) + "\n"


def _as_toml(value: object) -> str:
    if isinstance(value, tuple):
        return json.dumps(list(value))
    return "{}" if value == {} else json.dumps(value)


@app.command(rich_help_panel="Begin")
def config(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print the effective settings and where each came from.

    Examples:

        newshouse config

        NEWSHOUSE_FETCH__TIMEOUT_S=5 newshouse config --json
    """
    from etl.settings import list_keys, load_with_origins  # noqa: PLC0415 - as above

    settings, origins = load_with_origins(home_of(context).path)
    values = settings.model_dump(mode="json")
    rows = {
        key: (values[key.partition(".")[0]][key.partition(".")[2]], origins.get(key, "default"))
        for key in list_keys()
    }
    if as_json:
        found = {key: {"value": value, "origin": origin} for key, (value, origin) in rows.items()}
        typer.echo(json.dumps(found))
        return
    width = max(len(key) for key in rows)
    for key, (value, origin) in rows.items():
        typer.echo(f"{key:<{width}}  {json.dumps(value):<12}  ({origin})")
