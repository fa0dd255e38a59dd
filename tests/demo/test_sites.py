"""Sites are read strictly, and stand differently on day 2."""

from pathlib import Path

import pytest

from etl.demo.sites import Site, load_sites, parse_site, resolve_copies
from etl.errors import ConfigError

from .conftest import HARBOUR, QUAY, WRITTEN


def by_slug(sites: tuple[Site, ...], day: int = 1):
    """Return every article of `day` by its slug."""
    return {each.slug: each for site in sites for each in site.on(day).articles}


def test_text_is_split_at_blank_lines_into_one_line_paragraphs(sites: tuple[Site, ...]):
    """A line break inside a paragraph is a space."""
    paragraphs = by_slug(sites)["ferry-returns"].paragraphs
    assert len(paragraphs) == 3
    assert paragraphs[1] == "Fares fall by a third, says the notice at the quay."


def test_copy_has_its_originals_text_behind_the_credit(sites: tuple[Site, ...]):
    """Only the first paragraph differs, by the credit."""
    articles = by_slug(sites)
    original, copy = articles["ferry-returns"], articles["ferry-again"]
    assert copy.paragraphs[0] == f"(Northern Wire) – {original.paragraphs[0]}"
    assert copy.paragraphs[1:] == original.paragraphs[1:]


def test_correction_changes_the_text_and_the_updated_time_on_day_2_only(sites: tuple[Site, ...]):
    """Copies elsewhere stay as they were."""
    before, after = by_slug(sites, 1), by_slug(sites, 2)
    assert before["ferry-returns"].updated is None
    assert "on Tuesday" in before["ferry-returns"].text
    assert after["ferry-returns"].updated.isoformat() == "2026-11-21T09:30:00+00:00"
    assert "on Thursday" in after["ferry-returns"].text
    assert "on Tuesday" in after["ferry-again"].text


def test_late_article_appears_on_day_2(sites: tuple[Site, ...]):
    """It stands first then: newest first."""
    harbour = sites[0]
    assert [each.slug for each in harbour.on(1).articles] == ["bells", "ferry-returns"]
    assert [each.slug for each in harbour.on(2).articles] == ["lamp", "bells", "ferry-returns"]


def test_repeating_page_prints_the_last_half_twice(sites: tuple[Site, ...]):
    """Four paragraphs become six."""
    bells = by_slug(sites)["bells"]
    assert bells.printed == bells.paragraphs + bells.paragraphs[2:]
    assert len(bells.printed) == 6


def test_paywalled_page_prints_two_paragraphs(sites: tuple[Site, ...]):
    """The third is for subscribers."""
    cable_car = by_slug(sites)["seilbahn"]
    assert cable_car.printed == cable_car.paragraphs[:2]
    assert len(cable_car.paragraphs) == 3


def test_folder_of_sites_is_loaded_with_the_troubled_two(tmp_path: Path):
    """Files that are not TOML are passed over."""
    for name, toml in WRITTEN.items():
        (tmp_path / name).write_text(toml, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a site")
    hosts = [site.host for site in load_sites(tmp_path)]
    assert hosts == [
        "bergblatt.test",
        "carta-do-sul.test",
        "harbour-echo.test",
        "quayside-post.test",
        "gone-courier.test",
        "broken-bulletin.test",
    ]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('feed = "rss"', 'feed = "gopher"', "feed"),
        ("repeats = true", "repeat = true", "repeat"),
        ("2026-11-20T08:15:00+00:00", "2026-11-20T08:15:00", "timezone"),
        ('host = "harbour-echo.test"', 'host = "other.test"', r"other\.test\.toml"),
        ('name = "Harbour Echo"', "name = ", "Invalid value"),
    ],
)
def test_wrong_site_file_is_refused_by_name(old: str, new: str, complaint: str):
    """The complaint names the file and what is wrong in it."""
    with pytest.raises(ConfigError, match=rf"(?s)harbour-echo\.test\.toml: .*{complaint}"):
        parse_site("harbour-echo.test.toml", HARBOUR.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"The pier has a lamp."', '""', "neither text nor copy_of"),
        ('find = "on Tuesday"', 'find = "on Sunday"', r"correction\.find"),
    ],
)
def test_unfinished_article_is_refused(old: str, new: str, complaint: str):
    """An article needs a text, and a correction something to correct."""
    site = parse_site("harbour-echo.test.toml", HARBOUR.replace(old, new))
    with pytest.raises(ConfigError, match=complaint):
        resolve_copies([site])


def test_copy_of_nothing_is_refused():
    """The original must be in the same web."""
    with pytest.raises(ConfigError, match="names no article"):
        resolve_copies([parse_site("quayside-post.test.toml", QUAY)])
