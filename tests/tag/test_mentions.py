"""Names: who and what is found, which entity it is, and the laws of mentions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.records import Article, Fingerprinted, Mention, Span, make_id
from etl.tag import RulesRecognizer, tag, tag_text
from etl.tag.cities import list_cities
from etl.tag.entities import resolve
from etl.tag.gazetteer import find_known
from etl.tag.lexicon import read_lines
from etl.tag.names import fold_name
from etl.tag.spans import settle_spans
from tests.patience import ends

RULES = RulesRecognizer()
# Our own text, with the turns that matter in such news.
NEWS = """Speaking in Tehran, Brig. Gen. Farhad Rostami conceded that Iran's allies had lost \
ground since the fall of Bashar al-Assad in Syria. Rostami blamed Russia.

Iran’s ministers had asked Assad to act against Israel after the Hamas-led attack of October 7, \
2023. The Ministry of Defense in Moscow did not comment. Syrian and Israeli officials were silent.
"""


def names(text: str, *, language: str | None = "en", title: str | None = None) -> list[Mention]:
    """Return the mentions in `text`."""
    found, _ = tag_text(text, title=title, language=language, anchor=None, recognizer=RULES)
    return list(found)


def said(text: str, *, language: str | None = "en") -> set[tuple[str, str, str | None]]:
    """Return (surface, kind, country) of each mention in `text`."""
    return {(m.surface, m.kind, m.country_code) for m in names(text, language=language)}


def test_news_gives_its_people_places_and_organisations():
    """Each name of the text is found with its kind; titles and possessives are left out."""
    assert {
        ("Farhad Rostami", "PERSON", None),
        ("Rostami", "PERSON", None),
        ("Bashar al-Assad", "PERSON", None),
        ("Assad", "PERSON", None),
        ("Tehran", "GPE", "IR"),
        ("Iran", "GPE", "IR"),
        ("Syria", "GPE", "SY"),
        ("Russia", "GPE", "RU"),
        ("Israel", "GPE", "IL"),
        ("Moscow", "GPE", "RU"),
        ("Hamas", "ORG", None),
        ("Ministry of Defense", "ORG", None),
        ("Syrian", "NORP", "SY"),
        ("Israeli", "NORP", "IL"),
    } == said(NEWS)


def test_surname_and_full_name_are_one_entity():
    """Surnames such as "Rostami" and "Assad" denote the people named in full before."""
    ids = {m.surface: (m.entity_id, m.entity_name) for m in names(NEWS)}
    assert ids["Rostami"] == ids["Farhad Rostami"]
    assert (
        ids["Assad"]
        == ids["Bashar al-Assad"]
        == (
            make_id("PERSON", "bashar al assad"),
            "Bashar al-Assad",
        )
    )


def test_a_surname_two_people_share_is_the_last_one_named():
    """With two Kims in an article each bare "Kim" is the one just spoken of."""
    text = "Anna Stone met Peter Stone. Then Stone left. Anna Stone stayed, and Stone slept."
    assert [m.entity_name for m in names(text)] == [
        "Anna Stone",
        "Peter Stone",
        "Peter Stone",
        "Anna Stone",
        "Anna Stone",
    ]


def test_title_tells_who_a_surname_is():
    """A full name that only the title has is the name of the surname's entity."""
    found = names("On Monday Rostami resigned.", title="Farhad Rostami resigns after the inquiry")
    assert [(m.surface, m.entity_name) for m in found] == [("Rostami", "Farhad Rostami")]


@pytest.mark.parametrize(
    ("text", "language", "code", "name"),
    [
        ("in Iran", "en", "IR", "Iran"),
        ("nach Russland", "de", "RU", "Russia"),
        ("en Allemagne", "fr", "DE", "Germany"),
        ("de l'Iran", "fr", "IR", "Iran"),
        ("en Estados Unidos", "es", "US", "United States"),
        ("це Росія", "uk", "RU", "Russia"),
        ("في إيران", "ar", "IR", "Iran"),
        ("the U.S. said", "en", "US", "United States"),
        ("Côte d’Ivoire won", "en", "CI", "Ivory Coast"),
    ],
)
def test_a_country_is_one_entity_in_every_language(text: str, language: str, code: str, name: str):
    """The id comes of the ISO code and the name is English, whatever the text calls it."""
    (found,) = names(text, language=language)
    assert (found.entity_id, found.entity_name) == (make_id("GPE", code), name)
    assert found.country_code == code


