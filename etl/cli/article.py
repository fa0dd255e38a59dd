"""One article in words: what `newshouse show` prints."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, TextIO

from etl.cli.changes import compare_words
from etl.cli.table import draw_table, one_line, show_text
from etl.cli.terminal import bold, terminal_width
from etl.store.read import ArticleFile, Row

TEXT_CHARS = 600
MOST_CHANGES, MOST_MEMBERS, MOST_ENTITIES, MOST_DATES, MOST_WORDS = 20, 10, 8, 12, 6
WIDE = 100

LINEAGE = (
    "page_id", "fetched_at", "final_url", "status", "body_bytes", "sha256", "warc_file",
    "warc_offset", "warc_length", "extractor", "tagger", "run_id",
)  # fmt: skip

MADE_BY = ("change", "text_sha256", "extractor", "tagger")
DERIVED = {
    "fingerprinter": "fingerprinter", "deduplicator": "deduplicator",
    "newshouse": "newshouse_version", "settings": "settings_json", "libraries": "libraries_json",
}  # fmt: skip
LINEAGE_OF_PAGE = (
    "page_id", "kind", "url", "final_url", "status", "body_bytes", "sha256", "warc_file",
    "warc_offset", "warc_length", "warc_sha256", "run_id", "fetch_id", "fetched_at", "elapsed_ms",
    "received_bytes",
)  # fmt: skip
STATED = {
    "entry": "entry_id", "stated_at": "stated_at", "feed": "feed_url", "feed page": "feed_page_id",
    "feed file": "feed_warc_file", "feed offset": "feed_warc_offset",
    "feed length": "feed_warc_length", "feed sha256": "feed_sha256",
}  # fmt: skip

CLAIM = ("field", "source", "value", "rule")
CHANGE = ("position", "field", "kind", "was", "now")


def describe_article(found: ArticleFile, ways: Sequence[Row] | None) -> Row:
    """Return the article as one object: its fields, and a list for each thing said of it.

    `ways` is the lineage of its versions, None where it was not asked for.
    """
    return {
        **found.article,
        "versions": [
            {key: value for key, value in version.items() if key != "text"} | {"changes": changes}
            for version, changes in changed_versions(found)
        ],
        "entities": list(found.entities),
        "dates": list(found.dates),
        "duplicates": [copy | {"explained": explain_repeat(copy)} for copy in found.copies],
        "story": [member | {"explained": explain_likeness(member)} for member in found.story],
        "provenance": list(found.provenance),
        **({"lineage": list(ways)} if ways is not None else {}),
    }


def changed_versions(found: ArticleFile) -> Iterator[tuple[Row, list[Row]]]:
    """Yield each version with what it changed."""
    for version in found.versions:
        yield (
            version,
            [
                {name: change[name] for name in CHANGE}
                for change in found.changes
                if change["version"] == version["version"]
            ],
        )


def explain_repeat(copy: Row) -> str:
    """Return in words how much of the article stands in another that repeats it, or is repeated."""
    if copy["kind"] is None:
        words = f"a copy through {copy['through_id'] or 'another article'}"
        words += f": {copy['evidence']}" if copy["evidence"] else ""
    elif copy["kind"] == "exact":
        words = "has the same words"
    else:
        words = f"{copy['share']:.0%} of its words also stand there"
    if copy["facts_aligned"]:
        words += f", {copy['facts_agreed']} of {copy['facts_aligned']} names and figures agree"
    if copy["is_original"]:
        words += "; counted as the original"
    return words + ("; another site" if copy["is_syndicated"] else "; the same site")


def explain_likeness(member: Row) -> str:
    """Return in words why another article tells of the same event."""
    words = member["evidence"]
    if not member["is_alike"]:
        words = f"in the same story through {member['alike_id']}: {words}"
    if member["shared_words"]:
        words += f": {', '.join(member['shared_words'][:MOST_WORDS])}"
    if copies := member["copy_count"]:
        words += f"; {copies} {'copy' if copies == 1 else 'copies'}"
    return str(words)


def print_article(
    found: ArticleFile, ways: Sequence[Row] | None, out: TextIO, *, with_text: bool
) -> None:
    """Print everything known of an article; with `ways` the whole way of each of its versions."""
    lineage = map(_way, ways) if ways is not None else map(_lineage, found.versions[-1:])
    parts = (
        _head(found.article),
        _text(found.article["text"], whole=with_text),
        _versions(found),
        _entities(found.entities),
        _dates(found.dates),
        _copies(found.copies),
        _story(found.story),
        _provenance(found.provenance),
        *lineage,
    )
    first, *others = (list(part) for part in parts)
    out.writelines(f"{line}\n" for line in first)
    for lines in others:
        out.writelines(f"{line}\n" for line in ["", *lines] if lines)


def _head(article: Row) -> Iterator[str]:
    yield bold(one_line(article["title"]))
    flags = [
        word
        for word, is_on in (
            ("behind a paywall", article["is_paywalled"]),
            ("cut short", article["is_truncated"]),
            (f"repeats {article['duplicate_of']}", article["duplicate_of"] is not None),
        )
        if is_on
    ]
    fields = {
        "article": article["article_id"],
        "source": article["source"],
        "authors": ", ".join(article["authors"]),
        "published": _published(article),
        "modified": article["modified_at"],
        "seen": f"{show_text(article['first_seen_at'])} to {show_text(article['last_seen_at'])}",
        "url": article["url"],
        "canonical": article["canonical_url"] if article["canonical_url"] != article["url"] else "",
        "feed": article["feed_url"],
        "language": article["language"],
        "section": article["section"],
        "keywords": ", ".join(article["keywords"]),
        "words": article["word_count"],
        "flags": ", ".join(flags),
    }
    yield from _pairs(fields)


def _published(article: Row) -> str:
    raw = f" (the page says {article['published_raw']!r})" if article["published_raw"] else ""
    return (show_text(article["published_at"]) if article["published_at"] else "unknown") + raw


def _pairs(fields: dict[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        if value is not None and value != "":
            yield f"  {name:<15}{show_text(value)}"


def _text(text: str, *, whole: bool) -> Iterator[str]:
    yield bold("Text")
    is_cut = not whole and len(text) > TEXT_CHARS
    shown = text[:TEXT_CHARS].rpartition(" ")[0] if is_cut else text
    for paragraph in shown.split("\n\n"):
        yield from _wrap(one_line(paragraph), "  ")
    if is_cut:
        yield f"  … ({len(text):,} characters in all; --text shows them)"


def _wrap(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, min(WIDE, terminal_width() or WIDE), initial_indent=indent,
        subsequent_indent=indent, break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _versions(found: ArticleFile) -> Iterator[str]:
    yield bold("Versions")
    for version, changes in changed_versions(found):
        seen = f"from {show_text(version['seen_from'])}" + (
            f" to {show_text(version['seen_until'])}" if version["seen_until"] else ", current"
        )
        yield f"  {version['version']}  {version['change']}, {seen}, {version['word_count']} words"
        for change in changes[:MOST_CHANGES]:
            yield from _change(change)
        if len(changes) > MOST_CHANGES:
            yield f"     … and {len(changes) - MOST_CHANGES} more; --format json has all"


def _change(change: Row) -> Iterator[str]:
    """Yield a change as lines, the words that differ in bold."""
    if change["kind"] == "churn":
        yield "     nothing but what changes by itself: times, counters, links, spaces"
        return
    label = "title " if change["field"] == "title" else ""
    was, now = (one_line(change[side] or "") for side in ("was", "now"))
    if change["kind"] == "replaced":
        was, now = _mark_words(was, now)
    if change["was"] is not None:
        yield f"     - {label}{was}"
    if change["now"] is not None:
        yield f"     + {label}{now}"


def _mark_words(was: str, now: str) -> tuple[str, str]:
    """Return both sentences with the words in bold that the other lacks."""
    before, after = compare_words(was, now)
    return _emphasise(before), _emphasise(after)


def _emphasise(pieces: Sequence[tuple[str, bool]]) -> str:
    return " ".join(bold(words) if is_own else words for words, is_own in pieces)


def _entities(entities: Sequence[Row]) -> Iterator[str]:
    for kind, rows in groupby(sorted(entities, key=itemgetter("kind")), key=itemgetter("kind")):
        if entities and kind == min(row["kind"] for row in entities):
            yield bold("Names")
        named = list(rows)
        words = [
            show_text(row["name"])
            + (f" [{row['country_code']}]" if row["country_code"] else "")
            + (f" ({row['mention_count']} times)" if row["mention_count"] > 1 else "")
            for row in named[:MOST_ENTITIES]
        ]
        more = f", and {len(named) - MOST_ENTITIES} more" if len(named) > MOST_ENTITIES else ""
        yield f"  {kind:<13}{', '.join(words)}{more}"


def _dates(dates: Sequence[Row]) -> Iterator[str]:
    if not dates:
        return
    yield bold("Dates")
    for row in islice(dates, MOST_DATES):
        days = _days(row)
        yield f"  {show_text(row['surface'])!r}: {row['timex_type']} {row['timex_value']}{days}"
    if len(dates) > MOST_DATES:
        yield f"  … and {len(dates) - MOST_DATES} more; --format json has all"


def _days(row: Row) -> str:
    if row["date_from"] is None:
        return ""
    if row["date_from"] == row["date_to"]:
        return f", {row['date_from']}"
    return f", {row['date_from']} to {row['date_to']}"


def _copies(copies: Sequence[Row]) -> Iterator[str]:
    yield from _others("Duplicates", [(copy, explain_repeat(copy)) for copy in copies])


def _story(story: Sequence[Row]) -> Iterator[str]:
    yield from _others("Story", [(member, explain_likeness(member)) for member in story])


def _others(heading: str, articles: Sequence[tuple[Row, str]]) -> Iterator[str]:
    """Yield other articles, each with what it has to do with this one."""
    if not articles:
        return
    yield bold(heading)
    for article, explained in articles[:MOST_MEMBERS]:
        day = f"{article['published_at']:%Y-%m-%d}" if article["published_at"] else "no date"
        title = show_text(article["title"])
        yield f"  {article['article_id']}  {article['source']}, {day}: {title}"
        yield f"      {explained}"
    if len(articles) > MOST_MEMBERS:
        yield f"  … and {len(articles) - MOST_MEMBERS} more; --format json has all"


def _provenance(claims: Sequence[Row]) -> Iterator[str]:
    if not claims:
        return
    yield bold("Claims")
    rows = (("→" if claim["chosen"] else "", *(claim[name] for name in CLAIM)) for claim in claims)
    for line in draw_table(("", "field", "from", "value", "why"), rows, width=terminal_width()):
        yield f"  {line}"


def _lineage(version: Row) -> Iterator[str]:
    yield bold(f"Lineage of version {version['version']}")
    yield from _pairs({name: version[name] for name in LINEAGE})


def _way(row: Row) -> Iterator[str]:
    """Yield the way of a version from its rules down to the feed that led to it."""
    yield bold(f"Lineage of version {row['version']}")
    yield from _pairs({name: row[name] for name in MADE_BY})
    yield from _pairs({"derivation": row["derivation_id"] or "made before it was recorded"})
    yield from _pairs({label: row[name] for label, name in DERIVED.items()})
    yield from _pairs({name: row[name] for name in LINEAGE_OF_PAGE})
    for hop in row["hops"]:
        yield from _pairs({"redirect": f"{hop['status']} {hop['url']} to {hop['location']}"})
    yield from _pairs({label: row[name] for label, name in STATED.items()})
    raw = f"newshouse show {row['article_id']} --raw --version {row['version']}"
    yield from _pairs({"raw bytes": raw})
