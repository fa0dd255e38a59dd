"""Pages looked at again, pages that led to others', and texts that feeds carried."""

from __future__ import annotations

import pytest

from etl.outcomes import Outcome, Reason
from etl.records import UsageSignal
from tests.store.desk import Desk, Paper, entry, story
from tests.store.test_load import assert_sound, outcomes

URL = "https://harbour.test/a"
URLS = [f"https://harbour.test/{name}" for name in "abcdef"]


def test_of_a_host_only_so_many_pages_are_looked_at_again(desk: Desk) -> None:
    """The longest due first; what is new or failed is never held back, nor are other hosts."""
    other = "https://other.test/x"
    pages = {url: Paper(story(url[-1])) for url in [*URLS, other]}
    pages[URLS[4]] = Paper(outcome=Outcome.FAILED)
    desk.ingest(*(entry(name) for name in "abcde"), entry("x", url=other), pages=pages)
    for name, minutes in (("a", 9), ("b", 5)):
        desk.rows(
            f"UPDATE core.entries SET due_at = due_at - INTERVAL {minutes} MINUTE "
            f"WHERE guid = '{name}'"
        )
    desk.begin()
    desk.load_feeds(entry("f"))
    works = desk.take_up(revisits_per_host=1)
    assert sorted(work.url for work in works) == [URLS[0], URLS[4], URLS[5], other]
    assert {work.url for work in works if work.article_id} == {URLS[0], other}
    desk.load_pages(works, pages | {URLS[4]: Paper(story("e"))})
    assert desk.finish().entries_seen == 4
    assert_sound(desk)
    desk.begin(hours=0)
    assert [work.url for work in desk.take_up(revisits_per_host=1)] == [URLS[1]]


def test_a_page_held_back_that_its_feed_names_departs_unchanged(desk: Desk) -> None:
    """Its entry was met, said nothing new, and its page is looked at in a later run."""
    desk.ingest(entry("a"), pages={URL: Paper(story("ferry"))})
    desk.begin()
    desk.load_feeds(entry("a"))
    assert desk.take_up(revisits_per_host=0) == ()
    desk.finish()
    assert outcomes(desk) == {"a": "unchanged"}
    assert_sound(desk)
    desk.begin()
    assert len(desk.take_up()) == 1


def test_a_page_is_asked_with_the_validators_and_the_address_that_gave_them(desk: Desk) -> None:
    """Not those of another resource (RFC 9110, 8.8.3)."""
    led = "https://harbour.test/a.html"
    desk.ingest(entry("a"), pages={URL: Paper(story("ferry"), final_url=led, etag='"1"')})
    desk.begin()
    (work,) = desk.take_up()
    assert (work.validators.etag, work.validators.url) == ('"1"', led)
    assert work.article_id is not None


def test_a_page_that_is_gone_is_said_to_have_vanished_until_it_is_back(desk: Desk) -> None:
    """404 and 410 on a page looked at again; the article stays as it was."""
    desk.ingest(entry("a"), pages={URL: Paper(story("ferry"))})
    desk.ingest(pages={URL: Paper(outcome=Outcome.GAVE_UP, status=404)})
    assert desk.rows("SELECT vanished_at, text FROM articles") == [(desk.now, story("ferry"))]
    assert_sound(desk)
    desk.ingest(entry("a", title="Edited"), pages={URL: Paper(story("ferry"))})
    assert desk.rows("SELECT vanished_at FROM articles") == [(None,)]


def test_a_page_that_could_not_be_had_has_not_vanished(desk: Desk) -> None:
    """Given up for another reason, or never an article."""
    desk.ingest(entry("a"), pages={URL: Paper(story("ferry"))})
    desk.ingest(pages={URL: Paper(outcome=Outcome.GAVE_UP, status=403)})
    assert desk.rows("SELECT vanished_at FROM articles") == [(None,)]
    desk.ingest(entry("b"), pages={URLS[1]: Paper(outcome=Outcome.GAVE_UP, status=404)})
    assert desk.rows("SELECT vanished_at FROM articles") == [(None,)]


def test_an_address_that_leads_to_anothers_page_is_known_there(desk: Desk) -> None:
    """The article gets its address, so that later entries with it need no fetch."""
    led = Paper(outcome=Outcome.KNOWN, same_as=URL)
    desk.ingest(entry("a"), entry("b"), pages={URL: Paper(story("ferry")), URLS[1]: led})
    assert outcomes(desk) == {"a": "new", "b": "known"}
    assert desk.rows("SELECT count(DISTINCT article_id), count(article_id) FROM entries") == [
        (1, 2)
    ]
    assert desk.rows("SELECT url FROM core.article_urls ORDER BY url") == [(URL,), (URLS[1],)]
    assert desk.rows("SELECT url FROM core.entries WHERE due_at IS NOT NULL") == [(URL,)]
    assert_sound(desk)


