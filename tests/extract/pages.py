"""Pages of our own making."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from etl.extract import ExtractOptions, extract_article
from etl.records import Article, Hints, Page, PageKind, PageRef, Rejected, Validators

URL = "https://www.gazette.example/town/2026/11/03/bridge-reopens-48213"
FETCHED_AT = datetime(2026, 11, 4, 12, tzinfo=UTC)
TITLE = "Old bridge reopens after repairs"
PROSE = (
    (
        "The old bridge over the river reopened on Tuesday after eleven months of repairs, the "
        "town council said, and the first buses crossed it before dawn."
    ),
    (
        "Engineers replaced forty cables and most of the deck, work that cost twice what had been "
        "planned when the first cracks were found two winters ago."
    ),
    (
        "Shopkeepers on the north bank said they had lost a third of their trade while the "
        "crossing was shut, and hoped that visitors would now come back."
    ),
    (
        "A second phase, the repainting of the towers, will begin in spring and should not need "
        "the road to be closed again, according to the contractor."
    ),
)


def make_html(
    *,
    head: str = "",
    title: str = TITLE,
    paragraphs: tuple[str, ...] = PROSE,
    node: dict[str, object] | None = None,
    language: str = "en",
    extra: str = "",
) -> str:
    """Return a news page as a publisher's template would write it."""
    script = f'<script type="application/ld+json">{json.dumps(node)}</script>' if node else ""
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="{language}"><head>{head}{script}</head><body>'
        f'<nav><a href="/">Home</a> <a href="/town">Town</a></nav><article>'
        f"<h1>{title}</h1>{extra}{prose}</article>"
        "<footer><p>All rights reserved by the Gazette.</p></footer></body></html>"
    )


def make_page(
    body: str | bytes,
    *,
    url: str = URL,
    linked: str | None = None,
    kind: PageKind = "page",
    content_type: str = "text/html",
    headers: tuple[tuple[str, str], ...] = (),
    hints: Hints | None = None,
) -> Page:
    """Return `body` as a page read back from the archive; `linked` is what redirected to `url`."""
    content = body.encode() if isinstance(body, str) else body
    ref = PageRef(
        page_id="page",
        kind=kind,
        url=linked or url,
        final_url=url,
        fetched_at=FETCHED_AT,
        status=200,
        sha256="0" * 64,
        body_bytes=len(content),
        content_type=content_type,
        charset=None,
        validators=Validators(),
        warc_file="a.warc.gz",
        warc_offset=0,
        warc_length=1,
    )
    said = (("content-type", content_type), *headers)
    return Page(ref=ref, headers=said, body=content, hints=hints)


def make_hints(*, title: str | None = None, published_at: datetime | None = None) -> Hints:
    """Return what a feed's entry may say."""
    return Hints(entry_id="entry", feed_url="https://x.example/f", title=title,
                 published_at=published_at, authors=("Ada Quill",))  # fmt: skip


def extract(body: str | bytes, **kwargs: object) -> Article | Rejected:
    """Return what extraction makes of `body` with the default options."""
    return extract_article(make_page(body, **kwargs), options=ExtractOptions())  # type: ignore[arg-type] # passes any keyword on


def extract_or_fail(body: str | bytes, **kwargs: object) -> Article:
    """Return the article in `body`; a test that expects one fails without it."""
    result = extract(body, **kwargs)
    assert isinstance(result, Article), result
    return result


def refuse_or_fail(body: str | bytes, **kwargs: object) -> Rejected:
    """Return why `body` has no article; a test that expects a refusal fails without it."""
    result = extract(body, **kwargs)
    assert isinstance(result, Rejected), result
    return result
