"""Say in words what is wrong with a feed, what newshouse does about it, and what you can do.

`read_document` looks into an answer, `diagnose` judges everything known of a feed. Each topic has
a module of its own: how it was answered, its validators, its entries, what is remembered of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.durations import say_duration
from etl.feeds.diagnosis.answer import judge_failure, judge_size, judge_way
from etl.feeds.diagnosis.checkup import Checkup, PageRules, Reading, read_document
from etl.feeds.diagnosis.entries import judge_document, judge_fault
from etl.feeds.diagnosis.finding import Finding, Severity, fine, note, problem, say_bytes
from etl.feeds.diagnosis.memory import judge_memory
from etl.feeds.diagnosis.validators import judge_validators
from etl.feeds.polling.hints import DAY_S, header_floor_s
from etl.records import Body, Failed, UsageSignal

__all__ = ["Checkup", "Finding", "PageRules", "Reading", "Severity", "diagnose", "read_document"]

_WORST: tuple[Severity, ...] = ("problem", "note", "ok")
_SHOWN = 5
SELDOM_S = 3_600
"""WordPress asks for an hour everywhere; a feed that asks for more brings its news late."""
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def diagnose(checkup: Checkup) -> tuple[Finding, ...]:
    """Return everything found, what costs news first; at least one finding."""
    found = [*_judge_answer(checkup), *_judge_page(checkup)]
    if checkup.state is not None:
        found += judge_memory(checkup.state, now=checkup.now)
    return tuple(sorted(found, key=lambda finding: _WORST.index(finding.severity)))


def _judge_answer(checkup: Checkup) -> Iterator[Finding]:
    yield from judge_way(checkup)
    result, reading = checkup.answer.result, checkup.reading
    if isinstance(result, Failed):
        yield from judge_failure(checkup, result)
    elif isinstance(result, Body) and reading is not None:
        if reading.fault is not None:
            yield judge_fault(checkup, reading.fault, reading)
            return
        yield _say_answer(checkup, result, reading)
        yield from judge_document(checkup, reading)
        yield from judge_size(checkup, result)
        yield from judge_validators(checkup, result)
        yield from _judge_rhythm(checkup, result, reading)
        yield from _judge_scheme(checkup, reading)
    else:
        yield note("answer", "the answer holds no document")


def _say_answer(checkup: Checkup, body: Body, reading: Reading) -> Finding:
    exchange = checkup.answer.exchanges[-1]
    coding = body.header("content-encoding")
    sent = f", {say_bytes(exchange.received_bytes)} as {coding}" if coding else ""
    kind = reading.feed.format if reading.feed is not None else "unknown"
    return fine(
        "answer",
        f"answered {body.status} in {exchange.elapsed_ms:,} ms: {kind}, "
        f"{say_bytes(len(body.content))}{sent}",
    )


def _judge_rhythm(checkup: Checkup, body: Body, reading: Reading) -> Iterator[Finding]:
    """Yield how often the feed may be asked, and who says so."""
    feed, least_s = reading.feed, checkup.rules.min_interval_s
    assert feed is not None
    fresh_s = header_floor_s(body.headers, now=body.fetched_at)
    ttl_s = min(feed.ttl_s or 0, DAY_S)
    if max(fresh_s, ttl_s) <= least_s:
        yield fine(
            "interval", f"may be asked every {say_duration(least_s)} (schedule.min_interval)"
        )
    else:
        who = "its Cache-Control or Expires" if fresh_s >= ttl_s else "its ttl or sy:updatePeriod"
        asked_s = max(fresh_s, ttl_s)
        judge = note if asked_s > SELDOM_S else fine
        yield judge(
            "interval",
            f"{who} asks for {say_duration(asked_s)} between two polls",
            "does not ask it earlier; a day is the most that is obeyed",
        )
    if feed.skip_hours or feed.skip_days:
        hours = ", ".join(str(hour) for hour in sorted(feed.skip_hours))
        days = ", ".join(_DAYS[day] for day in sorted(feed.skip_days))
        said = " and ".join(
            part
            for part in (f"in the hours {hours} UTC" if hours else "", f"on {days}" * bool(days))
            if part
        )
        yield note("interval", f"asks not to be polled {said}", "polls it right after")


def _judge_scheme(checkup: Checkup, reading: Reading) -> Iterator[Finding]:
    body = checkup.answer.result
    if not isinstance(body, Body) or not body.final_url.startswith("http:"):
        return
    links = [entry.url for entry in reading.entries if entry.url]
    if links and all(link.startswith("https:") for link in links):
        yield note(
            "https",
            "asked over http, though its pages are https: anyone on the way can change it",
            you="see whether `newshouse feeds check "
            f"{body.final_url.replace('http:', 'https:', 1)}` works, and subscribe to that",
        )


def _judge_page(checkup: Checkup) -> Iterator[Finding]:
    """Yield what robots.txt says of the pages the feed leads to."""
    page = checkup.page
    if page is None:
        return
    if page.denial is not None:
        yield problem(
            "robots",
            f"its newest page may not be fetched: {page.denial} ({page.url})",
            "does not fetch it: the entry is there with the reason robots_denied, and where the "
            "feed carries the text, the article is made of that",
            "ask the publisher; set fetch.contact_url so that they know who you are",
        )
    else:
        yield fine("robots", "robots.txt lets its newest page be fetched")
    if page.delay_s > 0:
        yield note(
            "robots",
            f"robots.txt asks for {page.delay_s:g} s between two questions (Crawl-delay)",
            "keeps that pace with the whole host, if it is slower than fetch.per_host_delay_s",
        )
    if page.signals:
        yield note(
            "usage",
            f"robots.txt speaks of AI and text mining: {_say_signals(page.signals)}",
            "records such signals with every page and does not judge them",
            "see what they allow before you pass the texts on",
        )


def _say_signals(signals: Sequence[UsageSignal]) -> str:
    turned_away = [signal.name for signal in signals if signal.value == "disallow"]
    said = [f"{signal.name}: {signal.value}" for signal in signals if signal.value != "disallow"]
    if turned_away:
        more = f" and {len(turned_away) - _SHOWN} more" if len(turned_away) > _SHOWN else ""
        said.append(f"turns away {', '.join(turned_away[:_SHOWN])}{more}")
    return "; ".join(said)
