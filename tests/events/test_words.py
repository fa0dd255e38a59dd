"""Which words say what an article tells of."""

from __future__ import annotations

from etl.events import weigh_words
from etl.events.rules import LEAD_WORDS
from etl.terms import BODY_AT, index_words
from etl.terms.index import make_key


def weigh(title: str, text: str, language: str | None = None) -> dict[int, int]:
    """Return the weight of each key."""
    indexed = index_words(title=title, text=text, language=language)
    return dict(zip(*weigh_words(indexed, body_at=BODY_AT), strict=True))


def key(word: str) -> int:
    """Return the key of a stem."""
    return make_key(word) >> 32


def test_words_of_headline_and_beginning_count_and_others_do_not():
    """A word far down that stands there once says nothing of the event."""
    filler = " ".join(f"filler{place}" for place in range(LEAD_WORDS))
    found = weigh("harbour", f"ferry {filler} warehouse")
    assert found[key("harbour")] == 64
    assert found[key("ferry")] == 32
    assert key("warehouse") not in found


def test_words_a_text_has_often_count_wherever_they_stand():
    """More, the more often; in a long text, four of a thousand words are not often."""
    filler = [f"filler{place}" for place in range(LEAD_WORDS)]
    found = weigh("harbour", " ".join(filler + ["warehouse"] * 4))
    assert found[key("warehouse")] > 32
    long = [f"filler{place}" for place in range(1500)]
    assert key("warehouse") not in weigh("harbour", " ".join(long + ["warehouse"] * 4))


def test_inflections_are_one_word():
    """By the stems of the article's language."""
    assert weigh("Floods", "", "en") == weigh("flooding", "", "en")


def test_a_script_without_spaces_has_words_too():
    """Pairs of signs: two headlines on one earthquake have some in common."""
    one, other = weigh("北海道で地震", "", "ja"), weigh("地震、北海道", "", "ja")
    assert key("地震") in one.keys() & other.keys()
