"""Judge whether a feed can be asked "has it changed?", and whether its answer is true.

Conditional requests are RFC 9110's (13.1, 15.4.5). Media Cloud found feeds whose validators stay
while their content changes, and switched them off for all; here a liar is found out and only it
loses them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from etl.feeds.diagnosis.checkup import Checkup, read_document
from etl.feeds.diagnosis.finding import Finding, fine, note, problem, say_bytes, say_count
from etl.feeds.polling.trust import DISTRUST
from etl.records import Answer, Body, Entry, Failed, NotModified


def judge_validators(checkup: Checkup, body: Body) -> Iterator[Finding]:
    """Yield whether the feed can be asked "has it changed?", and whether the answer is true."""
    given = [name for name in ("ETag", "Last-Modified") if body.header(name.lower())]
    if not given:
        yield note(
            "validators",
            "gives neither ETag nor Last-Modified: every poll takes the whole document, "
            f"{say_bytes(len(body.content))}",
            "compares its bytes with the last ones, and reads it only when they differ",
        )
    elif checkup.again is not None:
        yield _judge_again(checkup, body, checkup.again, " and ".join(given))


def _judge_again(checkup: Checkup, body: Body, again: Answer, given: str) -> Finding:
    match again.result:
        case NotModified():
            return _judge_stored(checkup, body) or _honoured(given)
        case Body() as other if again.is_audit:
            hidden = _unheard(checkup, body, other)
            return _lies(f"{hidden} new or changed") if hidden else _honoured(given)
        case Body() as other:
            return _judge_whole(checkup, body, other, given)
        case Failed() as failed:
            return note("validators", f"asked a second time, it failed: {failed.detail}")
        case _:
            return note("validators", f"gives {given}; not known whether it honours them")


def _honoured(given: str) -> Finding:
    return fine("validators", f"{given} honoured: asked again, it answers 304 Not Modified")


def _lies(what: str) -> Finding:
    return problem(
        "validators",
        f'says "not modified" (304) while the document differs: {what}',
        "audits a share of all 304s (schedule.audit_share) by asking for the whole document; a "
        f"feed found out is asked without validators for {DISTRUST.days} days, with the alarm "
        "feed_lying",
        "nothing; or tell the publisher that a cache before the feed is misconfigured",
    )


def _judge_stored(checkup: Checkup, body: Body) -> Finding | None:
    """Return that the feed lied since the last poll, if what is stored proves it."""
    state = checkup.state
    if state is None or state.body_sha256 is None:
        return None
    now = (body.header("etag"), body.header("last-modified"))
    is_other = hashlib.sha256(body.content).hexdigest() != state.body_sha256
    if now == (state.validators.etag, state.validators.last_modified) and is_other:
        return _lies("its bytes are not those of the last poll, its validators are")
    return None


def _judge_whole(checkup: Checkup, body: Body, other: Body, given: str) -> Finding:
    size = say_bytes(len(body.content))
    if other.content == body.content:
        return note(
            "validators",
            f"gives {given} but does not honour them: asked again, it sends the same {size}",
            "compares the bytes with the last ones, and reads them only when they differ",
            "tell the publisher: 304 Not Modified would save both sides the transfer",
        )
    if _unheard(checkup, body, other):
        return note("validators", f"gives {given}; it changed between two questions just now")
    return note(
        "validators",
        f"the document differs at each request, {size}, with the same entries: a time stamp, "
        "perhaps",
        "reads it at every poll; entries that say nothing new are left alone",
    )


def _unheard(checkup: Checkup, body: Body, other: Body) -> str | None:
    """Return how many entries of `other` say what `body` did not, None if none does."""
    heard = {_said(entry) for entry in _entries(checkup, body)}
    entries = _entries(checkup, other)
    unheard = sum(_said(entry) not in heard for entry in entries)
    return say_count(unheard, len(entries)) if unheard else None


def _entries(checkup: Checkup, body: Body) -> tuple[Entry, ...]:
    return read_document(body, feed_url=checkup.feed_url).entries


def _said(entry: Entry) -> tuple[str, str]:
    return entry.entry_id, entry.fingerprint
