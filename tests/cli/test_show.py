"""`newshouse show`: everything known of one article."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from etl.cli.article import explain_likeness, explain_repeat
from etl.errors import ConfigError, IntegrityError
from tests.cli.newsroom import COPY, FERRY, run, url_of
from tests.store.desk import FEED, MADE_BY, NOON, Desk, Paper, entry, story
from tests.store.test_events import FERRY as FOG
from tests.store.test_events import tell

URL = "https://harbour.test/{}"


def test_text_tells_versions_names_dates_story_claims_and_lineage(home: Path) -> None:
    """One screen an article."""
    told = run(home, "show", FERRY).stdout
    lines = [" ".join(line.split()) for line in told.splitlines()]
    assert lines[0] == "Ferry runs again"
    assert "- It costs 5 euros." in lines
    assert "+ It costs 7 euros." in lines
    assert "ORG Łódź Ferries" in lines
    assert "'Friday': DATE 2026-11-20, 2026-11-20" in lines
    assert "→ title h1 Ferry runs again votes" in lines
    assert "title og Harbour Times votes" in lines
    assert "warc_offset 77" in lines
    assert any(
        line.startswith("88% of its words also stand there, 3 of 4 names and figures agree")
        for line in lines
    )


def test_lineage_is_of_the_current_version_unless_asked_for(home: Path) -> None:
    """`--lineage` gives every version's."""
    assert run(home, "show", FERRY).stdout.count("Lineage of version") == 1
    assert run(home, "show", FERRY, "--lineage").stdout.count("Lineage of version") == 2


def test_json_has_the_same_and_all_of_it(home: Path) -> None:
    """Versions carry their changes."""
    told = json.loads(run(home, "show", FERRY, "--format", "json").stdout)
    assert told["title"] == "Ferry runs again"
    assert [version["changes"] for version in told["versions"]] == [
        [],
        [
            {
                "position": 1,
                "field": "text",
                "kind": "replaced",
                "was": "It costs 5 euros.",
                "now": "It costs 7 euros.",
            },
        ],
    ]
    assert told["versions"][1]["sha256"] == "ab" * 32
    assert told["duplicates"][0]["article_id"] == COPY
    assert told["entities"][0]["name"] == "Łódź Ferries"


@pytest.mark.parametrize(
    "name",
    [
        FERRY,
        FERRY.upper(),
        f" {FERRY} ",
        url_of(FERRY, "harbour.test"),
        f"http://harbour.test/{FERRY}/?utm_source=mail",
        f"harbour.test/{FERRY}",
    ],
)
def test_an_article_goes_by_its_id_or_any_spelling_of_its_address(home: Path, name: str) -> None:
    """What people paste."""
    assert json.loads(run(home, "show", name, "--format", "json").stdout)["article_id"] == FERRY


def test_an_unknown_article_names_the_nearest(home: Path) -> None:
    """A slip of the finger."""
    error = run(home, "show", "ferryferryfx").exception
    assert isinstance(error, ConfigError)
    assert FERRY in str(error)


def test_nothing_near_gives_no_guess(home: Path) -> None:
    """A wrong hint is worse than none."""
    error = run(home, "show", "0123456789").exception
    assert isinstance(error, ConfigError)
    assert "newshouse search" in str(error)


