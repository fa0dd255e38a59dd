"""What an engine found, as the JSON object that is written of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from etl.outcomes import Reason
from etl.records import BadInput, Bug, Fingerprinted, LoosePage, Rejected
from etl.zones import keep_zone

BAD_INPUT = "bad_input"
"""What is `rejected` where no page could be made of the input."""


def describe(
    page: LoosePage | BadInput,
    found: Fingerprinted | Rejected | Bug | BadInput,
    *,
    with_claims: bool = False,
) -> dict[str, Any]:
    """Return the page's article, or {id, rejected, detail}.

    Args:
        page: what was asked of.
        found: what came of it.
        with_claims: also `provenance`, every candidate of title, authors, dates and language.
    """
    if isinstance(found, Fingerprinted):
        return {"id": page.name, **_describe_article(found, with_claims=with_claims)}
    return {"id": page.name, **describe_failure(found)}


def describe_failure(found: Rejected | Bug | BadInput) -> dict[str, Any]:
    """Return what is said of an input nothing was made of: {rejected, detail}."""
    match found:
        case Rejected():
            return {"rejected": found.reason.value, "detail": found.detail}
        case Bug():
            return {"rejected": Reason.BUG.value, "detail": found.detail, "trace": found.trace}
        case BadInput():
            return {"rejected": BAD_INPUT, "detail": found.detail}


def _describe_article(found: Fingerprinted, *, with_claims: bool) -> dict[str, Any]:
    article = found.article
    dropped = {repeat.paragraph for repeat in found.repeats}
    described = {
        "title": article.title,
        "authors": list(article.authors),
        "published_at": keep_zone(
            article.published_at, article.published_raw, article.published_offset_minutes
        ),
        "modified_at": article.modified_at,
        "language": article.language,
        "text": found.text,
        "paragraphs": [
            text for place, text in enumerate(article.paragraphs) if place not in dropped
        ],
        "section": article.section,
        "keywords": list(article.keywords),
        "image_url": article.image_url,
        "is_paywalled": article.is_paywalled,
        "is_truncated": article.is_truncated,
        "extractor": article.extractor,
        "kind": article.kind,
    }
    return described | (
        {"provenance": [asdict(claim) for claim in article.claims]} if with_claims else {}
    )
