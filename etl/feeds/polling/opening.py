"""Look into the answer a feed gave: what document it is, and for an index, its sitemaps' too."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.errors import ParseError
from etl.feeds.reading.parse import parse_feed
from etl.outcomes import Reason
from etl.records import (
    Answer,
    Body,
    Entry,
    Exchange,
    Failed,
    Feed,
    FeedState,
    NotModified,
    Request,
    SamePage,
)

MAX_CHILDREN = 5
"""Sitemaps of an index read in one poll: the newest; publishers keep an archive of thousands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPoll:
    """An answer looked into. `bodies` are there only when they say something new.

    Of an index of sitemaps, `joined` are the answers its children gave, and `unread` those of
    them that could not be read.
    """

    state: FeedState
    answer: Answer
    result: Feed | Failed | NotModified
    bodies: tuple[Body, ...] = ()
    body_sha256: str | None = None
    joined: tuple[Answer, ...] = ()
    unread: tuple[Failed, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of a changed feed; none of any other."""
        return self.result.entries if isinstance(self.result, Feed) else ()

    @property
    def children(self) -> tuple[str, ...]:
        """The sitemaps still to be read before this is settled; none unless it is an index."""
        if not isinstance(self.result, Feed) or self.joined:
            return ()
        return self.result.children[:MAX_CHILDREN]

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Everything that was asked and answered."""
        return sum((answer.exchanges for answer in self.joined), self.answer.exchanges)


def open_answer(state: FeedState, answer: Answer) -> OpenedPoll:
    """Parse an answer, unless its bytes are those of last time."""
    body = answer.result
    if isinstance(body, Failed) and answer.is_audit:
        # The feed did answer, with a 304; only our wish to see behind it failed.
        return OpenedPoll(state=state, answer=answer, result=NotModified(url=body.url))
    if not isinstance(body, Body):
        return OpenedPoll(state=state, answer=answer, result=_bodiless(body))
    digest = hashlib.sha256(body.content).hexdigest()
    if digest == state.body_sha256:
        # ~30% of full answers carry an unchanged body (Media Cloud): a 304 that was not said.
        same = NotModified(url=body.url, headers=body.headers)
        return OpenedPoll(state=state, answer=answer, result=same, body_sha256=digest)
    feed = _parse(body, state.feed_url)
    if isinstance(feed, Failed):
        return OpenedPoll(state=state, answer=answer, result=feed)
    return OpenedPoll(state=state, answer=answer, result=feed, bodies=(body,), body_sha256=digest)


def _bodiless(result: NotModified | SamePage | Failed) -> NotModified | Failed:
    if isinstance(result, SamePage):
        detail = f"it redirects to {result.final_url}, which was read in this run already"
        return Failed(url=result.url, reason=Reason.TOO_MANY_REDIRECTS, detail=detail)
    return result


def _parse(body: Body, feed_url: str) -> Feed | Failed:
    try:
        return parse_feed(
            body.content,
            url=feed_url,
            base_url=body.final_url,
            content_type=body.header("content-type"),
        )
    except ParseError as error:
        return Failed(
            url=body.url, reason=Reason.NOT_A_FEED, detail=error.detail, status=body.status
        )
    except Exception as error:  # noqa: BLE001 - a parser's bug must not cost the other feeds
        return Failed(
            url=body.url, reason=Reason.BUG, detail=f"newshouse failed on it: {error!r}",
            status=body.status,
        )  # fmt: skip


def ask_children(poll: OpenedPoll) -> tuple[Request, ...]:
    """Return the questions for the sitemaps an index lists; their key is the index's feed."""
    return tuple(Request(key=poll.state.feed_url, url=url, kind="feed") for url in poll.children)


def join_children(poll: OpenedPoll, answers: Sequence[Answer]) -> OpenedPoll:
    """Return an index's poll with what its sitemaps hold, as if it were one document.

    A sitemap that could not be read is noted; only when none could, has the poll failed. The
    same bytes in all of them as last time are an unchanged feed.
    """
    assert isinstance(poll.result, Feed)
    order = {url: number for number, url in enumerate(poll.children)}
    answers = sorted(answers, key=lambda answer: order.get(answer.request.url, len(order)))
    opened = [open_answer(poll.state, answer) for answer in answers]
    read = [part for part in opened if isinstance(part.result, Feed)]
    unread = tuple(part.result for part in opened if isinstance(part.result, Failed))
    joined = replace(poll, joined=tuple(answers), unread=unread, body_sha256=None)
    if not read:
        return replace(joined, bodies=(), result=_none_read(poll, unread))
    entries: dict[str, Entry] = {}
    for place, part in enumerate(read, start=len(poll.bodies)):
        for entry in part.entries:
            entries.setdefault(entry.entry_id, replace(entry, document=place))
    bodies = (*poll.bodies, *(body for part in read for body in part.bodies))
    digest = None if unread else _digest(bodies)
    if digest is not None and digest == poll.state.body_sha256:
        same = NotModified(url=poll.answer.request.url)
        return replace(joined, bodies=(), result=same, body_sha256=digest)
    feed = replace(poll.result, entries=tuple(entries.values()))
    return replace(joined, bodies=bodies, result=feed, body_sha256=digest)


def _none_read(poll: OpenedPoll, unread: Sequence[Failed]) -> Failed:
    url = poll.answer.request.url
    if not unread:
        return Failed(url=url, reason=Reason.NOT_A_FEED, detail="an index without any sitemap")
    detail = f"none of the {len(unread)} sitemaps it lists could be read: {unread[0].detail}"
    return replace(unread[0], url=url, detail=detail)


def _digest(bodies: Sequence[Body]) -> str:
    whole = hashlib.sha256()
    for body in bodies:
        whole.update(hashlib.sha256(body.content).digest())
    return whole.hexdigest()
