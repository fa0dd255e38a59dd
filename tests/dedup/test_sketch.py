"""What is kept of a text to compare it by, in every script."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from etl.dedup.sketch import (
    BREAK,
    FIGURE,
    NAME,
    UNCASED,
    list_keys,
    pack_sketch,
    sketch_text,
    unpack_sketch,
)
from etl.words import normalize, tokenize

FRAME = "The service of {} expects a high of {} degrees and some rain by the evening."


def kinds_of(text: str) -> dict[str, int]:
    """Return the words of a paragraph and what they are held for."""
    kinds = sketch_text("", [text]).kinds
    return dict(zip(tokenize(normalize(text)), kinds, strict=True))


@given(st.text(max_size=40), st.lists(st.text(max_size=120), max_size=6))
def test_a_sketch_packed_is_unpacked_as_it_was(title: str, paragraphs: list[str]):
    """Whatever the text, signs of all scripts and halves of signs too."""
    sketch = sketch_text(title, paragraphs)
    assert unpack_sketch(pack_sketch(sketch)) == sketch
    assert len(sketch.kinds) == len(sketch.codes.replace(BREAK, ""))
    assert all(0 < ord(code) < 0xD800 for code in sketch.codes.replace(BREAK, ""))


def test_names_and_figures_are_facts():
    """A first word is no name for its capital, nor is one that is written small elsewhere."""
    kinds = kinds_of(
        "Rain fell on Hallein when Ada Brandt, 47, left. The rain stopped, Rain or not."
    )
    assert {word for word, kind in kinds.items() if kind == NAME} == {
        "hallein",
        "ada",
        "brandt",
        "the",
    }
    assert kinds["47"] == FIGURE
    assert kinds["rain"] == 0


def test_capitals_throughout_tell_no_names():
    """A shouted paragraph has figures only."""
    kinds = kinds_of("RAIN FELL ON HALLEIN WHEN ADA BRANDT, 47, LEFT")
    assert {word for word, kind in kinds.items() if kind} == {"47"}


def test_scripts_without_capitals_have_facts_too():
    """Chinese, Japanese, Arabic: words that may be names, but no grammar, and every figure."""
    assert kinds_of("临江气象台发布预报最高气温12度")["临"] == UNCASED
    japanese = kinds_of("白浜でカモメ12羽が見つかりました")
    assert (japanese["白"], japanese["カ"], japanese["で"]) == (UNCASED, UNCASED, 0)
    arabic = kinds_of("بلغ سعر الدولار في القلعة ١٢٫٥ اليوم")
    assert (arabic["الدولار"], arabic["في"]) == (UNCASED, 0)
    assert FIGURE in arabic.values()


def test_accents_make_no_other_code():
    """Some sites drop them."""
    plain, accented = (
        sketch_text("", ["Zurich, Lodz a ete"]),
        sketch_text("", ["Zürich, Łódź à été"]),
    )
    assert plain.codes[0] == accented.codes[0]
    assert plain.codes[2:] == accented.codes[2:]


def test_paragraphs_of_one_frame_have_one_key():
    """Other names and figures in it are no other paragraph; too little left has none."""
    one, other, short = (
        sketch_text("", [text]).paragraph_keys
        for text in (FRAME.format("Hallein", 12), FRAME.format("Ada Brandt", 7), "Ada Brandt, 47")
    )
    assert one == other
    assert short == (0,)
    assert one[0] in list_keys(sketch_text("", [FRAME.format("Hallein", 12)]))
