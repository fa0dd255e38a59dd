"""Tests of etl/dedup."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from etl.dedup import find_repeats, fingerprint
from etl.dedup.shingles import sample_shingles
from etl.records import Article
from etl.words import normalize, tokenize

WORDS = st.sampled_from(
    ["bridge", "river", "council", "Tuesday", "cable", "deck", "bus", "trade", "tower", "spring"]
)
PARAGRAPHS = st.lists(
    st.lists(WORDS, min_size=1, max_size=12).map(lambda words: " ".join(words) + "."), max_size=8
)
LONG = "The old bridge over the river reopened on Tuesday after eleven months."


def make_article(paragraphs: list[str]) -> Article:
    """Return an article of `paragraphs`."""
    return Article(
        url="https://a.example/1", canonical_url="https://a.example/1", source="a.example",
        declared_canonical_url=None, title="T", authors=(), published_at=None, published_raw=None,
        modified_at=None, language="en", paragraphs=tuple(paragraphs), section=None, keywords=(),
        image_url=None, is_paywalled=False, is_truncated=False, extractor="test", charset="utf-8",
        claims=(),
    )  # fmt: skip


def test_a_paragraph_said_again_is_left_out_and_recorded():
    """The first one stays; what was dropped, and for which, can be looked up."""
    result = fingerprint(make_article([LONG, "Short one.", LONG.upper(), "Short one."]))
    assert result.text == f"{LONG}\n\nShort one.\n\nShort one."
    assert [(repeat.paragraph, repeat.first) for repeat in result.repeats] == [(2, 0)]
    assert result.word_count == 16


@given(PARAGRAPHS, st.integers(1, 9))
def test_every_dropped_paragraph_stands_earlier_and_nothing_else_is_lost(
    paragraphs: list[str], min_words: int
):
    """Nothing vanishes: kept and repeated paragraphs are all of them."""
    article = make_article(paragraphs)
    result = fingerprint(article, min_repeat_words=min_words)
    dropped = {repeat.paragraph for repeat in result.repeats}
    for repeat in result.repeats:
        assert repeat.first < repeat.paragraph
        assert repeat.first not in dropped
        assert normalize(paragraphs[repeat.first]) == normalize(paragraphs[repeat.paragraph])
    kept = [text for place, text in enumerate(paragraphs) if place not in dropped]
    assert result.text == "\n\n".join(kept)


@given(PARAGRAPHS)
def test_deduping_twice_equals_once(paragraphs: list[str]):
    """What was deduplicated has no repeats, and the same fingerprint."""
    once = fingerprint(make_article(paragraphs))
    dropped = {repeat.paragraph for repeat in once.repeats}
    kept = [text for place, text in enumerate(paragraphs) if place not in dropped]
    twice = fingerprint(make_article(kept))
    assert dataclasses.replace(once, article=twice.article, repeats=()) == twice


@given(PARAGRAPHS, st.sampled_from([" ", "  ", "\t", "\u00a0", "\n", " \u200b"]))
def test_white_space_changes_no_fingerprint(paragraphs: list[str], space: str):
    """Hash, shingles and repeats see words only."""
    plain = fingerprint(make_article(paragraphs))
    spaced = fingerprint(make_article([text.replace(" ", space) for text in paragraphs]))
    assert (spaced.content_hash, spaced.shingles) == (plain.content_hash, plain.shingles)
    assert (spaced.repeats, spaced.word_count) == (plain.repeats, plain.word_count)


def test_different_words_have_different_hashes():
    """One word is enough."""
    one, other = (fingerprint(make_article([LONG + end])) for end in ("Yes", "No"))
    assert one.content_hash != other.content_hash
    assert len(one.content_hash) == 32


@given(st.text("abcdefgh", max_size=400))
def test_shingles_are_a_sorted_sample_of_eight_or_more(tokens: str):
    """As many where there are as many; of a text without repeats about one in 32 beyond those."""
    shingles = sample_shingles(tokens)
    grams = {tuple(tokens[at : at + 5]) for at in range(max(len(tokens) - 4, 1))}
    assert list(shingles) == sorted(set(shingles))
    assert len(shingles) >= min(8, len(grams) if tokens else 0)
    assert len(shingles) <= len(grams)
    assert all(0 <= key < 2**31 for key in shingles)


def test_articles_that_share_text_share_shingles():
    """The sample of a part is found again in the sample of the whole."""
    part = "".join(map(chr, range(2_000, 4_000)))
    inner, outer = set(sample_shingles(part)), set(sample_shingles(part + LONG))
    assert len(inner) > 30
    assert len(inner & outer) > 0.9 * len(inner)
    assert not inner & set(sample_shingles("".join(map(chr, range(5_000, 7_000)))))


def test_shingles_of_different_texts_do_not_meet_by_being_small():
    """Spread over all numbers: 12,000 keys of 26 bits would meet once, 12,000 small ones often."""
    rnd = Random(4)
    texts = ["".join(chr(rnd.randrange(1, 55_000)) for _ in range(300)) for _ in range(700)]
    keys = sorted(key for text in texts for key in sample_shingles(text))
    assert len(keys) > 11_000
    assert len(keys) - len(set(keys)) <= 2
    assert abs(keys[len(keys) // 2] / 2**30 - 1) < 0.05
    assert sum(key % 32 == 0 for key in keys) < 0.05 * len(keys)


def test_shingles_are_the_same_in_every_process():
    """Nothing depends on the interpreter's hash seed."""
    code = "from etl.dedup.shingles import sample_shingles as s; print(s('abcdefg'))"
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert runs[0] == runs[1] == f"{sample_shingles('abcdefg')}\n"


def test_find_repeats_never_drops_short_paragraphs():
    """'No.' may be said twice."""
    tokens = [tokenize("no"), tokenize("no"), tokenize(LONG), tokenize(LONG)]
    assert [repeat.paragraph for repeat in find_repeats(tokens, min_words=8)] == [3]
