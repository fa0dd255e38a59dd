"""Which entity a mention is: people, organisations and places of one article."""

from __future__ import annotations

import re

import pytest

from etl.records import EntityKind, Mention, Span
from etl.tag.entities import resolve
from etl.tag.kinds import kind_of_other, kind_of_place
from etl.tag.towns import find_cities, find_state


def marked(text: str, **kinds: str) -> list[Mention]:
    """Return the mentions of `text` with every occurrence of the given names marked.

    Underscores stand for blanks.
    """
    spans: list[Span] = []
    end = 0
    alternatives = sorted((name.replace("_", " ") for name in kinds), key=len, reverse=True)
    for match in re.finditer("|".join(map(re.escape, alternatives)), text):
        if match.start() >= end:
            kind: EntityKind = kinds[match[0].replace(" ", "_")]  # type: ignore[assignment] - a test's own words
            spans.append(Span(start_char=match.start(), end_char=match.end(), kind=kind, score=0.9))
            end = match.end()
    return list(resolve(text, spans, language="en"))


def countries(text: str, **kinds: str) -> list[str | None]:
    """Return the country of each mention, in order."""
    return [mention.country_code for mention in marked(text, **kinds)]


def one_entity(mentions: list[Mention]) -> bool:
    """Return whether all mentions are of one entity."""
    return len({mention.entity_id for mention in mentions}) == 1


def test_a_city_is_the_largest_of_its_name() -> None:
    """Unless something else is said."""
    assert countries("From Paris to Lyon.", Paris="GPE", Lyon="GPE") == ["FR", "FR"]


def test_a_city_is_where_the_words_behind_it_say_and_stays_there() -> None:
    """Also where only a later mention says it."""
    text = "He left Paris early. In Paris, Texas, it rained."
    mentions = marked(text, Paris="GPE", Texas="GPE")
    assert [mention.country_code for mention in mentions] == ["US", "US", "US"]
    assert one_entity(mentions[:2])
    assert mentions[0].entity_id != marked("In Paris.", Paris="GPE")[0].entity_id


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Floods hit Hyderabad, the government in Pakistan said.", "PK"),
        ("Floods hit Hyderabad, Indian officials said. Pakistan sent help.", "IN"),
        ("Floods hit Hyderabad.", "IN"),
    ],
)
def test_a_city_of_several_lies_in_the_country_the_article_speaks_of(text: str, code: str) -> None:
    """Size decides among the countries that are named."""
    found = countries(text, Hyderabad="GPE", Pakistan="GPE", Indian="NORP")
    assert found[0] == code


def test_a_list_of_places_says_nothing_of_where_the_first_lies() -> None:
    """There is no Paris in Germany."""
    text = "He saw Paris, Germany and Italy."
    assert countries(text, Paris="GPE", Germany="GPE", Italy="GPE") == ["FR", "DE", "IT"]


def test_a_town_nobody_lists_lies_in_the_country_behind_it() -> None:
    """In brackets or after a comma."""
    assert countries("In Kelltown (Mali) and Brigg, Kenya.", Kelltown="GPE", Brigg="GPE") == [
        "ML", "KE",
    ]  # fmt: skip


def test_parts_of_countries_have_their_country() -> None:
    """Each is an entity of its own."""
    text = "northern Mali, Kano State, Mali"
    mentions = marked(text, northern_Mali="LOC", Kano_State="GPE", Mali="GPE")
    assert [mention.country_code for mention in mentions] == ["ML", "NG", "ML"]
    assert len({mention.entity_id for mention in mentions}) == 3


def test_an_article_before_a_country_changes_nothing() -> None:
    """It is no part of the name."""
    mentions = marked("the Gambia; Gambia", the_Gambia="GPE", Gambia="GPE")
    assert one_entity(mentions)
    assert mentions[0].country_code == "GM"


def test_an_organisation_and_its_short_forms_are_one() -> None:
    """In brackets, by initials, and without its legal form."""
    text = (
        "The Harbour Workers Front (Hafront) met Nordisk Kraft ASA and the Union of Farmers. "
        "Hafront left; Nordisk Kraft stayed, and UF was silent."
    )
    mentions = marked(
        text, Harbour_Workers_Front="ORG", Hafront="ORG", Nordisk_Kraft_ASA="ORG",
        Nordisk_Kraft="ORG", Union_of_Farmers="ORG", UF="ORG",
    )  # fmt: skip
    names = [mention.entity_name for mention in mentions]
    assert names == [
        "Harbour Workers Front", "Harbour Workers Front", "Nordisk Kraft ASA", "Union of Farmers",
        "Harbour Workers Front", "Nordisk Kraft ASA", "Union of Farmers",
    ]  # fmt: skip


