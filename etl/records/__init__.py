"""What flows between the stages, one immutable type a stage.

    Subscription → Entry → Page → Article → Fingerprinted → Tagged

Later stages make a new record around the earlier one and never change it. Times are aware UTC
datetimes. What we received stands beside what we read into it (`published_raw` beside
`published_at`). Offsets count code points, half-open, into `Fingerprinted.text`.
"""

from etl.records.article import (
    Article,
    Bug,
    Claim,
    EntityKind,
    Fingerprinted,
    Mention,
    RefineOptions,
    Rejected,
    Repeat,
    Span,
    Tagged,
    Timex,
    TimexType,
)
from etl.records.feed import (
    Departure,
    Entry,
    Feed,
    FeedKind,
    FeedState,
    KnownEntry,
    Met,
    Polled,
    Subscription,
)
from etl.records.ids import (
    make_id,
)
from etl.records.run import (
    Refined,
    Run,
    RunSummary,
    Work,
)
from etl.records.web import (
    Answer,
    Body,
    Exchange,
    Failed,
    FetchKind,
    Hints,
    KilledRun,
    NotModified,
    Page,
    PageRef,
    Request,
    SealedFile,
    Validators,
)

__all__ = [
    "Answer",
    "Article",
    "Body",
    "Bug",
    "Claim",
    "Departure",
    "EntityKind",
    "Entry",
    "Exchange",
    "Failed",
    "Feed",
    "FeedKind",
    "FeedState",
    "FetchKind",
    "Fingerprinted",
    "Hints",
    "KilledRun",
    "KnownEntry",
    "Mention",
    "Met",
    "NotModified",
    "Page",
    "PageRef",
    "Polled",
    "RefineOptions",
    "Refined",
    "Rejected",
    "Repeat",
    "Request",
    "Run",
    "RunSummary",
    "SealedFile",
    "Span",
    "Subscription",
    "Tagged",
    "Timex",
    "TimexType",
    "Validators",
    "Work",
    "make_id",
]
