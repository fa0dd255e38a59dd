"""One poll from question to what is stored: real documents in, states, entries and alarms out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from etl.feeds.polling.poll import ask_children, ask_feed, join_children, open_answer, settle_poll
from etl.feeds.polling.schedule import ScheduleRules
from etl.outcomes import Outcome, Reason
from etl.records import (
    Answer,
    Body,
    Entry,
    Exchange,
    Failed,
    FeedState,
    Hop,
    KnownEntry,
    Move,
    NotModified,
    Polled,
    Request,
    SamePage,
    Validators,
)

from .documents import rss
from .pasts import NOW, RULES

URL = "https://news.test/feed.xml"
STATE = FeedState(feed_url=URL)
HOUR = timedelta(hours=1)


def item(number: int, title: str = "Rain") -> str:
    """Return an RSS item, published `number` hours after midnight."""
    return (
        f"<item><guid isPermaLink='false'>{number}</guid><title>{title} {number}</title>"
        f"<link>https://news.test/{number}</link>"
        f"<pubDate>Tue, 17 Feb 2026 {number:02}:00:00 GMT</pubDate></item>"
    )


def exchange(url: str, outcome: str = "ok", hops: tuple[Hop, ...] = ()) -> Exchange:
    """Return a line of the fetch log."""
    return Exchange(
        fetch_id=url, kind="feed", url=url, final_url=url, status=200, outcome=outcome, error=None,
        started_at=NOW, elapsed_ms=1, received_bytes=1, hops=hops,
    )  # fmt: skip


def full(
    content: bytes | str,
    *headers: tuple[str, str],
    url: str = URL,
    final_url: str | None = None,
    hops: tuple[Hop, ...] = (),
    is_audit: bool = False,
) -> Answer:
    """Return a full answer with this body."""
    body = Body(
        url=url, final_url=final_url or url, status=200, headers=headers,
        content=content if isinstance(content, bytes) else content.encode(), fetched_at=NOW,
    )  # fmt: skip
    return Answer(
        request=Request(key=URL, url=url, kind="feed"), result=body,
        exchanges=(exchange(url, hops=hops),), is_audit=is_audit,
    )  # fmt: skip


def bare(result: NotModified | Failed | SamePage, *, is_audit: bool = False) -> Answer:
    """Return an answer without a body."""
    return Answer(
        request=Request(key=URL, url=result.url, kind="feed"), result=result,
        exchanges=(exchange(result.url, "not_modified"),), is_audit=is_audit,
    )  # fmt: skip


def remember(polled: Polled) -> list[KnownEntry]:
    """Return what the warehouse knows of a poll's entries afterwards."""
    return [know(met.entry) for met in polled.met]


def know(entry: Entry) -> KnownEntry:
    """Return an entry as the warehouse remembers it."""
    return KnownEntry(
        entry_id=entry.entry_id, feed_url=entry.feed_url, guid=entry.guid, url=entry.url,
        title=entry.title, published_raw=entry.published_raw, published_at=entry.published_at,
        fingerprint=entry.fingerprint,
    )  # fmt: skip


def poll(
    state: FeedState, answer: Answer, known: list[KnownEntry] | None = None, *, hours: float = 0
) -> Polled:
    """Return one poll settled so many hours after NOW."""
    return settle_poll(
        open_answer(state, answer), known=known or [], pages=(), now=NOW + hours * HOUR,
        rules=RULES,
    )  # fmt: skip


def test_a_feed_is_asked_at_its_address_with_its_validators():
    """Under its own name, whatever its address."""
    held = Validators(etag='"1"', url="https://new.test/f")
    state = replace(STATE, address="https://new.test/f", validators=held)
    asked = ask_feed(state, now=NOW, rules=ScheduleRules(audit_share=1.0))
    assert (asked.key, asked.url, asked.validators) == (URL, "https://new.test/f", held)
    assert asked.is_audited
    liar = replace(state, lied_at=NOW - HOUR)
    again = ask_feed(liar, now=NOW, rules=ScheduleRules(audit_share=1.0))
    assert (again.validators, again.is_audited) == (Validators(), False)
    assert ask_feed(STATE, now=NOW, rules=RULES).url == URL


def test_a_feed_that_brought_news_within_the_hour_is_not_audited():
    """It hides none; the second of two runs in a row gets nothing but 304s."""
    state = replace(STATE, validators=Validators(etag='"1"', url=URL), last_new_at=NOW)
    rules = ScheduleRules(audit_share=1.0)
    asked = [ask_feed(state, now=NOW + n * HOUR / 2, rules=rules).is_audited for n in range(3)]
    assert asked == [False, False, True]