def test_city_names_of_other_languages_are_the_english_city():
    """CLDR's name for a city leads to the same entity as the English one."""
    (german,) = names("in Moskau", language="de")
    (english,) = names("in Moscow")
    assert german.entity_id == english.entity_id == make_id("GPE", "RU", "moscow")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He studied at Tehran University of Art.", ("Tehran University of Art", "ORG", None)),
        ("It joined the National Bank of Ukraine.", ("National Bank of Ukraine", "ORG", None)),
        ("It was bought by Acme Widgets Inc. for", ("Acme Widgets Inc", "ORG", None)),
        ("He saw Prime Minister Ada van der Berg there", ("Ada van der Berg", "PERSON", None)),
        ("They crossed the Karun River at night", ("Karun River", "LOC", None)),
        ("He met Michael Jordan at home", ("Michael Jordan", "PERSON", None)),
        ("Shares of Moody's fell", ("Moody's", "ORG", None)),
        ("It spread to the Middle East again", ("Middle East", "LOC", None)),
    ],
)
def test_cues_tell_what_a_name_is(text: str, expected: tuple[str, str, str | None]):
    """Heads, titles, particles and lists decide the kind and the extent."""
    assert said(text) == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "Yesterday it rained. However, nobody came. Officials were silent.",
        "On Monday in March it rained.",
        "THE QUICK FOX JUMPS OVER LAZY DOGS",
        "Seven Easy Ways To Make Better Bread",
        "The managing director, and a TV reporter, left.",
    ],
)
def test_capitals_that_name_nothing_are_left(text: str):
    """Starts of sentences, days, months and headlines are no names."""
    assert names(text) == []


def test_german_nouns_are_no_names():
    """In German only lists and strong cues count."""
    text = "Die Regierung in Wien lobt den Vertrag. Kanzler Olaf Scholz schweigt zur Lage."
    assert said(text, language="de") == {
        ("Wien", "GPE", "AT"),
        ("Olaf Scholz", "PERSON", None),
    }


def test_an_acronym_is_the_organisation_named_in_full():
    """The letters "GWU" are the union of the same article; the IMF is so in every article."""
    found = names("The Glass Workers Union (GWU) met. A GWU source spoke of the IMF.")
    assert [m.entity_name for m in found if m.surface == "GWU"] == ["Glass Workers Union"] * 2
    assert found[-1].entity_name == "International Monetary Fund"


def test_unknown_language_gives_no_names():
    """The port's promise: empty where the language is not known to it."""
    assert RULES.recognize(NEWS, language="xx") == ()
    assert RULES.recognize(NEWS, language=None) == RULES.recognize(NEWS, language="en")


def test_overlapping_spans_are_settled():
    """A recogniser that breaks its promise cannot break the law of mentions."""
    spans = [
        Span(start_char=a, end_char=b, kind="ORG", score=1.0)
        for a, b in [(4, 9), (0, 5), (5, 5), (6, 8), (9, 99)]
    ]
    assert [(s.start_char, s.end_char) for s in settle_spans("0123456789", spans)] == [
        (0, 5),
        (6, 8),
    ]


def test_entities_trim_what_another_recogniser_marks():
    """Titles, blanks and possessives inside a foreign span do not reach the mention."""
    text = "Gen. Farhad Rostami's men"
    span = Span(start_char=0, end_char=21, kind="PERSON", score=1.0)
    (found,) = resolve(text, [span], language="en")
    assert (found.surface, found.start_char) == ("Farhad Rostami", 5)


def test_folded_names_ignore_case_accents_and_signs():
    """Spellings of one name have one folded form, and folding twice changes nothing."""
    assert fold_name("Nicolás  Maduro-Moros") == fold_name("NICOLAS MADURO MOROS")
    assert fold_name("!!") == "!!"


def test_everyday_words_need_a_cue_to_be_cities():
    """The word "Reading" is a city after "in" only."""
    assert said("He lives in Reading now") == {("Reading", "GPE", "GB")}
    known = find_known("Reading", language="en")
    assert known is not None
    assert known.is_weak


