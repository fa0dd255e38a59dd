"""A small published warehouse, written by SQL: five articles of four sites, one of them a copy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from etl.cli import find, query, status
from etl.cli.commands import app
from etl.records import make_id
from etl.store.connect import open_writer
from etl.store.migrate import migrate
from etl.store.postings import index_missing
from etl.urls import identity

Run = Callable[..., tuple[int, str, str]]
"""Runs a command line in a home; exit code, stdout, stderr."""

COMMANDS = (find, query, status)
"""Imported so that they register."""

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
FERRY, COPY, CAFE, PLAIN, EMPTY = (
    "ferryferryfe", "copycopycopy", "cafecafecafe", "plainplainpl", "emptyemptyem",
)  # fmt: skip
OLD_TEXT = "The ferry to Łódź sails again. It costs 5 euros. Nobody waited long."
NEW_TEXT = "The ferry to Łódź sails again. It costs 7 euros. Nobody waited long."


def url_of(article_id: str, source: str) -> str:
    """Return where an article lies."""
    return f"https://www.{source}/{article_id}"


class Newsroom:
    """Fills a warehouse, row by row, and publishes it."""

    def __init__(self, data: Path) -> None:
        (data / "warehouse").mkdir(parents=True)
        self.live = data / "warehouse" / "live.duckdb"
        self.published = data / "news.duckdb"
        self.con = open_writer(self.live)
        migrate(self.con, now=NOON)

    def insert(self, table: str, **values: Any) -> None:
        """Insert a row, its other columns NULL."""
        names = ", ".join(values)
        marks = ", ".join(f"${name}" for name in values)
        self.con.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)

    def article(
        self,
        article_id: str,
        *texts: str,
        title: str,
        source: str = "harbour.test",
        published_at: datetime | None = NOON,
        language: str = "en",
        story_id: str | None = None,
    ) -> None:
        """Insert an article with a version a text."""
        url, page_id = url_of(article_id, source), make_id("page", article_id)
        about: dict[str, Any] = {
            "url": url, "canonical_url": url, "source": source,
            "feed_url": "https://harbour.test/feed.xml", "first_seen_at": NOON,
            "last_seen_at": NOON, "story_id": story_id or article_id,
            "duplicate_of": story_id if story_id != article_id else None,
        }  # fmt: skip
        self.insert("core.articles", article_id=article_id, version=len(texts), **about)
        self.insert(
            "core.article_urls", url_id=make_id(identity(url)), article_id=article_id, url=url
        )
        for version, text in enumerate(texts, 1):
            self.insert(
                "core.versions", article_id=article_id, version=version,
                seen_from=NOON.replace(hour=11 + version), run_id="run1", title=title,
                seen_until=NOON.replace(hour=12 + version) if version < len(texts) else None,
                published_at=published_at, published_raw="20 Nov", authors=["Ada Marsh"],
                language=language, text=text, text_sha256="0" * 64, content_hash="0" * 32,
                word_count=len(text.split()), keywords=[], is_paywalled=False,
                is_truncated=False, repeated_paragraphs=0, page_id=page_id,
                extractor="test-1", tagger="test-1",
                change="first" if version == 1 else "correction",
                **(about if version == len(texts) else {}),
            )  # fmt: skip
        self.insert(
            "raw.pages", page_id=page_id, run_id="run1", kind="page", url=url, final_url=url,
            fetched_at=NOON, status=200, sha256="ab" * 32, body_bytes=1234,
            warc_file="run1.warc.gz", warc_offset=77, warc_length=555,
        )  # fmt: skip

    def mention(self, article_id: str, version: int, name: str, kind: str, surface: str) -> None:
        """Insert an entity and a mention of it."""
        entity_id = make_id(kind, name)
        self.insert(
            "core.entities", entity_id=entity_id, name=name, kind=kind, aliases=[surface],
            mention_count=1, article_count=1, first_seen_at=NOON, last_seen_at=NOON,
        )  # fmt: skip
        self.insert(
            "core.mentions", article_id=article_id, version=version, entity_id=entity_id,
            kind=kind, surface=surface, start_char=0, end_char=len(surface), score=0.9,
        )  # fmt: skip

    def publish(self) -> None:
        """Index and close the warehouse and copy it to where readers look."""
        index_missing(self.con)
        self.con.execute("CHECKPOINT")
        self.con.close()
        self.published.write_bytes(self.live.read_bytes())


def fill(room: Newsroom) -> None:
    """Insert the five articles, what is said of them, a run and two feeds."""
    room.article(FERRY, OLD_TEXT, NEW_TEXT, title="Ferry runs again", story_id=FERRY)
    room.article(
        COPY, NEW_TEXT, title="Ferry back", source="pier.test", story_id=FERRY,
        published_at=NOON.replace(day=21),
    )  # fmt: skip
    room.article(
        CAFE, "Le café de l’Élysée ferme; Tirana aussi.", title="Café", source="rive.test",
        language="fr", published_at=NOON.replace(day=10),
    )  # fmt: skip
    room.article(PLAIN, "A 100% (sure) thing: c++ [x] 'quoted', \"said\" .* \\ %", title="Signs")
    room.article(EMPTY, "Grain\ncorridor near \x1b[31m Iran", title="Undated", published_at=None)
    room.mention(FERRY, 2, "Łódź Ferries", "ORG", "The ferry")
    room.insert(
        "core.changes", article_id=FERRY, version=2, position=1, field="text", kind="replaced",
        was="It costs 5 euros.", now="It costs 7 euros.",
    )  # fmt: skip
    room.insert(
        "core.duplicate_pairs", article_id=COPY, other_id=FERRY, kind="near", jaccard=0.8,
        containment=0.875, score=0.97, common_words=7, facts_aligned=4, facts_agreed=3,
        title_overlap=0.5, rule="aligned-1",
    )  # fmt: skip
    room.insert(
        "core.dates", article_id=FERRY, version=2, surface="Friday", start_char=0, end_char=6,
        timex_type="DATE", timex_value="2026-11-20", date_from=NOON.date(), date_to=NOON.date(),
    )  # fmt: skip
    for value, chosen in (("Ferry runs again", True), ("Harbour Times", False)):
        room.insert(
            "core.provenance", article_id=FERRY, version=2, field="title", value=value,
            source="h1" if chosen else "og", rule="votes", chosen=chosen,
        )  # fmt: skip
    room.insert(
        "ops.runs", run_id="run1", flow="ingest", state="completed", started_at=NOON,
        finished_at=NOON.replace(hour=13), newshouse_version="0", articles_new=5, seconds=60.0,
    )  # fmt: skip
    for url, state, error in (
        ("https://harbour.test/feed.xml", "active", None),
        ("https://gone.test/feed.xml", "gone", "the server answered 410 Gone"),
    ):
        room.insert(
            "ops.feeds", feed_url=url, state=state, consecutive_failures=1 if error else 0,
            last_error=error, is_subscribed=True,
        )  # fmt: skip
    room.insert(
        "ops.alarms", raised_at=NOON, kind="feed_gone", subject="https://gone.test/feed.xml",
        detail="410 Gone",
    )  # fmt: skip


def run(home: Path, *words: str, stdin: str | None = None) -> Result:
    """Run a command in a home and return what came of it."""
    return CliRunner().invoke(app, ["--home", str(home), *words], input=stdin)