def test_a_first_poll_queues_every_entry_and_keeps_the_validators():
    """Its body is archived; its entries are due."""
    answer = full(rss(item(1) + item(2)), ("etag", '"1"'))
    opened = open_answer(STATE, answer)
    assert [body.content for body in opened.bodies] == [answer.result.content]
    polled = poll(STATE, answer)
    assert [met.is_due for met in polled.met] == [True, True]
    assert polled.state.validators == Validators(etag='"1"', url=URL)
    assert (polled.is_unchanged, polled.is_failed, polled.alarms) == (False, False, ())


def test_the_same_bytes_under_a_200_are_an_unchanged_feed():
    """Nothing to archive, no entries; the answer's own validators hold from then on."""
    first = poll(STATE, full(rss(item(1)), ("etag", '"1"')))
    opened = open_answer(first.state, full(rss(item(1)), ("etag", '"2"')))
    assert (opened.bodies, opened.entries) == ((), ())
    again = poll(first.state, full(rss(item(1)), ("etag", '"2"')))
    assert again.is_unchanged
    assert again.state.validators.etag == '"2"'
    assert again.state.last_status == 200


def test_an_unchanged_entry_departs_and_a_changed_one_is_due():
    """By the fingerprint."""
    first = poll(STATE, full(rss(item(1) + item(2))))
    second = poll(first.state, full(rss(item(1) + item(2, "Snow"))), remember(first), hours=1)
    assert [met.is_due for met in second.met] == [False, True]
    assert second.met[0].departure is not None
    assert second.met[0].departure.outcome is Outcome.UNCHANGED
    assert [met.is_new for met in second.met] == [False, False]


def test_a_304_that_hid_news_is_a_lie():
    """Validators go, the alarm comes, and the next question carries none."""
    first = poll(STATE, full(rss(item(1)), ("etag", '"1"')))
    audit = full(rss(item(1) + item(2)), ("etag", '"1"'), is_audit=True)
    lied = poll(first.state, audit, remember(first), hours=1)
    assert lied.state.lied_at == NOW + HOUR
    assert lied.state.validators == Validators()
    assert [alarm.kind for alarm in lied.alarms] == ["feed_lying"]
    assert [met.is_due for met in lied.met] == [False, True]
    later = poll(lied.state, full(rss(item(1) + item(2)), ("etag", '"1"')), hours=2)
    assert ask_feed(later.state, now=NOW + 3 * HOUR, rules=RULES).validators == Validators()
    assert [alarm.kind for alarm in later.alarms] == ["feed_lying"]


def test_other_bytes_that_say_nothing_new_are_no_lie():
    """A build date in the channel, say."""
    first = poll(STATE, full(rss(item(1)), ("etag", '"1"')))
    stamped = rss(item(1), channel="<title>Example</title><lastBuildDate>now</lastBuildDate>")
    audited = poll(first.state, full(stamped, ("etag", '"1"'), is_audit=True), remember(first))
    assert audited.state.lied_at is None
    assert audited.state.validators.etag == '"1"'


def test_an_audit_that_fails_leaves_the_304_standing():
    """The feed did answer; only our second question was not."""
    first = poll(STATE, full(rss(item(1)), ("etag", '"1"')))
    down = Failed(url=URL, reason=Reason.TIMEOUT, detail="slow")
    after = poll(first.state, bare(down, is_audit=True))
    assert (after.is_failed, after.is_unchanged) == (False, True)
    assert after.state.consecutive_failures == 0
    assert after.state.validators == first.state.validators


def test_an_answer_that_is_no_feed_is_a_failure_and_archives_nothing():
    """An HTML page, or a redirect to what was read already."""
    for answer in (
        full("<!doctype html><html><body>Hello</body></html>"),
        bare(SamePage(url=URL, final_url="https://news.test/other.xml")),
    ):
        assert open_answer(STATE, answer).bodies == ()
        polled = poll(STATE, answer)
        assert polled.is_failed
        assert polled.state.consecutive_failures == 1


def test_a_page_at_the_end_of_a_permanent_redirect_does_not_move_a_feed():
    """Only a good feed counts; entry ids hang on the subscribed address either way."""
    hops = (Hop(url=URL, status=301, location="https://new.test/f"),)
    parked = poll(STATE, full("<html>For sale</html>", hops=hops))
    assert parked.state.move is None
    good = poll(STATE, full(rss(item(1)), final_url="https://new.test/f", hops=hops))
    assert good.state.move == Move(target="https://new.test/f", sightings=1, first_seen_at=NOW)
    direct = poll(STATE, full(rss(item(1))))
    assert direct.met[0].entry.entry_id == good.met[0].entry.entry_id


