"""What a worker process works with: the archive to read from, and models loaded once."""

from __future__ import annotations

import gzip
import logging
import traceback
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from etl.archive import ArchiveReader
from etl.dedup import fingerprint, sketch_loose
from etl.errors import ExtractError, IntegrityError, RedactedError
from etl.extract import ExtractOptions, detect_language, extract_article, parse_language
from etl.outcomes import Reason
from etl.records import (
    Bug,
    Fingerprinted,
    Hints,
    LooseArticle,
    LoosePage,
    LooseText,
    Page,
    PageRef,
    Read,
    RefineOptions,
    Rejected,
    Reread,
    Sketch,
    Tagged,
    Validators,
    VersionText,
)
from etl.refine import refine, reread
from etl.tag import open_recognizer, tag_text


def make_refine(
    archive: Path, options: RefineOptions
) -> Callable[[PageRef, Hints], Tagged | Rejected | Bug]:
    """Return a worker's refine function; its models are loaded here, once."""
    _quiet()
    reader = ArchiveReader(archive)
    recognizer = open_recognizer(options.recognizers)

    def refine_ref(ref: PageRef, hints: Hints) -> Tagged | Rejected | Bug:
        try:
            page = replace(reader.read(ref), hints=hints)
        except RedactedError as error:
            return Rejected(reason=Reason.FORGOTTEN, detail=str(error))
        except IntegrityError as error:
            return Rejected(reason=Reason.UNPARSABLE, detail=str(error))
        return refine(page, options=options, recognizer=recognizer)

    return refine_ref


def make_extract(options: RefineOptions) -> Callable[[LoosePage], Fingerprinted | Rejected | Bug]:
    """Return a worker's function that extracts the article of a page no archive holds."""
    _quiet()
    limits = ExtractOptions(min_chars=options.min_chars)

    def extract(loose: LoosePage) -> Fingerprinted | Rejected | Bug:
        try:
            page = _read_loose(loose, most_bytes=limits.max_body_bytes)
        except (OSError, EOFError, zlib.error) as error:
            return Rejected(reason=Reason.UNPARSABLE, detail=f"{loose.path}: {error}")
        try:
            article = extract_article(page, options=limits)
            if isinstance(article, Rejected):
                return article
            return fingerprint(article, min_repeat_words=options.min_repeat_words)
        except ExtractError as error:
            return Rejected(reason=Reason.UNPARSABLE, detail=str(error))
        except MemoryError:  # the worker's to tell
            raise
        except Exception as error:  # noqa: BLE001 - any error here is a bug: told, the rest goes on
            return Bug(where=str(loose.name), detail=repr(error), trace=traceback.format_exc())

    return extract


def make_sketch(options: RefineOptions) -> Callable[[LooseArticle], Sketch]:
    """Return a worker's function that sketches a text."""
    return lambda text: sketch_loose(
        text.title, text.paragraphs, min_repeat_words=options.min_repeat_words
    )


def make_tag(options: RefineOptions) -> Callable[[LooseText], Read | Bug]:
    """Return a worker's function that tags a text no warehouse holds."""
    recognizer = open_recognizer(options.recognizers)

    def read(loose: LooseText) -> Read | Bug:
        try:
            language = parse_language(loose.language)
            language = language or next(iter(detect_language(loose.text)), None)
            mentions, timexes = tag_text(
                loose.text,
                title=loose.title,
                language=language,
                anchor=loose.published_at,
                recognizer=recognizer,
            )
        except MemoryError:  # the worker's to tell
            raise
        except Exception as error:  # noqa: BLE001 - any error here is a bug: told, the rest goes on
            return Bug(where=str(loose.name), detail=repr(error), trace=traceback.format_exc())
        return Read(language=language, mentions=mentions, timexes=timexes)

    return read


def _quiet() -> None:
    """Let trafilatura not warn of every page it finds odd: what matters of it is in the outcome."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def _read_loose(loose: LoosePage, *, most_bytes: int) -> Page:
    """Return the page as if it had been fetched; of a larger body, one byte more than allowed."""
    body = _read_file(loose.path, most_bytes + 1) if loose.path else _encode(loose.html or "")
    ref = PageRef(
        page_id="", kind="page", url=loose.url, final_url=loose.url, fetched_at=loose.fetched_at,
        status=200, sha256="", body_bytes=len(body), content_type=loose.content_type, charset=None,
        validators=Validators(), warc_file="", warc_offset=0, warc_length=0,
    )  # fmt: skip
    return Page(ref=ref, headers=(), body=body)


def _encode(html: str) -> bytes:
    """Return text as bytes; what JSON can say and UTF-8 cannot becomes a question mark."""
    return html.encode("utf-8", "replace")


def _read_file(path: Path, most_bytes: int) -> bytes:
    with path.open("rb") as file:
        is_gzip = file.read(2) == b"\x1f\x8b"
    with gzip.open(path, "rb") if is_gzip else path.open("rb") as content:
        return content.read(most_bytes)


def make_reread(options: RefineOptions) -> Callable[[VersionText], Reread | Bug]:
    """Return a worker's function that reads a version's text again."""
    recognizer = open_recognizer(options.recognizers)
    return lambda version: reread(version, recognizer=recognizer)
