"""The articles that are labelled, and those they stand among, read from the shared folder.

Pages come through our own extraction, so that headline, text and date are those a warehouse has.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from etl.feeds.reading.parse import parse_feed
from evals.events.warehouse import Document

PAGES = ("scrapinghub", "aed_dev", "dates_dev")
FEEDS = (
    "0c1cef22da7ddc10", "5357198db71ce075", "6040d25e925318ed", "72fea1ebfd02e90a",
    "e8fa5b64a4b41322", "a44f75939f245a7e",
)  # fmt: skip
"""Those of newspapers and agencies, all of the same week."""

_TAG = re.compile(r"<[^>]+>")
_CREATED = re.compile(
    r'functionInDocument="CREATION_TIME"[^>]*value="([\d-]{10})'
    r'|value="([\d-]{10})[^"]*"[^>]*functionInDocument="CREATION_TIME"'
)
_HEADLINE = re.compile(r"\d{6}-\d{4}\.\s+(.*?)\s+\d\d/\d\d/\d\d", re.DOTALL)
_BYLINE = re.compile(r"\bBy [A-Z].*")
_BREAK = re.compile(r"\s*@\s*|\s*-{2,}\s*")


def read_documents(shared: Path) -> list[Document]:
    """Return all of them; an id is the set's name, a colon, and the id it has there."""
    return [*_read_pages(shared), *_read_feeds(shared), *_read_timebank(shared)]


def _read_pages(shared: Path) -> Iterator[Document]:
    jobs = list(_list_pages(shared))
    urls = {job["id"]: job["url"] for job in jobs}
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        asked.write_text("".join(json.dumps(job) + "\n" for job in jobs), encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "etl.cli", "extract", str(asked), "--out", str(answered)],
            check=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for line in answered.read_text("utf-8").splitlines():
            found = json.loads(line)
            if found.get("text"):
                yield _make(
                    found["id"], source=urlsplit(urls[found["id"]]).hostname or "",
                    title=found["title"] or "", text=found["text"], language=found["language"],
                    day=found["published_at"],
                )  # fmt: skip


def _list_pages(shared: Path) -> Iterator[dict[str, Any]]:
    for name in PAGES:
        folder = shared / "evals" / "extraction" / name
        files = sorted(path.name for path in (folder / "pages").iterdir())
        for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
            gold = json.loads(line)
            named = (gold.get("file") or gold["id"], gold["id"])
            path = next(one for start in named for one in files if one.startswith(start))
            yield {
                "id": f"{name}:{gold['id'][:12]}", "url": gold["url"],
                "html_path": str(folder / "pages" / path),
            }  # fmt: skip
    folder = shared / "captured_web"
    for line in (folder / "index.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        yield {
            "id": f"captured_web:{gold['id']}", "url": gold["url"],
            "html_path": str(folder / "pages" / f"{gold['id']}.html.gz"),
        }  # fmt: skip


def _read_feeds(shared: Path) -> Iterator[Document]:
    for name in FEEDS:
        feed = parse_feed((shared / "feeds" / name).read_bytes(), url=f"https://{name}.example/")
        for entry in feed.entries:
            text = _TAG.sub(" ", unescape(entry.content_html or entry.summary or ""))
            yield _make(
                f"feeds:{name} {entry.url or entry.guid}", source=name, title=entry.title or "",
                text=" ".join(text.split()), language="en",
                day=entry.published_at.isoformat() if entry.published_at else None,
            )  # fmt: skip


def _read_timebank(shared: Path) -> Iterator[Document]:
    for path in sorted((shared / "evals" / "dates" / "timebank").glob("*.tml")):
        whole = path.read_text("utf-8", "replace")
        created = _CREATED.search(whole)
        headline = _HEADLINE.search(_between(whole, "EXTRAINFO"))
        title = _BYLINE.sub("", _BREAK.sub(" ", headline.group(1))) if headline else ""
        yield _make(
            f"timebank:{path.stem}", source=path.stem[:3].lower(), title=" ".join(title.split()),
            text=_between(whole, "TEXT").strip(), language="en",
            day=(created.group(1) or created.group(2)) if created else None,
        )  # fmt: skip


def _between(whole: str, name: str) -> str:
    found = re.search(f"<{name}>(.*?)</{name}>", whole, re.DOTALL)
    return unescape(_TAG.sub("", found.group(1))) if found else ""


def _make(
    document_id: str, *, source: str, title: str, text: str, language: str | None, day: str | None
) -> Document:
    return Document(
        document_id=document_id, source=source, title=title, text=text, language=language,
        published_at=datetime.fromisoformat(day[:19]).replace(tzinfo=UTC) if day else None,
    )  # fmt: skip
