"""A feed's troubles in words: each is found, none is found in a good feed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.feeds.diagnosis.diagnose import Checkup, Finding, PageRules, diagnose, read_document
from etl.feeds.polling.schedule import ScheduleRules
from etl.outcomes import Reason
from etl.records import (
    Answer,
    Body,
    Exchange,
    Failed,
    FeedState,
    Hop,
    Move,
    NotModified,
    Request,
    UsageSignal,
    Validators,
)

from .documents import ATOM, FEED_URL, JSON_FEED, SITEMAP, rss

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
Headers = Mapping[str, str]


def answer_of(result: Body | NotModified | Failed, *hops: Hop, is_audit: bool = False) -> Answer:
    """Return `result` as the fetcher gives it."""
    exchange = Exchange(
        fetch_id="f", kind="feed", url=FEED_URL, final_url=FEED_URL, status=200, outcome="ok",
        error=None, started_at=NOW, elapsed_ms=120, received_bytes=900, hops=hops,
    )  # fmt: skip
    request = Request(key=FEED_URL, url=FEED_URL, kind="feed")
    return Answer(request=request, result=result, exchanges=(exchange,), is_audit=is_audit)


def body_of(content: bytes | str, headers: Headers | None = None) -> Body:
    """Return a 200 answer."""
    return Body(
        url=FEED_URL, final_url=FEED_URL, status=200, headers=tuple((headers or {}).items()),
        content=content.encode() if isinstance(content, str) else content, fetched_at=NOW,
    )  # fmt: skip


def checkup_of(
    content: bytes | str, headers: Headers | None = None, *hops: Hop, **more: object
) -> Checkup:
    """Return what a look at a feed with this document brought."""
    body = body_of(content, headers)
    checkup = Checkup(
        feed_url=FEED_URL,
        answer=answer_of(body, *hops),
        now=NOW,
        rules=ScheduleRules(),
        max_body_bytes=10_000_000,
        reading=read_document(body, feed_url=FEED_URL),
    )
    return replace(checkup, **more)


def failed(reason: Reason, **more: object) -> Checkup:
    """Return what a look at a feed brought that could not be had."""
    result = Failed(url=FEED_URL, reason=reason, detail="so it was", **more)
    return replace(checkup_of(rss()), answer=answer_of(result), reading=None)


def find(checkup: Checkup, topic: str) -> list[Finding]:
    """Return the findings of one topic."""
    return [finding for finding in diagnose(checkup) if finding.topic == topic]


def words_of(checkup: Checkup, topic: str) -> str:
    """Return all that is said of one topic."""
    found = find(checkup, topic)
    return " ".join(filter(None, (w for f in found for w in (f.what, f.newshouse, f.you))))


def items(*parts: str) -> bytes:
    """Return an RSS feed of items with these insides."""
    return rss("".join(f"<item>{part}</item>" for part in parts))


def test_a_good_feed_has_no_problem_and_no_note():
    """Validators given and honoured, dates, links and guids in place."""
    feed = rss(
        "".join(
            f"<item><title>T{n}</title><link>https://news.test/{n}</link><guid>g{n}</guid>"
            f"<pubDate>Tue, 17 Feb 2026 1{n}:00:00 GMT</pubDate></item>"
            for n in range(3)
        )
    )
    again = answer_of(NotModified(url=FEED_URL))
    page = PageRules(url="https://news.test/2")
    checkup = checkup_of(feed, {"etag": '"a"', "content-encoding": "gzip"}, again=again, page=page)
    assert {finding.severity for finding in diagnose(checkup)} == {"ok"}


@pytest.mark.parametrize("reason", list(Reason))
def test_every_failure_is_a_problem_with_what_comes_next(reason: Reason):
    """Whatever the fetcher says: no reason is without words."""
    (first, *_) = diagnose(failed(reason, status=500))
    assert first.severity == "problem"
    assert first.what
    assert first.newshouse


@pytest.mark.parametrize("status", [300, 304, 401, 403, 404, 406, 418, 451, 500, 503, 599])
def test_every_status_has_a_mend(status: int):
    """What the reader can do is never empty."""
    (finding,) = find(failed(Reason.HTTP_STATUS, status=status), "status")
    assert finding.you


def test_what_retry_after_asks_is_said_in_words():
    """In the answer to 429, and to 503."""
    assert "2 hours" in words_of(failed(Reason.RATE_LIMITED, retry_after_s=7_200.0), "rate_limit")
    busy = failed(Reason.HTTP_STATUS, status=503, retry_after_s=120.0)
    assert "2 minutes" in words_of(busy, "status")


def test_only_leading_permanent_redirects_are_a_move():
    """301 then 302: the first is adopted in the end, the second only followed."""
    first = Hop(url=FEED_URL, status=301, location="https://news.test/new.xml")
    then = Hop(url=first.location, status=302, location="https://news.test/today.xml")
    assert "asks https://news.test/new.xml directly" in words_of(
        checkup_of(rss(), None, first, then), "redirect"
    )
    passing = Hop(url=FEED_URL, status=307, location="https://news.test/new.xml")
    assert "for now" in words_of(checkup_of(rss(), None, passing, then), "redirect")


def test_a_redirect_to_another_site_or_to_http_is_pointed_out():
    """A parked domain, a hijack, a downgrade: a person should look."""
    hop = Hop(url=FEED_URL, status=301, location="http://parked.example/feed.xml")
    checkup = checkup_of(rss(), None, hop)
    checkup = replace(checkup, feed_url=FEED_URL.replace("http:", "https:"))
    assert "parked.example" in words_of(checkup, "redirect")
    assert find(checkup, "https")


LINKED = "<link>https://news.test/{0}</link><guid>g{0}</guid>"
DATED = "<pubDate>Tue, 17 Feb 2026 14:12:0{0} GMT</pubDate>"


@pytest.mark.parametrize(
    ("parts", "topic", "words"),
    [
        (["<title>T</title><guid isPermaLink='false'>g</guid>"], "links", "without a web link"),
        (["<link>javascript:alert(1)</link><guid>g</guid>"], "links", "javascript: (1)"),
        (["<link>file:///etc/passwd</link><guid>g</guid>"], "links", "file: (1)"),
        (["<link>/a</link><guid>g</guid>"], "links", "relative"),
        (["<link>https://news.test/a</link>"], "guids", "without a guid"),
        (["<link>https://news.test/a</link><guid>g</guid>"], "dates", "without a date"),
        (
            ["<link>https://news.test/a</link><pubDate>last harvest</pubDate>"],
            "dates",
            "'last harvest'",
        ),
        (
            ["<link>https://news.test/a</link><pubDate>Tue, 17 Feb 2099 14:12:06 GMT</pubDate>"],
            "dates",
            "future",
        ),
        (
            [LINKED.format(n) + DATED.format(0) for n in range(3)],
            "dates",
            "when the document was made",
        ),
        (
            [f"<link>https://news.test/</link><title>{n}</title>" for n in range(3)],
            "links",
            "lead to one page",
        ),
        (
            [f"<link>https://news.test/{n}</link><guid>same</guid>" for n in range(3)],
            "guids",
            "bear a guid that another bears too",
        ),
        ([LINKED.format(1) + DATED.format(1)] * 2, "guids", "twice"),
    ],
)
def test_what_entries_lack_is_said(parts: list[str], topic: str, words: str):
    """One fault each, in the words of its topic."""
    assert words in words_of(checkup_of(items(*parts)), topic)


def test_links_that_are_never_asked_are_pointed_out():
    """Whoever looks for them says why; here it is told."""
    url = "http://169.254.169.254/latest"
    checkup = checkup_of(items(f"<link>{url}</link><guid>g</guid>"), refused={url: "link-local"})
    assert "link-local" in words_of(checkup, "links")


@pytest.mark.parametrize(("days", "severity"), [(29, "ok"), (31, "note"), (181, "problem")])
def test_staleness_is_a_matter_of_degree(days: int, severity: str):
    """A month may be a rhythm, half a year is an end."""
    old = (NOW - timedelta(days=days)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    checkup = checkup_of(items(LINKED.format(1) + f"<pubDate>{old}</pubDate>"))
    topic = "entries" if severity == "ok" else "stale"
    (finding,) = find(checkup, topic)
    assert finding.severity == severity
    assert f"{days} days" in finding.what


def test_full_text_is_told_from_summaries():
    """It decides whether an article can be had when its page cannot."""
    text = "<content:encoded>&lt;p&gt;" + "word " * 300 + "&lt;/p&gt;</content:encoded>"
    assert "carries the text" in words_of(checkup_of(items(LINKED.format(1) + text)), "text")
    summary = "<description>They met for two days.</description>"
    assert "only summaries" in words_of(checkup_of(items(LINKED.format(1) + summary)), "text")


def test_damage_is_told_though_it_is_read():
    """The entries are there all the same."""
    checkup = checkup_of(rss().replace(b"</channel>", b"</chanel>"))
    assert "damaged XML" in words_of(checkup, "damaged")
    assert find(checkup, "answer")
    assert not find(checkup_of(JSON_FEED), "damaged")
    assert not find(checkup_of(b"\xef\xbb\xbf\n" + rss()), "damaged")


def test_an_empty_feed_and_a_page_are_told_apart():
    """Both bring nothing; only one is a mistake of the address."""
    assert find(checkup_of(rss("")), "entries")[0].severity == "problem"
    page = '<!doctype html><link rel="alternate" type="application/atom+xml" href="/a.xml"><p>x'
    assert "https://news.test/a.xml" in words_of(checkup_of(page), "not_a_feed")
    assert "feeds discover" in words_of(checkup_of("<!doctype html><p>x"), "not_a_feed")


@pytest.mark.parametrize(
    ("channel", "headers", "words"),
    [
        ("", {}, "every 5 minutes"),
        ("", {"cache-control": "max-age=3600"}, "60 minutes"),
        ("<ttl>180</ttl>", {"cache-control": "max-age=60"}, "3 hours"),
        ("<ttl>10080</ttl>", {}, "24 hours"),
        ("<skipHours><hour>3</hour><hour>4</hour></skipHours>", {}, "in the hours 3, 4 UTC"),
        ("<skipDays><day>Sunday</day></skipDays>", {}, "on Sunday"),
    ],
)
def test_how_often_a_feed_may_be_asked_is_said(channel: str, headers: Headers, words: str):
    """The longest wish counts, a day at most."""
    checkup = checkup_of(rss(channel=f"<title>T</title>{channel}"), headers)
    assert words in words_of(checkup, "interval")


def test_a_lie_is_proved_by_what_is_stored():
    """The validators of the last poll, but not its bytes."""
    checkup = checkup_of(rss(), {"etag": '"a"'}, again=answer_of(NotModified(url=FEED_URL)))
    state = FeedState(feed_url=FEED_URL, validators=Validators(etag='"a"'), body_sha256="0" * 64)
    assert find(checkup, "validators")[0].severity == "ok"
    assert find(replace(checkup, state=state), "validators")[0].severity == "problem"
    other = replace(state, validators=Validators(etag='"b"'))
    assert find(replace(checkup, state=other), "validators")[0].severity == "ok"


def test_an_audit_counts_news_not_bytes():
    """A counter in a comment is no news behind a 304."""
    same = answer_of(body_of(rss() + b"<!-- 17 -->"), is_audit=True)
    news = answer_of(body_of(items(LINKED.format(9))), is_audit=True)
    headers = {"last-modified": "Tue, 17 Feb 2026 14:12:06 GMT"}
    assert find(checkup_of(rss(), headers, again=same), "validators")[0].severity == "ok"
    assert find(checkup_of(rss(), headers, again=news), "validators")[0].severity == "problem"


@pytest.mark.parametrize(
    ("size", "topic"), [(20_000, "compression"), (2_000_000, "size"), (6_000_000, "size")]
)
def test_heavy_documents_are_pointed_out(size: int, topic: str):
    """Uncompressed, large, and near the limit over which they are refused."""
    assert find(checkup_of(rss() + b" " * size), topic)
    assert not find(checkup_of(rss()), topic)


def test_http_is_noted_where_the_pages_are_https():
    """Nothing is asked to find out: the entries say it."""
    checkup = checkup_of(rss())
    body = replace(body_of(rss()), final_url="http://news.test/feed.xml")
    assert "https://news.test/feed.xml" in words_of(
        replace(checkup, answer=answer_of(body)), "https"
    )
    assert not find(checkup, "https")


def test_what_robots_txt_says_of_pages_is_told():
    """Denied, slow, and reserved against AI: three findings."""
    page = PageRules(
        url="https://news.test/a",
        denial="robots.txt denies it to newshouse",
        delay_s=10,
        signals=(
            *(UsageSignal(source="robots", name=f"Bot{n}", value="disallow") for n in range(9)),
            UsageSignal(source="robots", name="Content-Signal", value="ai-train=no"),
        ),
    )
    checkup = checkup_of(rss(), page=page)
    assert "denies it" in words_of(checkup, "robots")
    assert "10 s" in words_of(checkup, "robots")
    assert "Content-Signal: ai-train=no" in words_of(checkup, "usage")
    assert "and 4 more" in words_of(checkup, "usage")


@pytest.mark.parametrize(
    ("changes", "topic", "words"),
    [
        ({"last_polled_at": None}, "memory", "not polled yet"),
        ({"interval_s": 900}, "memory", "every 15 minutes"),
        ({"state": "paused"}, "memory", "paused"),
        (
            {"state": "failing", "consecutive_failures": 4, "last_error": "No luck."},
            "memory",
            "4 failures in a row",
        ),
        ({"address": "https://news.test/new.xml"}, "moved", "https://news.test/new.xml"),
        (
            {"move": Move(target="https://n.test/", sightings=3, first_seen_at=NOW)},
            "moved",
            "3 times",
        ),
        ({"lied_at": NOW - timedelta(days=2)}, "lying", "2026-03-18"),
        ({"missed_estimate": 12}, "missed", "about 12 entries"),
        ({"silent_at": NOW - timedelta(days=1)}, "silent", "by its habit"),
    ],
)
def test_what_is_remembered_is_told(changes: dict[str, object], topic: str, words: str):
    """Failures, moves, lies, losses, silence: each from the state alone."""
    state = replace(FeedState(feed_url=FEED_URL, last_polled_at=NOW), **changes)
    checkup = checkup_of(rss(), state=state)
    assert words in words_of(checkup, topic)


def test_old_lies_and_silence_to_come_are_not_told():
    """They no longer hold, or do not yet."""
    state = FeedState(
        feed_url=FEED_URL,
        last_polled_at=NOW,
        lied_at=NOW - timedelta(days=40),
        silent_at=NOW + timedelta(days=1),
    )
    checkup = checkup_of(rss(), state=state)
    assert not find(checkup, "lying")
    assert not find(checkup, "silent")


@pytest.mark.parametrize("document", [ATOM, JSON_FEED, SITEMAP, "", "{}", "<x/>", "\x00", "<rss>"])
def test_whatever_was_answered_something_is_said_the_worst_first(document: str):
    """Any kind of document, and its findings in order."""
    found = diagnose(checkup_of(document))
    ranks = [("problem", "note", "ok").index(finding.severity) for finding in found]
    assert ranks
    assert ranks == sorted(ranks)


@given(st.binary(max_size=400), st.booleans())
def test_no_document_is_without_a_finding(content: bytes, is_feed: bool):
    """Random bytes, alone and inside an item: never an exception, always words."""
    document = items(content.decode("latin-1")) if is_feed else content
    assert all(finding.what for finding in diagnose(checkup_of(document)))
