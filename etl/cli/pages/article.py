"""One article's page: what `newshouse show` tells."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from urllib.parse import quote

from starlette.requests import Request

from etl.cli.article import (
    CLAIM,
    DERIVED,
    LINEAGE_OF_PAGE,
    MADE_BY,
    STATED,
    changed_versions,
    explain_likeness,
    explain_repeat,
)
from etl.cli.changes import compare_words
from etl.cli.pages.desk import Desk
from etl.cli.pages.found import Elsewhere, Missing, Page
from etl.store.brake import Brake
from etl.store.read import (
    ArticleFile,
    Row,
    find_article,
    find_nearest_article,
    read_article,
    read_lineage,
)


def read_page(desk: Desk, request: Request, brake: Brake, *, now: datetime) -> Page:  # noqa: ARG001 - all pages'
    """Return the page of the article that the path names, by id or address.

    Raises:
        Missing: there is none, or not in that version.
        Elsewhere: it is named by its address.
    """
    name = request.path_params["name"]
    with desk.shelf.lend(brake) as con:
        article_id = find_article(con, name)
        if article_id is None:
            near = find_nearest_article(con, name)
            hint = f" The nearest is {near['article_id']}, “{near['title']}”." if near else ""
            raise Missing(f"There is no article {name!r}.{hint}")
        if article_id != name:
            raise Elsewhere(f"/article/{quote(article_id)}")
        found = read_article(con, article_id)
        ways = read_lineage(con, article_id)
    shown = _choose_version(found, request.query_params.get("version"))
    told = {
        "article": found.article, "shown": shown, "is_current": shown is found.versions[-1],
        "paragraphs": [part for part in shown["text"].split("\n\n") if part.strip()],
        "versions": [
            (version, [_tell_change(change) for change in changes])
            for version, changes in reversed(list(changed_versions(found)))
        ],
        "entities": _group_entities(found), "dates": found.dates, "claims": found.provenance,
        "claim": CLAIM, "copies": [(row, explain_repeat(row)) for row in found.copies],
        "story": [(row, explain_likeness(row)) for row in found.story],
        "ways": [(way["version"], _tell_way(way)) for way in reversed(ways)],
    }  # fmt: skip
    return Page("article.html", title=shown["title"], told=told)


def _choose_version(found: ArticleFile, wanted: str | None) -> Row:
    if wanted is None:
        return found.versions[-1]
    for version in found.versions:
        if str(version["version"]) == wanted:
            return version
    raise Missing(f"This article has no version {wanted!r}.")


def _tell_change(change: Row) -> dict[str, Any]:
    """Return a change with both sentences in pieces, the words that differ told apart."""
    was, now = change["was"], change["now"]
    before, after = [(was or "", False)], [(now or "", False)]
    if change["kind"] == "replaced":
        before, after = compare_words(was or "", now or "")
    return {
        "kind": change["kind"], "field": change["field"],
        "was": None if was is None else before, "now": None if now is None else after,
    }  # fmt: skip


def _group_entities(found: ArticleFile) -> list[tuple[str, list[Row]]]:
    ordered = sorted(found.entities, key=itemgetter("kind"))
    return [(kind, list(rows)) for kind, rows in groupby(ordered, key=itemgetter("kind"))]


def _tell_way(way: Row) -> list[tuple[str, Any]]:
    """Return the way of a version from its rules down to the feed, as names and values."""
    told = [(name, way[name]) for name in MADE_BY]
    told.append(("derivation", way["derivation_id"] or "made before it was recorded"))
    told += [(label, way[name]) for label, name in DERIVED.items()]
    told += [(name, way[name]) for name in LINEAGE_OF_PAGE]
    told += [
        ("redirect", f"{hop['status']} {hop['url']} to {hop['location']}") for hop in way["hops"]
    ]
    told += [(label, way[name]) for label, name in STATED.items()]
    raw = f"newshouse show {way['article_id']} --raw --version {way['version']}"
    return [(name, value) for name, value in [*told, ("raw bytes", raw)] if value is not None]
