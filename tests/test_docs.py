"""The documents say what is so: the schema is generated, every query runs, every link leads."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from docs.fill_outputs import fill_outputs, read_blocks
from docs.make_schema import write_schema
from etl.cli.home import example_settings
from etl.outcomes import Outcome
from etl.store.migrate import migrate
from etl.store.sql import Connection

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
QUERIES = [
    pytest.param(sql, id=f"{path.stem}-{number}")
    for path in DOCUMENTS
    for number, sql in enumerate(read_blocks(path.read_text("utf-8")), start=1)
]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")


@pytest.fixture(scope="module")
def con() -> Iterator[Connection]:
    """Return an empty warehouse in memory."""
    with duckdb.connect() as opened:
        opened.execute("SET TimeZone = 'UTC'")
        migrate(opened, now=datetime(2026, 11, 22, tzinfo=UTC))
        yield opened


def test_schema_md_is_what_the_warehouse_says(con: Connection):
    """After a change of a view: `python -m docs.make_schema > docs/schema.md`."""
    assert (ROOT / "docs" / "schema.md").read_text("utf-8") == write_schema(con)


def test_a_column_without_a_meaning_is_named(con: Connection):
    """A new column of a view cannot slip into the reference unexplained."""
    con.execute("BEGIN")
    con.execute("CREATE OR REPLACE VIEW main.alarms AS SELECT 1 AS loudness FROM ops.alarms")
    with pytest.raises(KeyError, match=r"alarms\.loudness"):
        write_schema(con)
    con.execute("ROLLBACK")


def test_a_key_of_the_picture_that_is_gone_is_named(con: Connection):
    """The picture is drawn of tables that are there."""
    con.execute("BEGIN")
    con.execute("ALTER TABLE raw.usage_signals RENAME page_id TO of_page")
    con.execute("CREATE OR REPLACE VIEW main.usage_signals AS SELECT value FROM raw.usage_signals")
    with pytest.raises(KeyError, match=r"raw\.usage_signals have no page_id"):
        write_schema(con)
    con.execute("ROLLBACK")


@pytest.mark.parametrize("sql", QUERIES)
def test_every_query_in_the_documents_runs(con: Connection, sql: str):
    """On an empty warehouse: names and types are right."""
    con.execute(sql).fetchall()


def test_the_cookbook_answers_every_question_with_a_query():
    """Twenty-six questions, each with SQL under it."""
    text = (ROOT / "docs" / "cookbook.md").read_text("utf-8")
    sections = re.split(r"^## (\d+)\. ", text, flags=re.MULTILINE)[1:]
    numbers, bodies = sections[::2], sections[1::2]
    assert [int(number) for number in numbers] == list(range(1, 27))
    assert all(read_blocks(body) for body in bodies)


def test_outputs_are_put_under_queries_and_replaced(con: Connection):
    """Filling twice changes nothing; an older output goes."""
    page = "Text.\n\n```sql\nSELECT 1 AS one, 'a|b' AS two, NULL AS three\n```\n\nMore.\n"
    filled = fill_outputs(page, con)
    assert "| one | two | three |\n| --- | --- | --- |\n| 1 | a\\|b |  |\n\nMore." in filled
    assert fill_outputs(filled, con) == filled
    assert fill_outputs(filled.replace("| 1 |", "| 9 |\n| 2 |"), con) == filled
    assert "(no rows)" in fill_outputs("```sql\nFROM runs\n```\n", con)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path):
    """A relative link names a file that is there."""
    for target in LINK.findall(path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


def test_notice_names_every_direct_dependency():
    """With its licence: whoever adds one says what it is under."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {re.split(r"[^\w-]", each, maxsplit=1)[0] for each in project["dependencies"]}
    listed = (ROOT / "NOTICE").read_text("utf-8").rpartition("by way of babel.")[2]
    assert {line.split()[0] for line in listed.split("\n") if line.strip()} == wanted


def test_settings_in_the_documents_exist():
    """`section.name` in backticks is a setting, spelt right."""
    known = set(re.findall(r"^# (\w+) =", example_settings(), flags=re.MULTILINE))
    sections = set(re.findall(r"^\[(\w+)\]", example_settings(), flags=re.MULTILINE))
    for path in DOCUMENTS:
        for section, name in re.findall(r"`(\w+)\.(\w+)`", path.read_text("utf-8")):
            assert section not in sections or name in known, f"{path.name}: {section}.{name}"


def test_the_outcomes_column_lists_every_outcome():
    """The reference of `outcomes` is the closed list."""
    text = (ROOT / "docs" / "schema.md").read_text("utf-8")
    assert f"| {' '.join(outcome.value for outcome in Outcome)}. |" in text