def test_words_that_name_a_party_too_name_none_without_a_cue():
    """Spanish "we can" begins many a sentence."""
    assert said("Podemos llegar a tiempo a la estación.", language="es") == set()
    known = find_known("Podemos", language="es")
    assert known is not None
    assert (known.kind, known.is_weak) == ("ORG", True)


def test_shipped_cities_are_what_the_package_lists():
    """`data/cities.tsv` is made by `etl/tag/cities.py`; a drift means it should be made anew."""
    listed = {line for line in list_cities() if not line.startswith("#")}
    shipped = set(read_lines("cities.tsv"))
    assert len(listed ^ shipped) < 0.05 * len(listed)


def fingerprinted(text: str) -> Fingerprinted:
    """Return an article with `text`."""
    article = Article(
        url="https://news.example/1",
        canonical_url="https://news.example/1",
        declared_canonical_url=None,
        source="news.example",
        title="A speech",
        authors=(),
        published_at=None,
        published_raw=None,
        modified_at=None,
        language="en",
        paragraphs=(text,),
        section=None,
        keywords=(),
        image_url=None,
        is_paywalled=False,
        is_truncated=False,
        extractor="test",
        charset="utf-8",
        claims=(),
    )
    return Fingerprinted(
        article=article,
        text=text,
        text_sha256="",
        content_hash="",
        word_count=0,
        repeats=(),
        shingles=(),
    )


def test_a_tagged_article_says_who_tagged_it():
    """`tag` wraps the article with mentions and dates counted from the anchor."""
    anchor = datetime(2025, 1, 9, tzinfo=UTC)
    tagged = tag(fingerprinted(NEWS + "He spoke yesterday."), recognizer=RULES, anchor=anchor)
    assert tagged.tagger == "rules"
    assert "Tehran" in {m.surface for m in tagged.mentions}
    assert [t.timex_value for t in tagged.timexes] == ["2023-10-07", "2025-01-08"]


WORDS = st.sampled_from([
    "Brig.", "Gen.", "Dr", "President", "Ali", "al-Assad", "Iran's", "Iran’s", "the", "of", "and",
    "U.S.", "Bank", "University", "Ministry", "for", "Smith", "said", ".", ",", "\n", "King",
    "II", "A.", "B.", "İstanbul", "😀", "إيران", "ישראל", "D'Angelo", "l'Iran", "Hamas-led",
    "NATO’s", "'s", "-", "&", "Côte",
])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    text=st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=16).map(" ".join)),
    title=st.none() | st.text(max_size=20),
    language=st.sampled_from(["en", "de", "fr", "ar", "zh", "xx", "not a language", "", None]),
)
def test_laws_of_mentions_hold_on_any_text(text: str, title: str | None, language: str | None):
    """Offsets slice back, nothing overlaps or is out of order, and it is repeatable."""
    found = names(text, language=language, title=title)
    end = 0
    for mention in found:
        assert end <= mention.start_char < mention.end_char <= len(text)
        assert text[mention.start_char : mention.end_char] == mention.surface
        assert 0 < mention.score <= 1
        assert mention.entity_name
        end = mention.end_char
    assert found == names(text, language=language, title=title)


@pytest.mark.parametrize("piece", ["Dr. ", "Aa ", "al-", "Bank of the ", "Ann Smith ", "1", " "])
def test_long_repetitive_texts_are_bounded(piece: str):
    """The work at each word is bounded, so 40 kB of one cue takes well under two CPU seconds."""
    RULES.recognize("", language="en")  # the lists are read before the clock starts
    with ends():
        names(piece * (40_000 // len(piece)))


def test_very_long_articles_are_bounded():
    """200,000 words take less than ten CPU seconds (in practice one or two)."""
    text = "Rain fell over the quiet town near Tehran. " * 25_000
    with ends():
        assert len(names(text)) >= 25_000


def test_news_is_tagged_at_ten_thousand_words_a_cpu_second():
    """Names and dates together, on text full of both (in practice about five times that)."""
    text = NEWS * (20_000 // len(NEWS.split()))
    with ends():
        tag_text(text, title=None, language="en", anchor=None, recognizer=RULES)
