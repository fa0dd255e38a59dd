"""Names what this newshouse, here and now, makes articles by."""

from __future__ import annotations

import json
import unicodedata
from importlib.metadata import version

from lxml import etree

from etl import rulesets
from etl.recognizers import name_tagger
from etl.records import Derivation, RefineOptions

LIBRARIES = (
    "babel", "charset-normalizer", "courlan", "dateparser", "htmldate", "idna", "justext", "lxml",
    "lxml-html-clean", "numpy", "onnxruntime", "publicsuffixlist", "python-dateutil", "tokenizers",
    "trafilatura",
)  # fmt: skip
"""What decides a result: parsers of pages and dates, and the lists behind names and addresses.

Not those that only carry bytes (httpx, warcio, isal) or rows (duckdb, pyarrow).
"""


def name_derivation(options: RefineOptions) -> Derivation:
    """Return what articles are made by under these options.

    `refine.timeout_s` is not part of it: it decides whether a page is looked at to the end, and
    never what is found there.
    """
    settings = {
        "refine.min_chars": options.min_chars,
        "dedup.min_repeat_words": options.min_repeat_words,
    }
    return Derivation(
        extractor=rulesets.EXTRACTOR,
        feed_extractor=rulesets.FEED_EXTRACTOR,
        fingerprinter=rulesets.FINGERPRINTER,
        tagger=name_tagger(options.recognizers),
        deduplicator=rulesets.DEDUPLICATOR,
        newshouse_version=version("newshouse"),
        settings=tuple((key, json.dumps(value)) for key, value in sorted(settings.items())),
        libraries=(
            *((name, version(name)) for name in LIBRARIES),
            # lxml may be built against any; what a letter is, is Python's own.
            ("libxml2", ".".join(map(str, etree.LIBXML_VERSION))),
            ("unicode", unicodedata.unidata_version),
        ),
    )
