"""Tests of etl/words.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.words import _SIMPLE, count_words, normalize, split_sentences, tokenize
from tests.patience import ends


@given(st.text())
def test_normalising_twice_equals_once(text: str):
    """The normal form is its own normal form."""
    assert normalize(normalize(text)) == normalize(text)


def test_normalising_joins_spellings_of_the_same_words():
    """Width, case, ligatures, soft hyphens and spaces make no difference."""
    spellings = "Ｆｕｌｌ  of\u00a0ﬁgures \u200b", "full of fig\u00adures", "FULL\nOF FIGURES"
    assert {normalize(spelling) for spelling in spellings} == {"full of figures"}


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("It's 1,000.5 km, i.e. far!", ["It", "s", "1,000.5", "km", "i", "e", "far"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("東京都の本", ["東", "京", "都", "の", "本"]),
        ("กินข้าว", ["กิ", "น", "ข้", "า", "ว"]),
        ("한국어 뉴스 3D", ["한국어", "뉴스", "3D"]),
        ("Київ’яни", ["Київ", "яни"]),
        ("...", []),
    ],
)
def test_words_of_every_script_become_tokens(text: str, tokens: list[str]):
    """Spaced scripts give words with their vowel signs, others characters."""
    assert tokenize(text) == tokens
    assert count_words(text) == len(tokens)


@given(st.text())
def test_tokens_stand_in_the_text_in_order(text: str):
    """Joining the tokens leaves out characters and changes none."""
    place = 0
    for token in tokenize(text):
        place = text.index(token, place) + len(token)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ('Dr. Ito said "No." She left!', ['Dr. Ito said "No."', "She left!"]),
        ("Am 3. Oktober kam er. Dann ging er.", ["Am 3. Oktober kam er.", "Dann ging er."]),
        ("It cost 3.50 in J. Doe's shop", ["It cost 3.50 in J. Doe's shop"]),
        ("他来了。「好。」他走了", ["他来了。", "「好。」", "他走了"]),
        ("यह एक है। वह दो है।", ["यह एक है।", "वह दो है।"]),
        ("Title\nBody", ["Title", "Body"]),
        ("Well... perhaps. Yes", ["Well... perhaps.", "Yes"]),
    ],
)
def test_sentences_end_where_readers_end_them(text: str, sentences: list[str]):
    """Abbreviations, ordinals and numbers do not end a sentence; quotes close with it."""
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


@given(st.text(alphabet=st.sampled_from("aB .!?。\n\"'”)1")))
def test_sentences_cover_all_that_is_not_space(text: str):
    """Sentences are ascending, apart, trimmed, and leave out white space only."""
    spans = split_sentences(text)
    flat = [offset for span in spans for offset in span]
    assert flat == sorted(flat)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert "".join(text[a:b] for a, b in spans).split() == [] or "".join(
        "".join(text[a:b].split()) for a, b in spans
    ) == "".join(text.split())


@pytest.mark.parametrize("unit", ["a\u0301\u0316", ". ", "1,", '?"', "Mr. ", "\u0316\u0301"])
def test_hostile_text_takes_linear_time(unit: str):
    """A hundred thousand repetitions stay far below a second for each function."""
    text = unit * 100_000
    with ends():
        for function in (normalize, tokenize, split_sentences):
            function(text)


def test_the_short_way_normalises_as_the_long_way_does():
    """What is simple by itself is made the same beside a character that is not."""
    simple = [char for char in map(chr, range(0x3000)) if _SIMPLE.fullmatch(char)]
    assert len(simple) > 500
    for char in simple:
        assert normalize(f"x{char}x\u4e00") == normalize(f"x{char}x") + "\u4e00"
        assert tokenize(f"x{char}3 \u4e00") == [*tokenize(f"x{char}3"), "\u4e00"]
