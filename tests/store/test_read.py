"""Questions to the published snapshot."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from etl.errors import ConfigError, WarehouseError
from etl.store.adhoc import run_query, take_result
from etl.store.connect import open_writer
from etl.store.read import (
    find_article,
    find_nearest_article,
    read_article,
    read_health,
    reading,
)
from etl.store.search import search_articles
from etl.store.sql import Connection
from tests.cli.newsroom import CAFE, COPY, FERRY, NOON, Newsroom, fill


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a published warehouse that tests only read."""
    room = Newsroom(tmp_path_factory.mktemp("read") / "data")
    fill(room)
    room.publish()
    return room.published


def test_search_finds_an_accented_letter_by_its_base_and_the_other_way(published: Path) -> None:
    """Also letters that Unicode does not decompose, like ł."""
    with reading(published) as con:
        for words in ("łódź", "lodz", "LÓDZ", "l\u0301odz"):
            ids = {row[5] for row in search_articles(con, words).rows}
            assert ids == {FERRY, COPY}, words


def test_rows_are_taken_as_they_are_asked_for(published: Path) -> None:
    """A billion rows cost nothing until they are taken."""
    with reading(published) as con:
        result = run_query(con, "SELECT range AS n FROM range(1000000000)", {})
        assert [next(result.rows) for _ in range(3)] == [(0,), (1,), (2,)]


LATE = "SELECT CASE WHEN range > 900000 THEN 'x' ELSE '1' END::INT FROM range(1000000)"


def test_an_error_in_a_late_row_is_explained_too(published: Path) -> None:
    """Streaming means errors come while rows are taken."""
    with reading(published) as con, pytest.raises(ConfigError, match="Could not convert"):
        list(run_query(con, LATE, {}).rows)


def test_a_query_that_only_says_it_was_stopped_is_asked_why(published: Path) -> None:
    """DuckDB 1.5.5 does, where another thread failed first."""

    class Stopped:
        """A connection whose first rows are late to a failure."""

        def __init__(self, con: Connection) -> None:
            self.con, self.is_first = con, True

        def fetchmany(self, size: int) -> list[tuple[object, ...]]:
            if self.is_first:
                self.is_first = False
                raise duckdb.InterruptException("INTERRUPT Error: Interrupted!")
            return self.con.fetchmany(size)

        def __getattr__(self, name: str) -> object:
            return getattr(self.con, name)

    with reading(published) as con:
        ran = con.extract_statements(LATE)[0], dict[str, str]()
        result = take_result(Stopped(con.execute(LATE)), ran)  # type: ignore[arg-type]
        with pytest.raises(ConfigError, match="Could not convert"):
            list(result.rows)


def test_a_snapshot_replaced_while_read_stays_readable(published: Path, tmp_path: Path) -> None:
    """Readers keep the file they opened; the next command opens the new one."""
    name = tmp_path / "news.duckdb"
    name.write_bytes(published.read_bytes())
    with reading(name) as con:
        fresh = tmp_path / "fresh.duckdb"
        fresh.write_bytes(published.read_bytes())
        os.replace(fresh, name)  # noqa: PTH105 - as a publication does it
        assert read_health(con, runs=1, now=NOON, every_s=900).counts["articles"] == 5


def test_a_file_that_is_no_warehouse_of_ours_is_explained(tmp_path: Path) -> None:
    """An old snapshot lacks what our queries ask for."""
    open_writer(tmp_path / "news.duckdb").close()
    with (
        pytest.raises(WarehouseError, match="newshouse ingest"),
        reading(tmp_path / "news.duckdb") as con,
    ):
        read_health(con, runs=1, now=NOON, every_s=900)


def test_a_file_that_is_no_database_is_an_error_in_words(tmp_path: Path) -> None:
    """Somebody put something else there."""
    (tmp_path / "news.duckdb").write_text("hello", "utf-8")
    with pytest.raises(WarehouseError, match="cannot open"), reading(tmp_path / "news.duckdb"):
        pass


def test_the_larger_of_two_repeats_has_a_smaller_share_in_the_other(tmp_path: Path) -> None:
    """A pair's containment is of the smaller text: 6 of its 8 words, of 12 of the larger's."""
    room = Newsroom(tmp_path / "data")
    room.article(FERRY, "long " * 12, title="Long", story_id=FERRY)
    room.article(COPY, "short " * 8, title="Short", story_id=FERRY)
    room.insert(
        "core.duplicate_pairs", article_id=COPY, other_id=FERRY, kind="near",
        jaccard=6 / (8 + 12 - 6), containment=6 / 8, score=0.97, common_words=6,
        facts_aligned=0, facts_agreed=0, title_overlap=0, rule="aligned-1",
    )  # fmt: skip
    room.publish()
    with reading(room.published) as con:
        (of_long,) = read_article(con, FERRY).copies
        (of_short,) = read_article(con, COPY).copies
    assert of_long["share"] == pytest.approx(6 / 12)
    assert of_short["share"] == pytest.approx(6 / 8)
    assert (of_long["is_original"], of_short["is_original"]) == (False, True)


def test_an_article_is_found_by_its_title_only_as_a_hint(published: Path) -> None:
    """`find_article` is exact, `find_nearest_article` guesses."""
    with reading(published) as con:
        assert find_article(con, "Ferry runs again") is None
        near = find_nearest_article(con, "Ferry runs agian")
    assert near is not None
    assert near["article_id"] == FERRY


def test_everything_read_of_an_article_is_of_its_current_version(published: Path) -> None:
    """Names, dates and claims of older versions stay in the views."""
    with reading(published) as con:
        found = read_article(con, FERRY)
        lonely = read_article(con, CAFE)
    assert found.article["version"] == 2
    assert [version["version"] for version in found.versions] == [1, 2]
    assert (len(found.entities), len(found.dates), len(found.provenance)) == (1, 1, 2)
    assert lonely.story == ()
