"""What robots.txt lets us ask for (RFC 9309): pure."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from protego import Protego

from etl.freshness import Headers, find_lifetime
from etl.net.signals import Signals, read_signals
from etl.outcomes import Reason
from etl.records import Body, Failed, NotModified, RobotsFile, UsageSignal, Validators

READ_BYTES = 500 * 1024
"""What is read of a robots.txt (RFC 9309, 2.5: at least 500 KiB)."""
_LONGEST_KEPT = timedelta(days=1)
_GIVEN_UP_AFTER = timedelta(days=30)
_SUCCESS = range(200, 300)
_TOO_MANY_REQUESTS = 429
_NOT_MODIFIED = 304
# RFC 9309, 2.3.1.3: "unavailable" means anything may be asked for.
_UNAVAILABLE = range(300, 500)
# A file that redirects into nothing is that too, for this run; where the whole host is unsafe,
# the page's own exchange says so.
_NOWHERE = frozenset({Reason.TOO_MANY_REDIRECTS, Reason.UNSAFE_TARGET, Reason.BAD_URL})
_ASKS_FOR_TIME = re.compile("crawl.?delay|request.?rate", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an origin's robots.txt says to us.

    `parsed` is None when there is no file; `trouble` says why nothing may be asked for now.
    `delay_s` is the time between requests that it asks us to keep, 0 for none.
    """

    parsed: Protego | None = None
    trouble: str | None = None
    delay_s: float = 0.0
    known_signals: Signals = field(default_factory=Signals)

    def denial(self, url: str, agent: str) -> str | None:
        """Return why `agent` must not ask for `url`, or None if it may."""
        if self.trouble is not None:
            return self.trouble
        if self.parsed is None or self.parsed.can_fetch(url, agent):
            return None
        return f"robots.txt denies it to {agent}"

    def signals(self, url: str) -> tuple[UsageSignal, ...]:
        """Return what the file says of machine use of the page at `url`."""
        return self.known_signals.of_page(url, self.parsed) if self.parsed is not None else ()


def read_rules(file: RobotsFile, agent: str, *, now: datetime) -> Rules:
    """Return the rules of a robots.txt as `agent` has to keep them.

    One that cannot be reached denies everything (RFC 9309, 2.3.1.4); after 30 days the last copy
    holds, and where there is none anything may be asked for.
    """
    since = file.unreachable_since
    if since is not None and now - since < _GIVEN_UP_AFTER:
        return Rules(trouble=f"{file.origin}/robots.txt could not be read: {file.detail}")
    if file.text is None:
        return Rules()
    parsed = Protego.parse(file.text)
    return Rules(
        parsed=parsed,
        delay_s=_read_delay_s(parsed, agent),
        known_signals=read_signals(file.text, agent),
    )


def asks_for_time(file: RobotsFile) -> bool:
    """Return whether the file may ask for a delay; much cheaper to know than which."""
    return file.text is not None and _ASKS_FOR_TIME.search(file.text) is not None


def next_file(
    origin: str,
    before: RobotsFile | None,
    result: Body | NotModified | Failed,
    headers: Headers,
    *,
    now: datetime,
) -> RobotsFile:
    """Return what is known of an origin's robots.txt after it was asked for.

    Args:
        origin: whose it is, wherever redirects led.
        before: what was known.
        result: what came of asking.
        headers: of the last reply, empty where there was none; they say how long it holds.
        now: when it was asked.
    """
    lifetime = find_lifetime(headers, fetched_at=now)
    fresh = RobotsFile(
        origin=origin,
        text=None,
        validators=Validators(),
        fetched_at=now,
        expires_at=now + min(_LONGEST_KEPT if lifetime is None else lifetime, _LONGEST_KEPT),
    )
    match result:
        case Body():
            validators = Validators(
                etag=result.header("etag"),
                last_modified=result.header("last-modified"),
                url=result.final_url,
            )
            return replace(fresh, text=decode_robots(result.content), validators=validators)
        case NotModified() if before is not None:
            return replace(fresh, text=before.text, validators=before.validators)
        case Failed(status=int(status), reason=Reason.HTTP_STATUS) if status in _SUCCESS:
            return replace(fresh, text="")
        case Failed() if result.reason in _NOWHERE:
            return replace(fresh, expires_at=now)
        case Failed(status=int(status)) if _is_unavailable(status):
            return fresh
        case Failed() | NotModified():
            since = before.unreachable_since if before is not None else None
            return replace(
                before or fresh,
                expires_at=now,
                unreachable_since=since or now,
                detail=result.detail if isinstance(result, Failed) else "it answered 304",
            )


def decode_robots(content: bytes) -> str:
    """Return the text of a robots.txt, of which at most 500 KiB count, to the last whole line."""
    if len(content) >= READ_BYTES:
        # "Disallow: /pri" cut to "Disallow: /" would deny the whole site.
        content = content[: content.rfind(b"\n", 0, READ_BYTES) + 1]
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return content.decode("utf-16" if is_wide else "utf-8-sig", "replace")


def _is_unavailable(status: int) -> bool:
    # 429 is a 4xx, but it means "slower", not "I have no robots.txt"; a 304 nobody asked for
    # means nothing.
    return status in _UNAVAILABLE and status not in {_TOO_MANY_REQUESTS, _NOT_MODIFIED}


def _read_delay_s(parsed: Protego, agent: str) -> float:
    rate = parsed.request_rate(agent)
    wishes = [parsed.crawl_delay(agent) or 0.0]
    if rate is not None and rate.requests > 0:
        wishes.append(rate.seconds / rate.requests)
    return max((wish for wish in wishes if math.isfinite(wish)), default=0.0)
