"""`newshouse replay` and `newshouse rebuild`: articles made anew from the archive."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.app import EXIT_BUGS, app, home_of
from etl.cli.plain import dump_json
from etl.cli.progress import show_progress
from etl.cli.since import parse_since
from etl.cli.stopping import telling_what_is_left

if TYPE_CHECKING:
    from etl.renewal import Renewal, Renewed

DIFFERENCES = {
    "same": "the same",
    "new": "new",
    "gone": "gone",
    "text_differs": "with another text",
    "title_differs": "with another headline",
    "date_differs": "with another publication time",
    "authors_differ": "with other authors",
    "version_count_differs": "with more or fewer versions",
    "story_differs": "in another story",
}
QUALITY = {
    "articles": ("articles", "{:,.0f}"),
    "median_words": ("words in the median text", "{:,.0f}"),
    "undated_share": ("without a publication time", "{:.2%}"),
    "authorless_share": ("without authors", "{:.2%}"),
    "unknown_language_share": ("in an unknown language", "{:.2%}"),
    "truncated_share": ("cut short", "{:.2%}"),
    "paywalled_share": ("behind a paywall", "{:.2%}"),
    "mentions": ("mentions of names", "{:,.0f}"),
    "dates": ("dates in texts", "{:,.0f}"),
}
SHOWN_LOST = 10


class StageName(StrEnum):
    """From where on articles are made anew."""

    EXTRACT = "extract"
    DEDUP = "dedup"
    TAG = "tag"


AsJson = Annotated[bool, typer.Option("--json", help="Print the outcome as one JSON object.")]
DespiteLost = Annotated[
    bool,
    typer.Option(
        "--despite-lost", help="Go through with it even if newshouse fails on pages it once read."
    ),
]


@app.command(rich_help_panel="Run")
def replay(
    context: typer.Context,
    *,
    stage: Annotated[
        StageName,
        typer.Option(
            help="extract: from the raw pages on; dedup, tag: from the texts on, only that."
        ),
    ] = StageName.EXTRACT,
    since: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Only what was seen since this day or time (7d: ago)."),
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="DOMAIN", help="Only what came from this site.")
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Say what would change and keep the work for the real thing."
        ),
    ] = False,
    despite_lost: DespiteLost = False,
    as_json: AsJson = False,
) -> None:
    """Make articles anew from the archive, by the settings and the newshouse of today.

    Nothing is fetched. The pages are read without disturbing anyone; what comes of them is put in
    place in one step, and readers get it as after a run. Cut short, it goes on where it was.

    Examples:

        newshouse replay --dry-run

        newshouse replay --source example.com --since 30d

        newshouse replay --stage tag
    """
    from etl.renewal import Renewal, Scope  # noqa: PLC0415 - parsers load when needed

    start = parse_since(since, now=datetime.now(UTC)) if since is not None else None
    scope = Scope(since=start, source=source)
    _run(
        context,
        Renewal(
            flow="replay", stage=stage.value, scope=scope, is_dry_run=dry_run,
            despite_lost=despite_lost,
        ),
        as_json=as_json,
    )  # fmt: skip


@app.command(rich_help_panel="Run")
def rebuild(
    context: typer.Context, *, despite_lost: DespiteLost = False, as_json: AsJson = False
) -> None:
    """Make the whole warehouse anew from the archive and the record of what was seen.

    Nothing that was made of the pages is taken over: articles, versions, tags, duplicates and
    stories are made again, in a new file that takes the old one's place in one step. By the same
    newshouse and settings it comes out the same: `newshouse verify --content-hash` tells.

    Examples:

        newshouse rebuild
    """
    from etl.renewal import Renewal, Scope  # noqa: PLC0415 - parsers load when needed

    wanted = Renewal(flow="rebuild", stage="extract", scope=Scope(), despite_lost=despite_lost)
    _run(context, wanted, as_json=as_json)


def _run(context: typer.Context, wanted: Renewal, *, as_json: bool) -> None:
    from etl.renewal import renew  # noqa: PLC0415 - parsers load when needed

    left = "the same command goes on where it was"
    with telling_what_is_left(left), show_progress() as tell:
        done = renew(home_of(context), wanted, tell=tell)
    typer.echo(_as_json(wanted, done) if as_json else _as_text(wanted, done))
    if done.lost:
        raise typer.Exit(EXIT_BUGS)


def _as_json(wanted: Renewal, done: Renewed) -> str:
    compared = asdict(done.comparison)
    return dump_json(
        {
            "run_id": done.run.run_id,
            "flow": wanted.flow,
            "stage": done.stage,
            "is_dry_run": wanted.is_dry_run,
            "is_promoted": done.is_promoted,
            "items": done.items,
            "lost": [asdict(lost) for lost in done.lost],
            **compared,
            "seconds": done.seconds,
        }
    )


def _as_text(wanted: Renewal, done: Renewed) -> str:
    compared = done.comparison
    what = "archived looks" if done.stage == "extract" else "texts"
    lines = [f"{done.items:,} {what} gone over in {done.seconds:,.1f} s", ""]
    lines += [
        f"{compared.articles[name]:>9,}  articles {words}"
        for name, words in DIFFERENCES.items()
        if compared.articles[name] or name == "same"
    ]
    lines += ["", f"{'before':>12} {'now':>12}"]
    lines += [
        f"{_figure(compared.was.get(name), form):>12} {_figure(compared.now.get(name), form):>12}"
        f"  {words}"
        for name, (words, form) in QUALITY.items()
    ]
    for sample in compared.samples:
        lines += ["", f"{sample.article_id}  {sample.now_title}"]
        if sample.was_title != sample.now_title:
            lines.append(f"  - {sample.was_title}")
        lines += [f"  {line}" for line in sample.lines]
    return "\n".join((*lines, "", *_say_lost(done), _say_end(wanted, done)))


def _figure(value: float | None, form: str) -> str:
    return "-" if value is None else form.format(value)


def _say_lost(done: Renewed) -> list[str]:
    if not done.lost:
        return []
    shown = [f"  {lost.article_id}  {lost.page}  {lost.detail}" for lost in done.lost[:SHOWN_LOST]]
    head = f"{len(done.lost):,} articles would be lost: newshouse now fails on their pages"
    return [head, *shown, ""]


def _say_end(wanted: Renewal, done: Renewed) -> str:
    content = f"content hash {done.comparison.content.content}"
    if done.is_promoted:
        return f"put in place and published; {content}"
    if wanted.is_dry_run:
        return f"nothing was changed (a dry run); {content} if it were"
    return "nothing was changed; --despite-lost goes through with it"