@pytest.mark.parametrize(
    ("reason", "is_tried"),
    [(Reason.REFINE_TIMEOUT, False), (Reason.REFINE_MEMORY, False), (Reason.BLOCKED, True)],
)
def test_all_at_once_are_those_whose_page_could_not_be_had(
    desk: Desk, reason: Reason, *, is_tried: bool
) -> None:
    """What was read and came to nothing would come to nothing again: it waits for its day."""
    desk.ingest(entry("a"), pages={URL: Paper("short", outcome=Outcome.REJECTED)})
    desk.rows(
        f"UPDATE core.entries SET reason = '{reason}', due_at = TIMESTAMPTZ '2100-01-01 00:00:00Z'"
    )
    desk.begin()
    works = desk.store.take_up_entries(desk.run, feed_urls=None, every=True, revisits_per_host=1000)
    assert bool(works) is is_tried


def test_an_address_that_leads_to_a_rejected_page_is_rejected_for_its_reason(desk: Desk) -> None:
    """It would have got the same bytes."""
    pages = {
        URL: Paper("short", outcome=Outcome.REJECTED),
        URLS[1]: Paper(outcome=Outcome.KNOWN, same_as=URL),
        URLS[2]: Paper(outcome=Outcome.KNOWN, same_as="https://nowhere.test/"),
    }
    desk.ingest(*(entry(name) for name in "abc"), pages=pages)
    rows = desk.rows("SELECT guid, outcome, reason, detail FROM entries ORDER BY guid")
    assert rows[1:] == [
        ("b", "rejected", "too_short", f"leads to {URL}: 83 < 200 chars"),
        ("c", "rejected", "not_an_article",
         "leads to https://nowhere.test/: no article was found there"),
    ]  # fmt: skip
    assert_sound(desk)


HTML = f"<p>{story('carried', words=40)}</p>"
CARRIED = Paper(outcome=Outcome.GAVE_UP, carried=HTML)


def test_what_a_feed_carries_is_found_when_it_is_worth_it(desk: Desk) -> None:
    """Its last state, not a teaser; and the page's work says so beforehand."""
    desk.begin()
    desk.load_feeds(
        entry("a", content_html="<p>old</p>" * 40), entry("b", content_html="<p>Teaser</p>"),
        entry("c"),
    )  # fmt: skip
    assert {work.url: work.has_carried for work in desk.take_up()} == {
        URLS[0]: True, URLS[1]: False, URLS[2]: False,
    }  # fmt: skip
    desk.finish()
    desk.begin()
    desk.load_feeds(entry("a", content_html=HTML, title="Edited"))
    ids = [entry(name).entry_id for name in "abc"]
    assert desk.store.find_carried(ids) == {ids[0]: HTML}


def test_a_carried_text_becomes_an_article_that_says_where_it_is_from(desk: Desk) -> None:
    """Its version resolves to what was archived; the entry says why the page could not be had."""
    desk.ingest(entry("a", content_html=HTML), pages={URL: CARRIED})
    assert desk.rows("SELECT count(*) FROM articles") == [(1,)]
    pages = desk.rows("SELECT p.kind FROM article_versions JOIN pages AS p USING (page_id)")
    assert pages == [("entry",)]
    assert desk.rows("SELECT outcome, reason, detail FROM outcomes") == [
        ("new", "robots_denied", "text carried by the feed; the page: robots.txt says no"),
    ]
    assert desk.rows("SELECT pages_fetched FROM runs") == [(0,)]
    assert_sound(desk)


def test_a_page_takes_the_place_of_a_carried_text_but_not_the_other_way(desk: Desk) -> None:
    """Feeds cut; pages don't."""
    desk.ingest(entry("a", content_html=HTML), pages={URL: CARRIED})
    desk.ingest(entry("a", title="B", content_html=HTML), pages={URL: Paper(story("whole"))})
    assert desk.rows("SELECT text, version FROM articles") == [(story("whole"), 2)]
    desk.ingest(entry("a", title="C", content_html=HTML), pages={URL: CARRIED})
    assert desk.rows("SELECT text, version FROM articles") == [(story("whole"), 2)]
    assert outcomes(desk) == {"a": "unchanged"}
    assert_sound(desk)


def test_usage_signals_are_kept_with_the_page_they_were_said_of(desk: Desk) -> None:
    """Once a page, and joined with its article."""
    said = (
        UsageSignal(source="robots", name="GPTBot", value="disallow"),
        UsageSignal(source="header", name="tdm-reservation", value="1"),
        UsageSignal(source="header", name="tdm-reservation", value="1"),
    )
    desk.ingest(entry("a"), pages={URL: Paper(story("ferry"), signals=said)})
    rows = desk.rows(
        "SELECT s.source, s.name, s.value, s.url, s.article_id = a.article_id "
        "FROM usage_signals AS s, articles AS a ORDER BY ALL"
    )
    assert rows == [
        ("header", "tdm-reservation", "1", URL, True), ("robots", "GPTBot", "disallow", URL, True),
    ]  # fmt: skip
    assert_sound(desk)
