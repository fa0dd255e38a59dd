"""`newshouse forget`: erase an article everywhere."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.app import app, home_of
from etl.cli.table import show_text

if TYPE_CHECKING:
    from etl.store.forget import Forgotten
    from etl.store.targets import Target

SHOWN = 20


@app.command(rich_help_panel="Health")
def forget(
    context: typer.Context,
    *,
    targets: Annotated[
        list[str],
        typer.Argument(metavar="TARGET...", help="Ids of articles or entries, or addresses."),
    ],
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why; it is kept, so do not name names in it.")
    ],
    with_copies: Annotated[
        bool, typer.Option("--with-copies", help="Also the articles elsewhere that repeat it.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would go; change nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what went as one JSON object.")
    ] = False,
) -> None:
    """Erase an article everywhere: rows, text, tags, raw bytes, snapshots. It cannot be undone.

    A tombstone of hashes keeps it out for good, whatever feed or address it comes by; an address
    never seen is kept out too. See docs/erasure.md for what you must do yourself.

    Examples:

        newshouse forget k3xq7w2mzp5a --reason "court order 12/26" --dry-run

        newshouse forget https://example.org/2026/story --reason "request of 3 May" --yes

        newshouse forget k3xq7w2mzp5a --reason "licence ended" --with-copies --json
    """
    from etl.erasure import forget as run_forget  # noqa: PLC0415 - parsers load when needed

    home = home_of(context)
    if is_terminal() and not (yes or dry_run):
        plan = run_forget(home, targets, reason=reason, with_copies=with_copies, is_dry=True)
        tell_forgotten(plan, is_dry=True, err=True)
        typer.confirm("Forget this for good?", abort=True, err=True)
    done = run_forget(home, targets, reason=reason, with_copies=with_copies, is_dry=dry_run)
    if as_json:
        typer.echo(json.dumps({"dry_run": dry_run, **asdict(done)}, default=str))
    else:
        tell_forgotten(done, is_dry=dry_run, err=False)


def is_terminal() -> bool:
    """Return whether a person can be asked."""
    return sys.stdin.isatty()


def tell_forgotten(done: Forgotten, *, is_dry: bool, err: bool) -> None:
    """Print what went, or would go, and what stays elsewhere."""
    for target in done.targets:
        typer.echo(f"{show_text(target.named)}: {_say_target(target)}", err=err)
    verb = "would go" if is_dry else "gone"
    for table, count in sorted(done.rows.items()):
        typer.echo(f"  {table:<24}{count:>9,} rows {verb}, or stay without a word", err=err)
    records = ", ".join(f"{count:,} of kind {kind}" for kind, count in done.records.items())
    if records:
        typer.echo(
            f"  archived records: {records}; {done.record_bytes:,} bytes overwritten", err=err
        )
    for copy in done.copies[:SHOWN]:
        share = f"{copy['containment']:.0%}"
        typer.echo(
            f"  a copy stays: {show_text(copy['url'])} ({copy['kind']}, {share}): "
            f"newshouse forget {copy['article_id']} --reason …",
            err=err,
        )
    if len(done.copies) > SHOWN:
        typer.echo(f"  … and {len(done.copies) - SHOWN} more copies; --json has all", err=err)
    if done.copies:
        typer.echo("  --with-copies forgets them too", err=err)


def _say_target(target: Target) -> str:
    if target.is_gone:
        return "was forgotten before"
    if not target.is_known:
        return "never seen; it will be kept out"
    return f"article {target.article_id}" if target.entry_id is None else f"entry {target.entry_id}"
