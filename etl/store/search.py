"""Full text: what people type, asked of the index; see `warehouse/macros/searching.sql`."""

from __future__ import annotations

import re
from datetime import datetime
from unicodedata import normalize

import pyarrow as pa

from etl.store.adhoc import Result, take_result
from etl.store.sql import Connection, fetch_rows, run_script
from etl.store.stage import TEXT, lent
from etl.terms import find_stems, fold, split_words

_WORD = re.compile(r'(?P<before>-?(?i:title:)?)(?:"[^"]*"?|(?P<word>[^\s"]+))')
_ASKED = pa.schema({"form": TEXT, "stem": TEXT})


def search_articles(
    con: Connection,
    words: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    source: str | None = None,
    entity: str | None = None,
    language: str | None = None,
    limit: int = 20,
) -> Result:
    """Return articles that match, best first: see `queries/search_articles.sql`.

    Args:
        con: the snapshot.
        words: words, "phrases", title:words, beginnings*, and -words to leave out; none of them
            find nothing.
        since: earliest publication.
        until: publication before this.
        source: a registrable domain, or a host under it.
        entity: a name or alias the article mentions, in any case and accents.
        language: ISO 639-1.
        limit: most rows.
    """
    filters = {
        "since": since, "until": until, "source": source, "entity": entity, "language": language,
    }  # fmt: skip
    is_filtered = any(value is not None for value in filters.values())
    name = "search_articles" if is_filtered else "search_all_articles"
    known = use_known_forms(con, words, language)
    return take_result(run_script(con, name, words=known, limit=limit, **filters))


def use_known_forms(con: Connection, words: str, language: str | None) -> str:
    """Return `words` with those no text has replaced by others of the same stem.

    The index leads from a word to its stem by the words it has met, so that it can be asked without
    a stemmer. We have one: "ferries" is found where all texts say "ferry".
    """
    forms = {form for hit in _WORD.finditer(words) if (form := _lone_form(hit))}
    languages = [language] if language else [
        row["language"] for row in fetch_rows(con, "list_languages")
    ]  # fmt: skip
    asked = [
        {"form": form, "stem": stem}
        for form in sorted(forms)
        for stem in find_stems(form, languages)
    ]
    with lent(con, "asked", asked, _ASKED):
        known = {row["form"]: row["known"] for row in fetch_rows(con, "find_known_forms")}

    def replace(hit: re.Match[str]) -> str:
        form = _lone_form(hit)
        return f"{hit['before']}{known[form]}" if form in known else hit[0]

    return _WORD.sub(replace, words) if known else words


def _lone_form(hit: re.Match[str]) -> str | None:
    """Return the folded form of a clause that is one word, None of all others."""
    word = hit["word"]
    if word is None or word.endswith("*"):
        return None
    found = split_words(normalize("NFC", word))
    return fold(found[0]) if len(found) == 1 else None
