"""`newshouse search` and `show`: finding an article, and everything known of it."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from etl.cli.app import app, home_of
from etl.cli.article import describe_article, print_article
from etl.cli.output import Format, write_result
from etl.cli.plain import dump_json
from etl.cli.staleness import tell_staleness
from etl.cli.table import one_line, show_text
from etl.cli.terminal import bold, dim, terminal_width
from etl.durations import parse_duration_s
from etl.errors import ConfigError
from etl.records import PageRef
from etl.store.adhoc import Result
from etl.store.read import (
    find_article,
    find_nearest_article,
    find_page_ref,
    read_article,
    read_lineage,
    reading,
)

_MARKED = re.compile(r"\*\*(.+?)\*\*")


@app.command(rich_help_panel="Read")
def search(
    context: typer.Context,
    *,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help='Words, "phrases", title:words.')
    ],
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Published from this day (or 7d: ago).")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Published up to and on this day.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Only this site: example.org.")] = None,
    entity: Annotated[
        str | None, typer.Option(help="Only articles that name this person, place, ...")
    ] = None,
    language: Annotated[str | None, typer.Option(help="Only this language: en, de, ...")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Most articles shown.")] = 20,
    form: Annotated[Format, typer.Option("--format", help="How they are written.")] = Format.TABLE,
) -> None:
    """Find articles that have every word, best first; case and accents do not matter.

    A word finds its inflections, "flood" floods and flooded too; "words in quotes" only what is
    written. flood* finds what begins so, title:flood looks at headlines, -flood leaves out what has
    it; put -- before words when the first begins with a hyphen.

    Examples:

        newshouse search flood warning

        newshouse search '"grain corridor" odesa' --since 2026-08-01 --language en

        newshouse search strike --entity Berlin --since 7d --format json

        newshouse search 'title:ferry harbo* -strike'
    """
    from etl.store.search import search_articles  # noqa: PLC0415 - pyarrow loads only when needed

    now = datetime.now(UTC)
    first = parse_day(since, "--since", now=now)
    last = parse_day(until, "--until", now=now)
    text = " ".join(words)
    with reading(home_of(context).published) as con:
        result = search_articles(
            con, text, since=first, until=last + timedelta(days=1) if last else None,
            source=source, entity=entity, language=language, limit=limit,
        )  # fmt: skip
        if form is Format.TABLE:
            count = _print_hits(result, sys.stdout)
        else:
            count = write_result(result, form, sys.stdout, width=None)
    if not count:
        typer.echo(f"no article matches {text!r} here", err=True)
    tell_staleness(home_of(context))


def parse_day(text: str | None, option: str, *, now: datetime) -> datetime | None:
    """Return the UTC midnight a day begins with; "7d" is as long ago, to the second."""
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        pass  # not a date: perhaps a duration
    try:
        ago = timedelta(seconds=parse_duration_s(text))
        return now - ago
    except (ValueError, OverflowError):
        raise ConfigError(
            f"{option} wants a day like 2026-11-22, or a time ago like 7d, not {text!r}"
        ) from None


def _print_hits(result: Result, out: TextIO) -> int:
    """Print three lines an article: what it is, its headline, where it matches."""
    count = 0
    for row in result.rows:
        hit = dict(zip(result.columns, row, strict=True))
        day = f"{hit['published_at']:%Y-%m-%d}" if hit["published_at"] else "no date   "
        title = bold(one_line(hit["title"]))
        out.write(f"{hit['score']:>6.2f}  {day}  {hit['source']}  {title}\n")
        out.write(f"        {_highlight(one_line(hit['snippet']))}\n")
        out.write(f"        {dim(hit['article_id'])}\n\n")
        count += 1
    return count


def _highlight(snippet: str) -> str:
    """Return the snippet with its marked words bold, on a terminal; elsewhere as it is."""
    return snippet if terminal_width() is None else _MARKED.sub(lambda hit: bold(hit[1]), snippet)


@app.command(rich_help_panel="Read")
def show(
    context: typer.Context,
    *,
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Its id or its URL.")],
    lineage: Annotated[
        bool,
        typer.Option("--lineage", help="The way of every version: rules, page, WARC file, feed."),
    ] = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="Only the archived bytes, as the server sent them.")
    ] = False,
    version: Annotated[
        int | None, typer.Option(min=1, help="With --raw: of this version, not the current one.")
    ] = None,
    text: Annotated[
        bool, typer.Option("--text", help="The whole text, not its beginning.")
    ] = False,
    form: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Show one article: versions and what changed, tags, repeats, and where it came from.

    Examples:

        newshouse show lqkcy2ufmh3e

        newshouse show https://example.org/news/ferry-runs-again --lineage

        newshouse show lqkcy2ufmh3e --raw --version 1 > page.html

        newshouse show lqkcy2ufmh3e --format json
    """
    if form not in {"text", "json"}:
        raise ConfigError(f"no format {form!r}; there are text and json")
    if version is not None and not raw:
        raise ConfigError("--version says which bytes --raw writes: add --raw")
    home = home_of(context)
    with reading(home.published) as con:
        article_id = find_article(con, article)
        if article_id is None:
            raise ConfigError(_unknown(article, find_nearest_article(con, article)))
        if raw:
            ref = find_page_ref(con, article_id, version=version)
            if ref is None:
                raise ConfigError(f"article {article_id} has no version {version}")
            _write_raw(home.archive, ref)
            return
        found = read_article(con, article_id)
        ways = read_lineage(con, article_id) if lineage else None
    if form == "json":
        sys.stdout.write(dump_json(describe_article(found, ways), indent=2) + "\n")
    else:
        print_article(found, ways, sys.stdout, with_text=text)


def _write_raw(archive: Path, ref: PageRef) -> None:
    """Write the archived body that `ref` names to stdout.

    Raises:
        IntegrityError: the record is missing or damaged.
    """
    from etl.archive import ArchiveReader  # noqa: PLC0415 - WARC loads when needed

    with ArchiveReader(archive) as reader:
        body = reader.read(ref).body
    sys.stdout.flush()
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()


def _unknown(name: str, near: dict[str, Any] | None) -> str:
    if near is None:
        return f"no article {name!r} here; `newshouse search WORDS` finds articles by their words"
    return (
        f"no article {name!r} here; the nearest is {near['article_id']}, "
        f"{show_text(near['title'])!r}, {near['url']}"
    )
