"""`newshouse verify`: whether everything kept still is what it was."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.app import EXIT_DAMAGE, app, home_of
from etl.cli.progress import show_progress
from etl.errors import WarehouseError

if TYPE_CHECKING:
    from etl.store.content import ContentHash
    from etl.verification import Checked

SHOWN = 20
"""Findings printed of each check; --json prints them all."""


@app.command(rich_help_panel="Health")
def verify(
    context: typer.Context,
    deep: Annotated[
        bool, typer.Option("--deep", help="Read every archived record too; slow.")
    ] = False,
    content_hash: Annotated[
        bool,
        typer.Option(
            "--content-hash", help="Print a hash of all that is published, and its parts."
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the checks as one JSON object.")
    ] = False,
) -> None:
    """Check the warehouse and the archive for damage; exit code 5 when there is some.

    Nothing is changed. While a run is writing, only what is published is checked. Two warehouses
    that say the same have the same content hash, whatever the order in which they were loaded.

    Examples:

        newshouse verify

        newshouse --home my-news verify --deep --json

        newshouse verify --content-hash
    """
    from etl.verification import hash_published  # noqa: PLC0415 - parsers load when needed
    from etl.verification import verify as run_verify  # noqa: PLC0415

    home = home_of(context)
    with show_progress() as tell:
        checked = run_verify(home, deep=deep, tell=tell)
        hashed = None
        if content_hash:
            try:
                hashed = hash_published(home, tell=tell)
            except WarehouseError:
                # Where it is too damaged to be hashed, the checks say what is wrong.
                if not any(check.findings for check in checked):
                    raise
    if as_json:
        tell_json(checked, hashed)
    else:
        tell_checks(checked)
        if hashed is not None:
            tell_hash(hashed)
    if any(check.findings for check in checked):
        raise typer.Exit(EXIT_DAMAGE)


def tell_json(checked: tuple[Checked, ...], hashed: ContentHash | None = None) -> None:
    """Print every check and finding, and the content hash if there is one, as one JSON object."""
    findings = sum(len(check.findings) for check in checked)
    told = {
        "ok": findings == 0,
        "findings": findings,
        "checks": [asdict(check) for check in checked],
    }
    if hashed is not None:
        told |= {
            "content_hash": hashed.content,
            "history_hash": hashed.history,
            "tables": hashed.tables,
        }
    typer.echo(json.dumps(told))


def tell_hash(hashed: ContentHash) -> None:
    """Print the digest of every table, then the two hashes of them all."""
    width = max(map(len, hashed.tables))
    typer.echo("")
    for name, digest in hashed.tables.items():
        typer.echo(f"{name:<{width}}  {digest}")
    typer.echo(f"\n{'content hash':<{width}}  {hashed.content}")
    typer.echo(f"{'history hash':<{width}}  {hashed.history}")


def tell_checks(checked: tuple[Checked, ...]) -> None:
    """Print a line a check, what each found, and how it ended."""
    width = max(len(check.check) for check in checked)
    for check in checked:
        typer.echo(f"{check.check:<{width}}  {_verdict(check)}")
        for finding in check.findings[:SHOWN]:
            typer.echo(f"  {finding.subject}: {finding.detail}")
        if len(check.findings) > SHOWN:
            typer.echo(f"  … and {len(check.findings) - SHOWN} more; --json prints them")
    damaged = sum(bool(check.findings) for check in checked)
    if damaged:
        typer.echo(f"\n{damaged} of {len(checked)} checks found damage")
    else:
        typer.echo(f"\n{len(checked)} checks, no damage")


def _verdict(check: Checked) -> str:
    count = len(check.findings)
    verdict = "ok" if not count else "1 finding" if count == 1 else f"{count} findings"
    if check.note is None:
        return verdict
    return check.note if check.note.startswith("not checked") else f"{verdict}; {check.note}"