def test_acronyms_of_known_organisations_lead_to_them() -> None:
    """From the article's own words to the list's name."""
    mentions = marked("The African Union met. The AU agreed.", African_Union="ORG", AU="ORG")
    assert one_entity(mentions)


def test_two_countries_ministries_are_two() -> None:
    """One that is named without its country is the one last spoken of."""
    text = (
        "Russia's Defense Ministry spoke. Later the Defense Ministry added more. "
        "The Ukrainian Defense Ministry denied it."
    )
    kinds = {"Russia": "GPE", "Ukrainian": "NORP", "Defense_Ministry": "ORG"}
    offices = [mention for mention in marked(text, **kinds) if mention.kind == "ORG"]
    assert [office.country_code for office in offices] == ["RU", "RU", "UA"]
    assert offices[0].entity_id == offices[1].entity_id != offices[2].entity_id
    assert offices[0].entity_name == "Defense Ministry (Russia)"


def test_an_office_of_nobody_knows_whom_has_no_country() -> None:
    """And firms are nobody's offices."""
    kinds = {"Norwegian": "NORP", "Parliament": "ORG", "Nordisk_Kraft": "ORG"}
    mentions = marked("Parliament voted. Norwegian Nordisk Kraft fell.", **kinds)
    assert [mention.country_code for mention in mentions] == [None, "NO", None]


def test_a_person_with_an_initial_or_a_junior_is_the_same() -> None:
    """And by surname."""
    text = "Sarah J. Stone and Martin Lund Jr. Sarah Stone spoke. Lund left, Stone stayed."
    mentions = marked(
        text, **{"Sarah_J._Stone": "PERSON"}, Sarah_Stone="PERSON",
        Stone="PERSON", Martin_Lund_Jr="PERSON", Lund="PERSON",
    )  # fmt: skip
    names = [mention.entity_name for mention in mentions]
    assert names == [
        "Sarah J. Stone", "Martin Lund Jr", "Sarah J. Stone", "Martin Lund Jr", "Sarah J. Stone",
    ]  # fmt: skip


def test_ids_do_not_depend_on_what_else_is_read() -> None:
    """The same name in two articles is the same entity, in whatever order."""
    first = marked("Farhad Rostami left Bergen.", Farhad_Rostami="PERSON", Bergen="GPE")
    second = marked("In Bergen: FARHAD ROSTAMI.", FARHAD_ROSTAMI="PERSON", Bergen="GPE")
    assert {mention.entity_id for mention in first} == {mention.entity_id for mention in second}


def test_cities_are_found_whatever_their_accents() -> None:
    """The largest first."""
    assert [city.code for city in find_cities("Cordoba")][:2] == ["AR", "ES"]
    assert [city.code for city in find_cities("CÓRDOBA")][:2] == ["AR", "ES"]
    assert find_cities("Nosuchtown") == ()


def test_states_are_known_by_name_code_and_short_form() -> None:
    """Of the United States."""
    assert {find_state(name) for name in ("Texas", "TX")} == {"TX"}
    assert find_state("Calif.") == "CA"
    assert find_state("Mali") is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Mali", "GPE"), ("Kelltown", "GPE"), ("Tana River", "LOC"), ("Mount Kell", "LOC"),
        ("West Africa", "LOC"), ("the Sahel", "LOC"), ("Kano State", "GPE"),
    ],
)  # fmt: skip
def test_places_are_governed_or_lie_there(name: str, kind: str) -> None:
    """Lists know, or the words of the name say."""
    assert kind_of_place(name) == kind


def test_other_names_are_events_works_or_neither() -> None:
    """By a word of the name, or the signs around it."""
    assert kind_of_other("World Cup", "", "") == "EVENT"
    assert kind_of_other("The Long Harbour", "\u201c", "\u201d") == "WORK"
    assert kind_of_other("Harbour Act", "", ".") == "MISC"
