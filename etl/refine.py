"""From a page's archived bytes to a tagged article: extract, fingerprint, tag, index its words.

Pure: no network, no clock, and the same bytes give the same result. Apart from `pipeline` because
only worker processes need it and its parsers take a second to load.
"""

from __future__ import annotations

import traceback
from dataclasses import replace

from etl.dedup import fingerprint, fingerprint_text
from etl.errors import ExtractError
from etl.extract import ExtractOptions, extract_article
from etl.outcomes import Reason
from etl.ports import Recognizer
from etl.records import Bug, Page, RefineOptions, Rejected, Reread, Tagged, VersionText
from etl.tag import tag, tag_text
from etl.terms import index_words
from etl.zones import keep_zone


def refine(
    page: Page, *, options: RefineOptions, recognizer: Recognizer
) -> Tagged | Rejected | Bug:
    """Return the tagged article of one archived page, or why it has none."""
    try:
        article = extract_article(
            page, options=ExtractOptions(min_chars=options.min_chars, text_in=options.text_in)
        )
        if isinstance(article, Rejected):
            return article
        fingerprinted = fingerprint(article, min_repeat_words=options.min_repeat_words)
        anchor = keep_zone(
            article.published_at, article.published_raw, article.published_offset_minutes
        )
        tagged = tag(fingerprinted, recognizer=recognizer, anchor=anchor)
        indexed = index_words(
            title=article.title, text=fingerprinted.text, language=article.language
        )
        return replace(tagged, indexed=indexed)
    except ExtractError as error:
        return Rejected(reason=Reason.UNPARSABLE, detail=str(error))
    except MemoryError:  # the worker's to tell
        raise
    except Exception as error:  # noqa: BLE001 - any error here is a bug: quarantined, run goes on
        where = f"{page.ref.warc_file}@{page.ref.warc_offset}"
        return Bug(where=where, detail=repr(error), trace=traceback.format_exc())


def reread(version: VersionText, *, recognizer: Recognizer) -> Reread | Bug:
    """Return tags and fingerprint of a text as it was extracted: a replay without its page."""
    try:
        mentions, timexes = tag_text(
            version.text,
            title=version.title,
            language=version.language,
            anchor=keep_zone(
                version.published_at, version.published_raw, version.published_offset_minutes
            ),
            recognizer=recognizer,
        )
        content_hash, word_count, shingles, sketch = fingerprint_text(version.title, version.text)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - any error here is a bug: reported, the rest goes on
        return Bug(where=version.where, detail=repr(error), trace=traceback.format_exc())
    return Reread(
        tagger=recognizer.name,
        mentions=mentions,
        timexes=timexes,
        content_hash=content_hash,
        word_count=word_count,
        shingles=shingles,
        sketch=sketch,
    )