def test_entries_that_came_and_went_are_estimated_and_told():
    """Ten hours between two documents of three entries an hour apart."""
    first = poll(STATE, full(rss(item(0) + item(1) + item(2))), hours=-12)
    second = poll(first.state, full(rss(item(10) + item(11) + item(12))), remember(first))
    assert second.state.missed_estimate is not None
    assert 4 <= second.state.missed_estimate <= 10
    assert [alarm.kind for alarm in second.alarms] == ["feed_missing_entries"]
    overlapping = poll(first.state, full(rss(item(2) + item(3))), remember(first))
    assert overlapping.state.missed_estimate == 0


CHILDREN = tuple(f"https://news.test/s{number}.xml" for number in range(1, 8))
INDEX = (
    '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    + "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in CHILDREN)
    + "</sitemapindex>"
)


def sitemap(*paths: str) -> str:
    """Return a news sitemap."""
    urls = "".join(
        f"<url><loc>https://news.test/{path}</loc><news:news>"
        "<news:publication><news:name>E</news:name><news:language>en</news:language>"
        "</news:publication><news:publication_date>2026-02-17T14:12:06Z</news:publication_date>"
        f"<news:title>{path}</news:title></news:news></url>"
        for path in paths
    )
    return (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    )


def read_index(state: FeedState, paths: dict[str, str | None], *, hours: float = 0) -> Polled:
    """Return the poll of an index whose sitemaps list one path each (None: it fails)."""
    opened = open_answer(state, full(INDEX, ("etag", '"i"')))
    answers = []
    for request in reversed(ask_children(opened)):
        path = paths[request.url]
        down = Failed(url=request.url, reason=Reason.TIMEOUT, detail="slow")
        answers.append(bare(down) if path is None else full(sitemap(path), url=request.url))
    joined = join_children(opened, answers)
    assert len(joined.bodies) in (0, 1 + sum(path is not None for path in paths.values()))
    return settle_poll(joined, known=[], pages=(), now=NOW + hours * HOUR, rules=RULES)


def test_an_index_of_sitemaps_is_read_as_one_feed_of_its_first_five():
    """Questions lead back to it by their key; every exchange is its own."""
    opened = open_answer(STATE, full(INDEX))
    asked = ask_children(opened)
    assert [request.url for request in asked] == list(CHILDREN[:5])
    assert {(request.key, request.kind) for request in asked} == {(URL, "feed")}
    polled = read_index(STATE, {url: url[-6:-4] for url in CHILDREN[:5]})
    assert [met.entry.title for met in polled.met] == ["s1", "s2", "s3", "s4", "s5"]
    assert {met.entry.feed_url for met in polled.met} == {URL}
    assert len(polled.exchanges) == 6


def test_an_unchanged_index_is_one_whose_sitemaps_are_all_unchanged():
    """It is asked without validators: it may stand still while they move."""
    paths = dict.fromkeys(CHILDREN[:5], "a")
    first = read_index(STATE, paths)
    assert len(first.met) == 1  # one address listed five times is one entry
    assert ask_feed(first.state, now=NOW, rules=RULES).validators == Validators()
    again = read_index(first.state, paths, hours=1)
    assert (again.is_unchanged, again.met) == (True, ())
    moved = read_index(again.state, paths | {CHILDREN[2]: "b"}, hours=2)
    assert not moved.is_unchanged
    assert len(moved.met) == 2


def test_a_sitemap_that_fails_is_noted_and_costs_only_its_own_entries():
    """And nothing is called missed that may stand in it."""
    paths = dict.fromkeys(CHILDREN[:5], "a") | {CHILDREN[0]: None}
    polled = read_index(STATE, paths)
    assert not polled.is_failed
    assert polled.state.state == "active"
    assert "1 of its sitemaps could not be read: slow" in (polled.state.last_error or "")
    assert polled.state.body_sha256 is None


def test_an_index_fails_only_when_all_its_sitemaps_do():
    """Saying what went wrong with the first."""
    polled = read_index(STATE, dict.fromkeys(CHILDREN[:5]))
    assert polled.is_failed
    assert "none of the 5 sitemaps" in (polled.state.last_error or "")
    assert len(polled.exchanges) == 6