@pytest.mark.parametrize(
    ("kind", "words"),
    [("exact", "same words"), ("contained", "42% of"), (None, "through middlemiddle: 50% of it")],
)
def test_repeats_are_explained_in_words(kind: str | None, words: str) -> None:
    """Figures alone say too little."""
    member = {
        "kind": kind, "share": 0.42, "is_original": False, "is_syndicated": True,
        "facts_aligned": 0 if kind else None, "facts_agreed": 0 if kind else None,
        "through_id": None if kind else "middlemiddle", "evidence": "50% of it",
    }  # fmt: skip
    assert words in explain_repeat(member)
    assert "another site" in explain_repeat(member)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with an event that three tell in their own words, and one copy of the first."""
    path = tmp_path_factory.mktemp("told")
    desk = Desk(path / "data")
    pages = tell(*FOG)
    long = " ".join(f"Passenger number {place} spoke of the fog that night." for place in range(9))
    first = pages["https://harbour.test/a"]
    pages["https://harbour.test/a"] = replace(first, text=f"{first.text} {long}")
    pages["https://harbour.test/d"] = replace(
        pages["https://harbour.test/a"], published_at=NOON + timedelta(hours=9)
    )
    desk.ingest(*map(entry, "abcd"), pages=pages, publish=True)
    desk.store.close()
    return path


def test_an_article_is_shown_with_those_that_tell_of_the_same_event(told: Path) -> None:
    """How alike they are, by which words, and how often one was copied; copies stand apart."""
    lines = [
        " ".join(line.split()) for line in run(told, "show", URL.format("b")).stdout.split("\n")
    ]
    section = lines[lines.index("Story") + 1 :]
    assert "Ferry Aurora aground" in section[0]
    assert "% alike by" in section[1]
    assert "skagen" in section[1]
    assert section[1].endswith("; 1 copy")
    assert "Captain of ferry Aurora" in section[2]
    shown = json.loads(run(told, "show", URL.format("a"), "--format", "json").stdout)
    assert [row["title"][:8] for row in shown["story"]] == ["Aurora p", "Captain "]
    assert all("days apart" in row["explained"] for row in shown["story"])
    assert [row["explained"][:4] for row in shown["duplicates"]] == ["has "]


def test_an_article_in_a_story_through_another_says_which() -> None:
    """Not every two of a story are alike."""
    member = {
        "is_alike": False, "alike_id": "middlemiddle", "evidence": "41% alike by 9 words both have",
        "shared_words": None, "copy_count": 2,
    }  # fmt: skip
    assert explain_likeness(member) == (
        "in the same story through middlemiddle: 41% alike by 9 words both have; 2 copies"
    )


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home whose article has two versions, with an archive."""
    path = tmp_path_factory.mktemp("archived")
    desk = Desk(path / "data")
    desk.ingest(entry("a"), pages={"https://harbour.test/a": Paper(story("ferry"))})
    pages = {"https://harbour.test/a": Paper(story("tram"), title="Café")}
    desk.ingest(entry("a"), pages=pages, publish=True)
    desk.store.close()
    return path


def test_lineage_leads_from_the_rules_to_the_feed(archived: Path) -> None:
    """For people, with the command that shows the bytes; and as JSON."""
    url = "https://harbour.test/a"
    told = run(archived, "show", url, "--lineage").stdout
    lines = [" ".join(line.split()) for line in told.splitlines()]
    assert told.count("Lineage of version") == 2
    assert f"derivation {MADE_BY.derivation_id}" in lines
    assert f"feed {FEED}" in lines
    assert any(line.endswith("--raw --version 1") for line in lines)
    ways = json.loads(run(archived, "show", url, "--lineage", "--format", "json").stdout)["lineage"]
    assert [way["version"] for way in ways] == [1, 2]
    assert all(way["feed_page_id"] and way["warc_sha256"] and way["fetch_id"] for way in ways)


def test_raw_writes_the_archived_bytes_and_nothing_else(archived: Path) -> None:
    """Of the current version, or of the one named."""
    url = "https://harbour.test/a"
    assert run(archived, "show", url, "--raw").stdout_bytes == f"Café\n{story('tram')}".encode()
    first = run(archived, "show", url, "--raw", "--version", "1").stdout_bytes
    assert first == f"Ferry runs again\n{story('ferry')}".encode()


def test_raw_says_what_is_wrong(archived: Path, home: Path) -> None:
    """No such version, no need of one, no archive."""
    for words in (("--raw", "--version", "9"), ("--version", "1")):
        error = run(archived, "show", "https://harbour.test/a", *words).exception
        assert isinstance(error, ConfigError)
    assert isinstance(run(home, "show", FERRY, "--raw").exception, IntegrityError)
