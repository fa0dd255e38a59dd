"""Says what a broken exchange means, in our own errors: which reason, and in words what for."""

from __future__ import annotations

import ssl

import h2.exceptions
import httpcore

from etl.errors import FetchError, PermanentFetchError, TransientFetchError, UnsafeTargetError
from etl.net.codings import CodingError
from etl.net.connect import NameNotFoundError
from etl.net.connections import StaleConnectionError
from etl.outcomes import Reason

# What h11 says of headers over 100 KB (httpcore's limit), and hpack of over 64 KB.
_HEADERS_TOO_LONG = ("Receive buffer too long", "header list larger than")


class BrokenError(TransientFetchError):
    """The connection stood and then broke, or the body was cut off."""


class StaleError(BrokenError):
    """The connection was a kept one, and the peer had just let go of it: to be asked again."""


def explain_trouble(  # noqa: PLR0911 - one return a kind of trouble is the table
    error: Exception, url: str, *, status: int | None, timeout_s: float
) -> FetchError | None:
    """Return `error` as one of ours, or None when it is no trouble of the network.

    Args:
        error: what the exchange raised.
        url: what was asked for.
        status: the HTTP status if the headers had come, else None.
        timeout_s: the silence that was allowed, for the text.
    """
    if any(sign in _root_text(error) for sign in _HEADERS_TOO_LONG):
        detail = f"the headers are too long: {_root_text(error)}"
        return PermanentFetchError(url, Reason.TOO_LARGE, detail, status=status)
    match error:
        case UnsafeTargetError():
            return UnsafeTargetError(url, error.reason, error.detail)
        case CodingError():
            return _explain_coding(error, url, status)
        case httpcore.TimeoutException():
            phase = "connection" if isinstance(error, httpcore.ConnectTimeout) else "byte"
            detail = f"no {phase} within {timeout_s:g} s (fetch.timeout_s)"
            return TransientFetchError(url, Reason.TIMEOUT, detail, status=status)
        case httpcore.ConnectError():
            return _explain_connect(error, url)
        case ssl.SSLError():
            return TransientFetchError(url, Reason.TLS, _root_text(error), status=status)
        case httpcore.RemoteProtocolError() | httpcore.NetworkError():
            return _explain_break(error, url, status)
        case httpcore.ConnectionNotAvailable():  # HTTP/2: the peer said goodbye meanwhile
            return _explain_break(error, url, status)
        case httpcore.ProtocolError() | h2.exceptions.ProtocolError():
            return TransientFetchError(url, Reason.PROTOCOL, _root_text(error), status=status)
        case _:
            return None


def _explain_coding(error: CodingError, url: str, status: int | None) -> FetchError:
    if error.reason is Reason.TRUNCATED:
        return BrokenError(url, error.reason, error.detail, status=status)
    kind = PermanentFetchError if error.reason is Reason.TOO_LARGE else TransientFetchError
    return kind(url, error.reason, error.detail, status=status)


def _explain_connect(error: httpcore.ConnectError, url: str) -> FetchError:
    reason = Reason.CONNECTION
    if isinstance(error, NameNotFoundError):
        reason = Reason.DNS
    elif isinstance(_root(error), ssl.SSLError):
        reason = Reason.TLS
    return TransientFetchError(url, reason, _root_text(error))


def _explain_break(error: Exception, url: str, status: int | None) -> FetchError:
    text = _root_text(error)
    if status is not None:
        return BrokenError(url, Reason.TRUNCATED, f"cut off: {text}", status=status)
    if isinstance(error, StaleConnectionError):
        return StaleError(url, Reason.CONNECTION, text)
    # A server that closes without a word is a broken connection; one that answers in no HTTP we
    # know is not.
    is_silent = "without sending" in text
    if isinstance(error, httpcore.RemoteProtocolError) and not is_silent:
        return TransientFetchError(url, Reason.PROTOCOL, text)
    return BrokenError(url, Reason.CONNECTION, text)


def _root(error: BaseException) -> BaseException:
    """Return what first went wrong: httpcore wraps it once, and so do we."""
    inner = error.args[0] if error.args else None
    cause = error.__cause__ or (inner if isinstance(inner, BaseException) else None)
    return error if cause is None else _root(cause)


def _root_text(error: BaseException) -> str:
    root = _root(error)
    return str(root) or type(root).__name__
