"""SQL that people type, taken apart into statements."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.store.adhoc import is_nothing, split_statements

PIECES = st.sampled_from(["SELECT 1", ";", "'a;b'", '"a;b"', "$$ e; $$", "é", " ", "\n", "1"])


@pytest.mark.parametrize(
    ("text", "statements", "rest"),
    [
        ("SELECT 1; SELECT", ("SELECT 1;",), " SELECT"),
        ("SELECT ';'; ;; SELECT 'a;", ("SELECT ';';",), " SELECT 'a;"),
        ('SELECT "a;b"; -- c;\n SELECT 2;', ('SELECT "a;b";', "-- c;\n SELECT 2;"), ""),
        ("SELECT $$ ; $$; SELECT /* ; ", ("SELECT $$ ; $$;",), " SELECT /* ; "),
        ("SELECT 'é;', 'Ł';x", ("SELECT 'é;', 'Ł';",), "x"),
        ("", (), ""),
    ],
)
def test_a_statement_ends_with_a_semicolon_that_is_no_text(
    text: str, statements: tuple[str, ...], rest: str
):
    """Nor name, nor comment; what is not ended is left over."""
    assert split_statements(text) == (statements, rest)


@given(st.lists(PIECES).map("".join))
def test_nothing_is_lost_or_added_by_splitting(text: str):
    """But spaces, and semicolons that end nothing (with comments before them)."""
    statements, rest = split_statements(text)
    squeezed = "".join([*statements, rest]).translate({32: None, 10: None, 59: None})
    assert squeezed == text.translate({32: None, 10: None, 59: None})


@pytest.mark.parametrize("text", ["", " \n;;", "-- all;\n", "/* of\nthis */ ; -- too"])
def test_comments_and_semicolons_are_nothing(text: str):
    """There is nothing to run."""
    assert is_nothing(text)
    assert not is_nothing(f"{text}\nSELECT 1")
