"""Judge how a feed was answered: reached or not, from where, how large, how often it may be asked.

Status codes, redirects and Retry-After mean what RFC 9110 says (15, 10.2.3).
"""

from __future__ import annotations

from collections.abc import Iterator

from etl.durations import say_duration
from etl.feeds.diagnosis.checkup import Checkup
from etl.feeds.diagnosis.finding import Finding, note, problem, say_bytes
from etl.feeds.polling.failures import DEAD_AFTER, FAILING_AFTER, say_failure
from etl.feeds.polling.moves import OVER, SIGHTINGS, permanent_target
from etl.outcomes import Reason
from etl.records import Body, Failed
from etl.urls import source_of

LARGE_BYTES = 1_000_000
"""Feeds of news have some 100 kB; more is an archive, or whole pages."""

WORTH_COMPRESSING_BYTES = 20_000

_RETRY = (
    f"asks again after a longer wait each time, a day at most; after {FAILING_AFTER} failures in a "
    f"row it raises the alarm feed_failing, after {DEAD_AFTER.days} days of them it asks once a "
    "week; it never gives a feed up"
)
_MENDS: dict[Reason, str] = {
    Reason.DNS: "check the spelling of the host; the site may have moved to another name",
    Reason.CONNECTION: "see whether the site opens in a browser; if so, it may refuse your network",
    Reason.TLS: "tell the publisher that the certificate is not accepted; newshouse never asks "
    "without verifying it",
    Reason.TIMEOUT: "raise fetch.timeout_s or fetch.total_timeout_s if the site is only slow",
    Reason.TRUNCATED: "nothing, if it is rare; else tell the publisher",
    Reason.PROTOCOL: "tell the publisher: what answers there does not speak HTTP rightly",
    Reason.TOO_LARGE: "raise fetch.max_body_bytes if you want a feed of this size",
    Reason.TOO_MANY_REDIRECTS: "open it in a browser and subscribe to the address it ends at",
    Reason.UNSAFE_TARGET: "if the host is your own, name its network in fetch.allow_private",
    Reason.BAD_URL: "mend the address: `newshouse feeds remove` it and `feeds add` the right one",
    Reason.BUG: "report this: newshouse failed, not the feed",
}


def judge_failure(checkup: Checkup, failed: Failed) -> Iterator[Finding]:
    """Yield why the feed could not be had, and what comes of it."""
    match failed.reason:
        case Reason.GONE:
            yield problem(
                "gone",
                "the publisher says it is gone for good (410)",
                "asks once a week whether it is back; the alarm feed_gone is on until then",
                f"look for its successor: `newshouse feeds discover` the site's front page; or "
                f"`newshouse feeds remove {checkup.feed_url}`; what was loaded stays",
            )
        case Reason.RATE_LIMITED:
            yield _limited(failed)
        case Reason.HTTP_STATUS:
            yield problem("status", failed.detail, _later(failed), _mend_status(failed))
        case _:
            yield problem("unreachable", say_failure(failed), _RETRY, _MENDS.get(failed.reason))


def _limited(failed: Failed) -> Finding:
    return problem(
        "rate_limit",
        say_failure(failed),
        _later(failed) + "; the whole host is asked more slowly",
        "raise fetch.per_host_delay_s or schedule.min_interval; set fetch.contact_url, so that "
        "the publisher can tell you what is welcome",
    )


def _later(failed: Failed) -> str:
    if failed.retry_after_s is None:
        return _RETRY
    asked = say_duration(failed.retry_after_s)
    return f"waits as long as the server asks (Retry-After: {asked}; a day at most is obeyed)"


def _mend_status(failed: Failed) -> str:
    match failed.status:
        case 401 | 402 | 403 | 451:
            return (
                "open it in a browser: if it shows there, the publisher turns programs away; set "
                "fetch.contact_url and write to them"
            )
        case int(status) if status in {404, 405, 406} or 300 <= status < 400:  # noqa: PLR2004
            return "look for its new address: `newshouse feeds discover` the site's front page"
        case _:
            return "nothing for now: the server is in trouble, not the feed"


def judge_way(checkup: Checkup) -> Iterator[Finding]:
    """Yield what redirects on the way to the feed mean."""
    hops = checkup.answer.hops
    if not hops:
        return
    way = ", then ".join(f"{hop.status} to {hop.location}" for hop in hops)
    moved_to = permanent_target(hops)
    if moved_to is None:
        yield note(
            "redirect", f"redirected for now: {way}",
            "follows it each time, and keeps asking the subscribed address first",
        )  # fmt: skip
    else:
        yield note(
            "redirect",
            f"moved for good: {way}",
            f"once it has seen this {SIGHTINGS} times in a row over at least "
            f"{say_duration(OVER.total_seconds())}, it asks {moved_to} directly; entries "
            "keep their ids",
            f"or change it yourself: `newshouse feeds add {moved_to}` and "
            f"`newshouse feeds remove {checkup.feed_url}`",
        )
    if source_of(hops[-1].location) != source_of(checkup.feed_url):
        yield note(
            "redirect",
            f"it now comes from another site, {source_of(hops[-1].location)}",
            you="make sure that it still is the feed you meant",
        )
    if checkup.feed_url.startswith("https:") and hops[-1].location.startswith("http:"):
        yield note("https", "redirected from https to http: anyone on the way can change it")


def judge_size(checkup: Checkup, body: Body) -> Iterator[Finding]:
    """Yield what is wrong with how large the document is, and how it was sent."""
    size = len(body.content)
    if size > checkup.max_body_bytes // 2:
        yield problem(
            "size",
            f"{say_bytes(size)}; answers over fetch.max_body_bytes "
            f"({say_bytes(checkup.max_body_bytes)}) are refused",
            you="raise fetch.max_body_bytes before it grows over it",
        )
    elif size > LARGE_BYTES:
        yield note("size", f"a large document: {say_bytes(size)} at each change")
    if size > WORTH_COMPRESSING_BYTES and body.header("content-encoding") is None:
        yield note(
            "compression",
            f"sent uncompressed, {say_bytes(size)} each time",
            "asks for gzip, br or zstd with every request",
            "tell the publisher: compression would save most of it, for both",
        )
