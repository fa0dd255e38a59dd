"""Expected trouble, as types. Anything else that is raised is a bug."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etl.outcomes import Reason


class NewsError(Exception):
    """The root of every error newshouse raises on purpose; its text is for the user."""


class ConfigError(NewsError):
    """A setting, a subscription or an argument is wrong; the text names it and the mend."""


class FetchError(NewsError):
    """A URL could not be had.

    Attributes:
        url: what was asked for.
        reason: why, out of the closed list.
        status: the HTTP status, if an answer came.
    """

    def __init__(self, url: str, reason: Reason, detail: str, *, status: int | None = None) -> None:
        super().__init__(f"{reason.value}: {detail}")
        self.url = url
        self.reason = reason
        self.detail = detail
        self.status = status


class TransientFetchError(FetchError):
    """It may work later; `retry_after_s` is what the server asked for, if it did."""

    def __init__(
        self,
        url: str,
        reason: Reason,
        detail: str,
        *,
        status: int | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(url, reason, detail, status=status)
        self.retry_after_s = retry_after_s


class PermanentFetchError(FetchError):
    """Asking again the same way will give the same answer."""


class UnsafeTargetError(PermanentFetchError):
    """The SSRF guard refused the address; nothing was connected to."""


class ParseError(NewsError):
    """A feed's bytes are not a feed.

    Attributes:
        url: the feed.
        detail: what was found instead.
    """

    def __init__(self, url: str, detail: str) -> None:
        super().__init__(f"{url} is not a feed: {detail}")
        self.url = url
        self.detail = detail


class ExtractError(NewsError):
    """A page's bytes could not be parsed at all."""


class WarehouseError(NewsError):
    """The warehouse could not do what was asked."""


class WarehouseBusyError(WarehouseError):
    """Another process holds the writer's lock; try again when it is done."""


class QueryStoppedError(WarehouseError):
    """A question was stopped while it ran: somebody asked for it, or its time was over."""


class MigrationError(WarehouseError):
    """The warehouse could not be brought to this version; it was left as it was."""


class IntegrityError(WarehouseError):
    """What is stored does not agree with itself."""


class RedactedError(IntegrityError):
    """The record was overwritten because what it held was forgotten; it is sound, and empty."""


class WorkerError(NewsError):
    """The worker processes cannot be kept running."""
