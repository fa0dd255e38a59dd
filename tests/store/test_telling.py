"""What people ask of entities: the macros of warehouse/macros/telling.sql."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from etl.store.connect import open_writer
from etl.store.migrate import migrate
from etl.store.sql import Connection
from tests.cli.newsroom import NOON, Newsroom

ADA, BELA, PORT = "adaentity000", "belaentity00", "portentity00"
NAMES = {ADA: ("Ada Marsh", "PERSON"), BELA: ("Béla Nagy", "PERSON"), PORT: ("Porto", "GPE")}
SAID = (
    ("a1", 1, (ADA, PORT)),
    ("a2", 1, (ADA,)),
    ("a3", 3, (BELA,)),
    ("a4", 3, (ADA, BELA, PORT)),
    ("a5", 30, (BELA, PORT)),
    ("a6", 33, (PORT,)),
)
"""Article, how many days ago it was published, whom it names."""

FORMER = "Béla Nagy met nobody."
"""What each article said before."""


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Return a warehouse in which six articles name three entities."""
    path: Path = tmp_path_factory.mktemp("naming") / "data"
    room = Newsroom(path)
    for name, days, named in SAID:
        article_id = name * 6
        text = " met ".join(NAMES[entity_id][0] for entity_id in named) + " today."
        at = NOON - timedelta(days=days)
        room.article(
            article_id, FORMER, text, title=name, published_at=at, story_id=article_id
        )  # fmt: skip
        for version, entity_id in [(1, BELA), *((2, entity_id) for entity_id in named)]:
            surface = NAMES[entity_id][0]
            start = (FORMER, text)[version - 1].index(surface)
            room.insert(
                "core.mentions", article_id=article_id, version=version, entity_id=entity_id,
                kind=NAMES[entity_id][1], surface=surface, start_char=start,
                end_char=start + len(surface), score=0.9,
            )  # fmt: skip
    for entity_id, (name, kind) in NAMES.items():
        count = sum(entity_id in named for *_, named in SAID)
        room.insert(
            "core.entities", entity_id=entity_id, name=name, kind=kind, mention_count=count,
            article_count=count, aliases=[name, name.split()[-1]], first_seen_at=NOON,
            last_seen_at=NOON,
        )  # fmt: skip
    yield room.con
    room.con.close()


def ask(con: Connection, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    return con.execute(sql, parameters).fetchall()


@pytest.mark.parametrize("name", ["Béla Nagy", "bela nagy", "Nagy", BELA])
def test_an_entity_is_found_by_name_short_form_and_id(con: Connection, name: str) -> None:
    """Case and accents of its name do not count."""
    assert ask(con, f"SELECT entity_id FROM named('{name}')") == [(BELA,)]


@pytest.mark.parametrize("name", [
    "Ada Marsh", "ABC-7", "O'Neill & Sons", "Béla Nagy", "ŁÓDŹ", "Straße",
    "محمّد", "習近平", "ﬁne", "ＮＨＫ", "",
])  # fmt: skip
def test_a_name_is_folded_as_its_words_are_for_the_index(con: Connection, name: str) -> None:
    """The short way for ASCII is none of its own."""
    bare = "main.search_bare(lower(nfc_normalize(replace($1, 'ّ', ''))))"
    assert ask(con, f"SELECT main.search_name($1) = {bare}", [name]) == [(True,)]


def test_a_name_is_in_the_articles_whose_current_version_has_it(con: Connection) -> None:
    """As often as that has it; what a former version said does not count."""
    found = ask(con, "SELECT article_id, mention_count FROM named_in('bela nagy') ORDER BY ALL")
    assert found == [(name * 6, 1) for name in ("a3", "a4", "a5")]


def test_what_is_named_with_an_entity_counts_articles_and_says_since_when(con: Connection) -> None:
    """Ada stands beside Porto twice and beside Béla once; a lift of 1 is what chance would give."""
    rows = ask(con, "SELECT name, article_count, since, lift FROM named_with('Ada Marsh')")
    assert rows == [
        ("Porto", 2, NOON - timedelta(days=3), 1.0),
        ("Béla Nagy", 1, NOON - timedelta(days=3), 0.67),
    ]


def test_trending_is_against_the_entity_s_own_past(con: Connection) -> None:
    """Ada was never in the news before; Béla and Porto were, a month ago."""
    at = NOON.isoformat()
    rows = ask(con, f"SELECT name, story_count, usual_count FROM trending('{at}')")
    assert rows[0] == ("Ada Marsh", 3, 0.0)
    assert set(rows[1:]) == {("Béla Nagy", 2, 0.25), ("Porto", 2, 0.5)}


def test_first_mention_is_the_earliest_with_what_stands_around(con: Connection) -> None:
    """By publication."""
    rows = ask(con, "SELECT title, surface, around FROM first_mention('Béla Nagy')")
    assert rows == [("a5", "Béla Nagy", "Béla Nagy met Porto today.")]


def test_timeline_has_a_row_a_day(con: Connection) -> None:
    """Of days on which nothing was written there is none."""
    rows = ask(con, "SELECT published_on, article_count FROM timeline('Ada Marsh')")
    days = dict(rows)
    assert days == {
        (NOON - timedelta(days=3)).date(): 1,
        (NOON - timedelta(days=1)).date(): 2,
    }


def test_about_one_and_not_another(con: Connection) -> None:
    """Newest first; without a second name nothing is left out."""
    assert ask(con, "SELECT title FROM about('Porto', but_not := 'Béla Nagy')") == [
        ("a1",), ("a6",),
    ]  # fmt: skip
    assert len(ask(con, "FROM about('Porto')")) == 4


def test_entities_get_wikidata_ids_out_of_a_file_of_the_user_s(
    con: Connection, tmp_path: Path
) -> None:
    """By kind, and by any way they are written."""
    file = tmp_path / "known.csv"
    file.write_text("kind,name,wikidata_id\nPERSON,Nagy,Q1\nGPE,porto,Q2\nORG,Ada Marsh,Q3\n")
    rows = ask(con, f"SELECT name, wikidata_id FROM identified('{file}') ORDER BY name")
    assert rows == [("Béla Nagy", "Q1"), ("Porto", "Q2")]


def test_a_name_nobody_has_gives_nothing(con: Connection) -> None:
    """And no error."""
    for macro in ("named", "named_in", "named_with", "first_mention", "timeline", "about"):
        assert ask(con, f"FROM {macro}('Nobody')") == []


def test_macros_are_there_in_a_fresh_warehouse(tmp_path: Path) -> None:
    """They are made at each migration."""
    con = open_writer(tmp_path / "live.duckdb")
    migrate(con, now=NOON)
    assert ask(con, f"FROM trending('{NOON.isoformat()}', days := 30)") == []
    con.close()
