"""Which entity each mention of an article denotes; one article at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from etl.records import Mention, Span, make_id
from etl.tag.gazetteer import Known, country_name, find_known
from etl.tag.names import bare_name
from etl.tag.offices import Offices, is_office, owns
from etl.tag.organisations import Organisations
from etl.tag.people import People
from etl.tag.places import Places
from etl.tag.spans import trim_span

_IDS_KEPT = 4_096
_PLACES = frozenset({"GPE", "LOC"})
_OWNERS = frozenset({"GPE", "NORP"})
_entity_id = lru_cache(_IDS_KEPT)(make_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cast:
    """What an article names: whom a surname, an acronym or a town's name in it means."""

    people: People
    offices: Offices
    organisations: Organisations
    places: Places
    language: str | None


def resolve(
    text: str, spans: Iterable[Span], *, language: str | None, named: Iterable[str] = ()
) -> tuple[Mention, ...]:
    """Return a mention for each span of a name, with the entity it denotes.

    Countries are one entity in every language; a surname is the last person before it who was
    named in full, or the first after it; an acronym is the organisation of those initials.
    Titles and possessive endings are cut off the spans.

    Args:
        text: what the spans were marked in.
        spans: in order, none overlapping.
        language: ISO 639-1, or None.
        named: full names of people known otherwise, such as from the title.
    """
    trimmed = [trimmed for span in spans if (trimmed := trim_span(text, span))]
    of_kind = {kind: [s for s in trimmed if s.kind == kind] for kind in ("PERSON", "ORG")}
    cast = _Cast(
        people=People(
            [(-1, name) for name in named]
            + [(s.start_char, text[s.start_char : s.end_char]) for s in of_kind["PERSON"]]
        ),
        organisations=Organisations(text, [(s.start_char, s.end_char) for s in of_kind["ORG"]]),
        places=Places(text, trimmed, language),
        offices=Offices(),
        language=language,
    )
    _note_offices(text, trimmed, cast)
    return tuple(_mention(text, span, cast) for span in trimmed)


def _note_offices(text: str, spans: list[Span], cast: _Cast) -> None:
    """Tell the cast which country's each office is that a country's name stands before."""
    for before, span in pairwise(spans):
        name = text[span.start_char : span.end_char]
        if (
            span.kind == "ORG"
            and before.kind in _OWNERS
            and owns(text[before.end_char : span.start_char])
            and is_office(name)
        ):
            owner = _known(text[before.start_char : before.end_char], before, cast)
            if owner and owner.country_code:
                cast.offices.note(name, span.start_char, owner.country_code)


def _mention(text: str, span: Span, cast: _Cast) -> Mention:
    surface = text[span.start_char : span.end_char]
    known = _office(surface, span, cast) or _known(surface, span, cast)
    if known:
        name, parts = known.name, known.id_parts
        if span.kind in _PLACES:
            span = replace(span, kind=known.kind)
    else:
        name = " ".join(surface.split())
        if span.kind == "PERSON":
            name = cast.people.full_name(surface, span.start_char)
        parts = (span.kind, bare_name(name))
    return Mention(
        start_char=span.start_char,
        end_char=span.end_char,
        surface=surface,
        kind=span.kind,
        score=span.score,
        entity_id=_entity_id(*parts),
        entity_name=name,
        country_code=known.country_code if known else None,
    )


def _office(surface: str, span: Span, cast: _Cast) -> Known | None:
    """Return a country's ministry, court or army, None where it is not told whose."""
    name = " ".join(surface.split())
    if span.kind != "ORG" or not is_office(name):
        return None
    code = cast.offices.country_of(name, span.start_char)
    if code is None:
        return None
    shown = f"{name} ({country_name(code)})"
    parts = ("ORG", code, bare_name(name))
    return Known(name=shown, kind="ORG", country_code=code, id_parts=parts)


def _known(surface: str, span: Span, cast: _Cast) -> Known | None:
    """Return what the lists and the article itself say of a mention, of its own kind."""
    name = " ".join(surface.split())
    if span.kind in _PLACES:
        return cast.places.find(name)
    if span.kind == "ORG":
        name = cast.organisations.full_name(name)
    known = find_known(name, language=cast.language)
    if known is None and name.startswith("the "):
        known = find_known(name[4:], language=cast.language)
    if known and known.kind == span.kind:
        return known
    if span.kind != "ORG":
        return None
    parts = ("ORG", bare_name(name))
    return Known(name=name, kind="ORG", country_code=None, id_parts=parts)
