"""What every recogniser promises, whoever made it, and which one is chosen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import ConfigError
from etl.ports import Recognizer
from etl.recognizers import check_choices, name_tagger
from etl.rulesets import TAGGER
from etl.tag import RulesRecognizer, open_recognizer
from etl.tag.backends.gliner import GlinerRecognizer
from etl.tag.backends.spacy import SpacyRecognizer
from tests.patience import ends

NAME = re.compile(r"\b[A-Z]\w+")
TEXTS = (
    "",
    "Oslo",
    "IRAN'S ENVOY LEFT TEHRAN ON MONDAY.",
    "ThisIsOneLongWordThatHasNoBlanks" * 50,
    "😀 Oslo 🎉🇳🇴 Bergen",
    "وصل الوزير إلى طهران، ثم Oslo",
    "北京 Oslo Москва Ελλάδα",
    "\u202eOslo\u202c \u0301\u0301 \ud800 \x00 Oslo",
    "Oslo\n\n\n  \t Oslo",
)


@dataclass
class FoundBySpacy:
    """An entity as spaCy gives it."""

    start_char: int
    end_char: int
    label_: str


@dataclass
class ReadBySpacy:
    """A text as spaCy gives it."""

    ents: list[FoundBySpacy]


def spacy_stand_in(text: str) -> ReadBySpacy:
    """Mark every capitalised word, as a spaCy pipeline would say it; every third is a date."""
    labels = ("PERSON", "GPE", "DATE")
    return ReadBySpacy(
        [
            FoundBySpacy(match.start(), match.end(), labels[number % 3])
            for number, match in enumerate(NAME.finditer(text))
        ]
    )


class GlinerStandIn:
    """Marks every capitalised word, and its beginning as well, as GLiNER's models may."""

    def predict_entities(self, text: str, labels: list[str]) -> list[dict[str, Any]]:
        """Return entities as GLiNER gives them."""
        found = [(match.start(), match.end()) for match in NAME.finditer(text)]
        overlapping = [(start, end - 1) for start, end in found]
        return [
            {"start": start, "end": end, "label": labels[0], "score": 0.75}
            for start, end in [*found, *overlapping]
        ]


@pytest.fixture(
    scope="module",
    params=["model", "rules", "spacy", "gliner"],
)
def recognizer(request: pytest.FixtureRequest) -> Recognizer:
    """Return each recogniser; the libraries of others are stood in for, their adapters are ours."""
    match request.param:
        case "model":
            return open_recognizer()
        case "rules":
            return RulesRecognizer()
        case "spacy":
            return SpacyRecognizer("spacy:stand-in", spacy_stand_in)
        case _:
            return GlinerRecognizer("gliner:stand-in", GlinerStandIn())


def check(recognizer: Recognizer, text: str, language: str | None) -> None:
    """Check the promises of the port for one text."""
    spans = recognizer.recognize(text, language=language)
    end = 0
    for span in spans:
        assert end <= span.start_char < span.end_char <= len(text)
        assert 0 < span.score <= 1
        end = span.end_char
    assert spans == recognizer.recognize(text, language=language)


@pytest.mark.parametrize("language", ["en", "de", None])
@pytest.mark.parametrize("text", TEXTS)
def test_spans_are_in_order_apart_and_the_same_again(
    recognizer: Recognizer, text: str, language: str | None
) -> None:
    """Of texts of any kind."""
    check(recognizer, text, language)


@given(text=st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_keeps_the_promises(text: str) -> None:
    """Of the model, which alone has arithmetic in it."""
    check(open_recognizer(), text, "en")


def test_a_name_is_found(recognizer: Recognizer) -> None:
    """In a plain sentence."""
    text = "The minister arrived in Tehran on Friday."
    spans = recognizer.recognize(text, language="en")
    assert "Tehran" in {text[span.start_char : span.end_char] for span in spans}


def test_a_long_text_is_read_in_time() -> None:
    """A book of 200,000 words ends, with its names in order to the end."""
    text = "Farhad Rostami left Tehran for Oslo, where nobody waited. " * 20_000
    with ends(within_s=120):
        spans = open_recognizer().recognize(text, language="en")
    assert text[spans[-1].start_char : spans[-1].end_char] in {"Oslo", "Tehran"}
    assert spans[-1].start_char > len(text) - 60


def test_an_article_reads_the_same_in_any_company() -> None:
    """What was read before, or is read after, changes nothing."""
    texts = ["Oslo won.", "Farhad Rostami left Tehran. " * 30, "The U.N. met in Bern, Ohio."]
    recognizer = open_recognizer()
    there = [recognizer.recognize(text, language="en") for text in texts]
    back = [recognizer.recognize(text, language="en") for text in reversed(texts)]
    assert there == back[::-1]


def test_each_language_has_the_recognizer_chosen_for_it() -> None:
    """And all others the one for all others."""
    chosen = open_recognizer((("*", "rules"), ("en", "model")))
    text = "Odhikar, a rights group, said so in Dhaka."
    assert chosen.recognize(text, language="en") == open_recognizer().recognize(text, language="en")
    french = "Le ministre est arrivé en Allemagne."
    assert chosen.recognize(french, language="fr") == RulesRecognizer().recognize(
        french, language="fr"
    )


def test_articles_say_what_tagged_them() -> None:
    """The edition, and what differs from what is usual."""
    assert name_tagger() == TAGGER == open_recognizer().name
    assert name_tagger((("*", "rules"),)) == f"{TAGGER} *=rules"


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("spacy:no_such_pipeline", "spacy"),
        ("gliner:no/such", "pip install gliner"),
    ],
)
def test_a_recognizer_that_is_not_installed_is_named_with_its_remedy(spec: str, said: str) -> None:
    """Before any work is begun."""
    with pytest.raises(ConfigError, match=re.escape(spec)) as caught:
        check_choices((("de", spec),))
    assert said in str(caught.value)


def test_a_pipeline_of_spacy_marks_names_by_our_kinds() -> None:
    """The real thing, where it is installed: a pipeline of one rule, saved nowhere."""
    spacy = pytest.importorskip("spacy")
    pipeline = spacy.blank("de")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "LOC", "pattern": "Elbe"}, {"label": "LOC", "pattern": "Bonn"}])
    text = "Von Bonn an die Elbe."
    spans = SpacyRecognizer("spacy:x", pipeline).recognize(text, language="de")
    assert [(text[s.start_char : s.end_char], s.kind) for s in spans] == [
        ("Bonn", "GPE"), ("Elbe", "LOC"),
    ]  # fmt: skip
