"""Judge what a feed's entries lack: links, names of their own, text; with their dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from etl.feeds.diagnosis.checkup import Checkup, Reading
from etl.feeds.diagnosis.dates import judge_age, judge_dates
from etl.feeds.diagnosis.finding import Finding, fine, note, problem, say_count
from etl.feeds.reading.draft import Draft
from etl.feeds.reading.text import plain_text
from etl.records import Entry, Feed
from etl.urls import identity

FEW = 3
"""Fewer entries may be alike by chance."""

FULL_TEXT_CHARS = 800
SHOWN = 3


def judge_document(checkup: Checkup, reading: Reading) -> Iterator[Finding]:
    """Yield what is wrong with the document as a whole; nothing for what is no feed."""
    if reading.damage is not None:
        yield note(
            "damaged",
            f"damaged XML: {reading.damage}",
            "reads it as far as it goes, with three readers one after the other",
            "tell the publisher: other programs may refuse it",
        )
    feed = reading.feed
    if feed is None:
        return
    if feed.children:
        yield fine(
            "entries",
            f"an index of {len(feed.children):,} sitemaps",
            "reads the newest of them in the same run, as documents of this feed",
        )
    elif not feed.entries:
        yield problem(
            "entries",
            "a valid feed without entries",
            "keeps asking; an empty feed is no error",
            "if the site has news, look for another feed: `newshouse feeds discover "
            f"{feed.home_url or checkup.feed_url}`",
        )
    else:
        yield from judge_entries(checkup, reading)


def judge_fault(checkup: Checkup, fault: str, reading: Reading) -> Finding:
    """Return what was found in place of a feed."""
    if reading.links:
        named = ", ".join(link.url for link in reading.links[:SHOWN])
        more = len(reading.links) - SHOWN
        you = f"subscribe to what the page names: {named}" + (f" (+{more})" if more > 0 else "")
    else:
        you = f"look for its feeds: `newshouse feeds discover {checkup.feed_url}`"
    return problem(
        "not_a_feed",
        f"not a feed: {fault.replace(', not a feed', '')}",
        "loads nothing; asks again after a longer wait each time, in case it was a passing error",
        you,
    )


def judge_entries(checkup: Checkup, reading: Reading) -> Iterator[Finding]:
    """Yield what is wrong with the entries; there is at least one."""
    feed, draft = reading.feed, reading.draft
    assert feed is not None
    assert draft is not None
    entries = feed.entries
    yield from _judge_links(entries, draft.drafts, feed)
    yield from _judge_refused(checkup, entries)
    if draft.format != "sitemap":  # they have none by design
        yield from _judge_guids(entries, draft.drafts)
    yield from judge_dates(checkup, entries)
    yield from judge_age(checkup, entries)
    yield _judge_text(entries)


def _judge_links(
    entries: Sequence[Entry], drafts: Sequence[Draft], feed: Feed
) -> Iterator[Finding]:
    total = len(entries)
    without = sum(entry.url is None for entry in entries)
    if without:
        yield problem(
            "links",
            f"{say_count(without, total)} without a web link",
            "records them as rejected (no_url); there is no page to fetch",
        )
    strange = Counter(scheme for draft in drafts if (scheme := _scheme(draft.link)))
    if strange:
        listed = ", ".join(f"{scheme}: ({count})" for scheme, count in strange.most_common(SHOWN))
        yield problem("links", f"links that lead to no web page: {listed}", "never follows them")
    relative = sum(bool(draft.link) and ":" not in (draft.link or "")[:12] for draft in drafts)
    if relative:
        yield note(
            "links",
            f"{say_count(relative, len(drafts))} with a relative link",
            f"completes them from xml:base or {feed.home_url or feed.url}",
        )
    yield from _judge_targets(entries)


def _judge_targets(entries: Sequence[Entry]) -> Iterator[Finding]:
    targets = Counter(identity(entry.url) for entry in entries if entry.url)
    if len(targets) == 1 and targets.total() >= FEW:
        yield problem(
            "links",
            f"all {targets.total():,} links lead to one page",
            "fetches that page once; one article comes of it",
            "subscribe to a feed whose entries have pages of their own",
        )
    elif shared := sum(count for count in targets.values() if count > 1):
        yield note(
            "links",
            f"{say_count(shared, len(entries))} share their link with another",
            "tells them apart by guid, and fetches each page once",
        )


def _scheme(link: str | None) -> str | None:
    """Return the scheme of a link that is not for the web: "javascript", "file"."""
    scheme, colon, _ = (link or "").strip().partition(":")
    is_scheme = bool(colon) and scheme.isascii() and scheme.replace("-", "").isalnum()
    return scheme.lower() if is_scheme and scheme.lower() not in {"http", "https"} else None


def _judge_refused(checkup: Checkup, entries: Sequence[Entry]) -> Iterator[Finding]:
    refused = [entry.url for entry in entries if entry.url and entry.url in checkup.refused]
    if refused:
        yield problem(
            "links",
            f"{say_count(len(refused), len(entries))} with a link that must not be asked: "
            f"{checkup.refused[refused[0]]}",
            "never connects there; the entries are rejected",
            "make sure that you trust this feed",
        )


def _judge_guids(entries: Sequence[Entry], drafts: Sequence[Draft]) -> Iterator[Finding]:
    without = sum(not draft.guid for draft in drafts)
    if without:
        yield note(
            "guids",
            f"{say_count(without, len(drafts))} without a guid",
            "knows them by their link, else by title and date",
        )
    shared = sum(entry.is_guid_shared for entry in entries)
    if shared:
        yield note(
            "guids",
            f"{say_count(shared, len(entries))} bear a guid that another bears too",
            "does not rely on those guids, and tells the entries apart by their links",
        )
    if len(drafts) > len(entries):
        twice = len(drafts) - len(entries)
        yield note("guids", f"{twice:,} entries stand there twice", "reads each once")


def _judge_text(entries: Sequence[Entry]) -> Finding:
    carried = round(median(len(plain_text(entry.content_html) or "") for entry in entries))
    told = round(median(len(plain_text(entry.summary) or "") for entry in entries))
    typical = max(carried, told)
    if carried >= FULL_TEXT_CHARS:
        return fine(
            "text",
            f"carries the text of its articles, typically {typical:,} characters",
            "takes the article from its page, and from here where the page cannot be had",
        )
    what = f"only summaries, typically {typical:,} characters" if typical else "titles only"
    return fine("text", what, "takes the articles from their pages")
