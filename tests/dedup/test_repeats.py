"""An article that repeats its own paragraphs: all verbatim repeats go, and nothing else."""

from __future__ import annotations

from random import Random

from etl.dedup.repeats import find_repeats
from etl.words import normalize, tokenize

CASES = 1_000
LEAST_WORDS = 8


def test_every_verbatim_repeat_goes_and_nothing_else():
    """A thousand articles that repeat some of their paragraphs, as the seed article does.

    Repeats stand anywhere, once or more, in other case, spacing or punctuation; near repeats and
    short lines stay.
    """
    dropped = 0
    for case in range(CASES):
        rnd = Random(case)
        told, repeated = make_article(rnd)
        tokens = [tokenize(normalize(paragraph)) for paragraph in told]
        found = {repeat.paragraph for repeat in find_repeats(tokens, min_words=LEAST_WORDS)}
        assert found == repeated, case
        dropped += len(found)
    assert dropped > 2 * CASES


def make_article(rnd: Random) -> tuple[list[str], set[int]]:
    """Return paragraphs, and which of them stood before."""
    own = [write_paragraph(rnd) for _ in range(rnd.randint(3, 10))]
    told = [(paragraph, False) for paragraph in own]
    for _ in range(rnd.randint(1, 4)):
        first = rnd.randrange(len(own))
        since = next(place for place, (text, _) in enumerate(told) if text == own[first])
        told.insert(rnd.randint(since + 1, len(told)), (respell(own[first], rnd), True))
    for _ in range(rnd.randint(0, 3)):
        told.insert(rnd.randint(0, len(told)), ("He said no.", False))
        told.append((f"{rnd.choice(own)} And {rnd.randrange(10**9)} more.", False))
    return [text for text, _ in told], {place for place, (_, again) in enumerate(told) if again}


def write_paragraph(rnd: Random) -> str:
    """Return eight words or more that no other paragraph has."""
    words = [f"word{rnd.randrange(10**9)}" for _ in range(rnd.randint(LEAST_WORDS, 40))]
    return f"{' '.join(words)}."


def respell(paragraph: str, rnd: Random) -> str:
    """Return the paragraph with another case, other spaces or other punctuation."""
    ways = (
        paragraph, paragraph.upper(), paragraph.replace(" ", "  "), paragraph.replace(" ", ", "),
        f"\u201c{paragraph}\u201d",
    )  # fmt: skip
    return rnd.choice(ways)
