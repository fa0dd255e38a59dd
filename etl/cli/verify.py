"""`newshouse verify`: whether everything kept still is what it was."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.app import EXIT_DAMAGE, app, home_of
from etl.cli.progress import show_progress

if TYPE_CHECKING:
    from etl.verification import Checked

SHOWN = 20
"""Findings printed of each check; --json prints them all."""


@app.command(rich_help_panel="Health")
def verify(
    context: typer.Context,
    deep: Annotated[
        bool, typer.Option("--deep", help="Read every archived record too; slow.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the checks as one JSON object.")
    ] = False,
) -> None:
    """Check the warehouse and the archive for damage; exit code 5 when there is some.

    Nothing is changed. While a run is writing, only what is published is checked.

    Examples:

        newshouse verify

        newshouse --home my-news verify --deep --json
    """
    from etl.verification import verify as run_verify  # noqa: PLC0415 - parsers load when needed

    with show_progress() as tell:
        checked = run_verify(home_of(context), deep=deep, tell=tell)
    if as_json:
        tell_json(checked)
    else:
        tell_checks(checked)
    if any(check.findings for check in checked):
        raise typer.Exit(EXIT_DAMAGE)


def tell_json(checked: tuple[Checked, ...]) -> None:
    """Print every check and finding as one JSON object."""
    findings = sum(len(check.findings) for check in checked)
    typer.echo(
        json.dumps(
            {
                "ok": findings == 0,
                "findings": findings,
                "checks": [asdict(check) for check in checked],
            }
        )
    )


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
