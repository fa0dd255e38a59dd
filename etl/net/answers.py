"""What a host's reply means for the request: pure."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from etl.errors import FetchError, PermanentFetchError
from etl.freshness import read_http_date
from etl.net.client import Reply
from etl.outcomes import Reason
from etl.records import Body, Failed, NotModified, Request

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRANSIENT_4XX = frozenset({408, 421, 425, 429})
_SUCCESS = range(200, 300)
_NOT_TO_REPEAT = range(300, 500)
_MAX_RETRY_AFTER_S = 86_400.0


def find_redirect(reply: Reply) -> str | None:
    """Return where `reply` sends us, verbatim, or None if it is no redirect."""
    return reply.header("location") if reply.status in _REDIRECTS else None


def judge_reply(
    request: Request, reply: Reply, *, final_url: str, is_conditional: bool, fetched_at: datetime
) -> Body | NotModified | Failed:
    """Return what `request` got.

    Args:
        request: what was asked.
        reply: the last reply, redirects followed.
        final_url: where it came from.
        is_conditional: whether validators were sent there; only then a 304 means anything.
        fetched_at: when it was complete; a Retry-After date is read against it.
    """
    if reply.status == HTTPStatus.NOT_MODIFIED and is_conditional:
        return NotModified(url=request.url, headers=reply.headers)
    # 200 may be empty; another 2xx without content (202 from a bot check) is no answer.
    if reply.status == HTTPStatus.OK or (reply.status in _SUCCESS and reply.content):
        return Body(
            url=request.url,
            final_url=final_url,
            status=reply.status,
            headers=reply.headers,
            content=reply.content,
            fetched_at=fetched_at,
        )
    return _judge_failure(request, reply, fetched_at)


def failed_from(url: str, error: FetchError) -> Failed:
    """Return `error` as the result of asking for `url`."""
    return Failed(
        url=url,
        reason=error.reason,
        detail=error.detail,
        status=error.status,
        is_permanent=isinstance(error, PermanentFetchError),
        retry_after_s=getattr(error, "retry_after_s", None),
    )


def read_retry_after(value: str | None, *, now: datetime) -> float | None:
    """Return the seconds a Retry-After header asks to wait, 0 to a day; None if it has none.

    Both forms are read: seconds, and an HTTP date, which is taken against `now`.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), _MAX_RETRY_AFTER_S)
    at = read_http_date(text)
    return None if at is None else min(max((at - now).total_seconds(), 0.0), _MAX_RETRY_AFTER_S)


def _judge_failure(request: Request, reply: Reply, now: datetime) -> Failed:
    status = reply.status
    reason = {410: Reason.GONE, 429: Reason.RATE_LIMITED}.get(status, Reason.HTTP_STATUS)
    is_permanent = status in _NOT_TO_REPEAT and status not in _TRANSIENT_4XX
    if status == HTTPStatus.NOT_MODIFIED:
        reason, is_permanent = Reason.PROTOCOL, False
    return Failed(
        url=request.url,
        reason=reason,
        detail=f"the server answered {status}{_phrase(status)}",
        status=status,
        is_permanent=is_permanent,
        retry_after_s=read_retry_after(reply.header("retry-after"), now=now),
    )


def _phrase(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""
