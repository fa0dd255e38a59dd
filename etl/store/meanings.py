"""What every column of the views means: the COMMENT of the table column it comes from, or ours.

DuckDB hands no comment on from a table's column to a view's, so views say here whose they show.
"""

from __future__ import annotations

from etl.store.sql import Connection

Meanings = dict[tuple[str, str], str]
"""(Table with its schema, column): its COMMENT."""

SOURCES = {
    "articles": ("core.articles", "core.versions"),
    "article_versions": ("core.versions",),
    "changes": ("core.changes", "core.versions"),
    "article_moves": ("core.article_moves",),
    "mentions": ("core.mentions",),
    "entities": ("core.entities",),
    "article_entities": ("core.entities", "core.articles", "core.versions"),
    "dates": ("core.dates",),
    "duplicates": ("core.articles", "core.duplicate_pairs"),
    "duplicate_pairs": ("core.duplicate_pairs",),
    "stories": ("core.articles",),
    "story_pairs": ("core.event_pairs",),
    "syndication": ("core.versions",),
    "feeds": ("ops.feeds",),
    "entries": ("core.entries",),
    "fetches": ("raw.fetches",),
    "redirects": ("raw.fetches",),
    "pages": ("raw.pages",),
    "entry_merges": ("core.entry_merges",),
    "hosts": ("ops.host_paces",),
    "robots": ("ops.robots",),
    "usage_signals": ("raw.usage_signals", "raw.pages"),
    "outcomes": ("ops.outcomes",),
    "runs": ("ops.runs",),
    "provenance": ("core.provenance",),
    "alarms": ("ops.alarms",),
    "lineage": (
        "core.versions",
        "raw.pages",
        "core.derivations",
        "raw.fetches",
        "raw.entries",
    ),
    "derivations": ("core.derivations",),
    "tombstones": ("core.tombstones",),
    "between_dates": ("core.dates",),
    "upcoming": ("core.dates", "core.versions", "core.articles"),
    "dates_around": ("core.dates",),
    "anniversaries": ("core.dates",),
    "as_of": ("core.versions",),
    "as_published": ("core.versions",),
    "named": ("core.entities",),
    "identified": ("core.entities",),
    "named_in": ("core.versions",),
    "named_with": ("core.entities",),
    "trending": ("core.entities",),
    "first_mention": ("core.mentions", "core.entities"),
}
"""View or macro: the tables whose columns of the same name mean the same, best first."""

OWN = {
    ("article_entities", "mention_count"): "How often the current version names it.",
    ("articles", "version_count"): "How many versions there are, the current one included.",
    ("articles", "published_on"): (
        "The day it was published, by the publisher's clock where that is known, else in UTC."
    ),
    ("articles", "kind"): "article, or live_blog: a text that goes on while something does.",
    ("changes", "was_seen_from"): "When the version before was first fetched, UTC.",
    ("changes", "stood_s"): "Seconds the version before had stood when this one was first fetched.",
    ("changes", "seen_from"): "When the version that brought the change was first fetched, UTC.",
    ("as_published", "stated_at"): (
        "From when the publisher stated this version: its own time where it names a new one, "
        "else when we first fetched it, UTC."
    ),
    ("entities", "aliases"): "Every way it is written in current versions, sorted.",
    ("entities", "mention_count"): "Mentions in current versions.",
    ("entities", "article_count"): "Articles whose current version names it.",
    ("entities", "first_seen_at"): "When the first of these articles was first fetched, UTC.",
    ("entities", "last_seen_at"): "When the last of these articles was first fetched, UTC.",
    ("duplicates", "duplicate_of"): "The article it repeats, which was published first.",
    ("duplicates", "article_id"): "The article that repeats.",
    ("duplicates", "kind"): "exact (same words), near, or contained (one is part of the other).",
    ("duplicates", "jaccard"): (
        "Common words over all words of the two, 0 to 1; NULL = joined through a third."
    ),
    ("duplicates", "containment"): (
        "Common words over those of the shorter text, 0 to 1; NULL likewise."
    ),
    ("duplicates", "is_syndicated"): "The two are of different sources.",
    ("duplicates", "evidence"): "Why they are one article, in words.",
    ("duplicate_pairs", "evidence"): "Why they are one article, in words.",
    ("story", "lag_s"): "Seconds after the first article of the story; NULL = a time is not known.",
    ("story", "alike_id"): (
        "Of a copy what it repeats, else the article it is like: that asked for, if the two are, "
        "else the most like; NULL = none is."
    ),
    ("story", "evidence"): "Why the two are of one story, in words.",
    ("story_pairs", "evidence"): "Why they may tell of one event, in words.",
    ("syndication", "article_id"): "The article that repeats another source's.",
    ("syndication", "duplicate_of"): "The article it repeats.",
    ("syndication", "first_source"): "Whose that is.",
    ("syndication", "first_published_at"): "When that was published, UTC; NULL = not known.",
    ("syndication", "lag_s"): "Seconds between the two; NULL = a time is not known.",
    ("syndication", "credit"): "The agency its first lines name in brackets; NULL = none.",
    ("first_to_publish", "source"): "The source.",
    ("first_to_publish", "text_count"): "Texts it has that other sources have too.",
    ("first_to_publish", "first_count"): "Those of them it published first.",
    ("first_to_publish", "copy_count"): "Its articles that another source published first.",
    ("first_to_publish", "median_lag_s"): "Seconds it was later with them, the median.",
    ("shared_words", "word"): "The word, folded; of its inflections the first.",
    ("shared_words", "article_count"): "Articles that have it, copies left out.",
    ("shared_words", "weight"): "How much it says of the two.",
    ("stories", "story_id"): "Id of the story: that of its first article.",
    ("stories", "title"): "Headline of the article most like the others.",
    ("stories", "first_article_id"): "The article published first; ties go to the lesser id.",
    ("stories", "article_count"): "Articles in it, copies too; 1 for what nobody else tells of.",
    ("stories", "source_count"): "Sources they are of.",
    ("stories", "first_seen_at"): "When the first of its articles was first fetched, UTC.",
    ("stories", "last_seen_at"): "When the last of its articles was first fetched, UTC.",
    ("stories", "original_count"): "Of its articles those that repeat no other.",
    (
        "stories",
        "first_published_at",
    ): "When the first of them was published, UTC; NULL = not known.",
    ("stories", "last_published_at"): "When the last of them was published, UTC; NULL = not known.",
    ("feeds", "entries_total"): "Entries it has brought so far.",
    ("feeds", "tags"): "The user's tags; empty when none were given.",
    ("redirects", "position"): "Place in the chain, from 1.",
    ("redirects", "url"): "The address that redirected.",
    ("redirects", "status"): "HTTP status it answered: 301, 302, 303, 307 or 308.",
    ("redirects", "location"): "Where it sent us, made absolute.",
    ("usage_signals", "article_id"): "The article made of the page; NULL while there is none.",
    ("pages", "bytes"): "Length of the decompressed body in bytes.",
    ("lineage", "kind"): "page for an article page, entry for a text its feed carried.",
    ("lineage", "run_id"): "The run that fetched the page.",
    ("lineage", "warc_sha256"): "Hex SHA-256 of warc_file; NULL = its run never finished.",
    ("lineage", "fetch_id"): "The exchange that brought it; NULL for a text its feed carried.",
    ("lineage", "elapsed_ms"): "Milliseconds it took; NULL likewise.",
    ("lineage", "received_bytes"): "Body bytes over the wire; NULL likewise.",
    ("lineage", "hops"): "Redirects on the way to final_url, in order; empty = none.",
    ("lineage", "entry_id"): "The entry that led to the page; of several, that stated last.",
    ("lineage", "stated_at"): "When a feed stated it so, UTC.",
    ("lineage", "feed_url"): "The feed it stood in.",
    ("lineage", "feed_page_id"): (
        "The archived feed document it stood in; NULL = one of several sitemaps, before that was "
        "recorded."
    ),
    ("lineage", "feed_fetched_at"): "When that document was fetched, UTC; NULL likewise.",
    ("lineage", "feed_sha256"): "Hex SHA-256 of that document; NULL likewise.",
    ("lineage", "feed_warc_file"): "File under data/archive it lies in; NULL likewise.",
    ("lineage", "feed_warc_offset"): "Byte offset of its record there; NULL likewise.",
    ("lineage", "feed_warc_length"): "Length of that record in bytes; NULL likewise.",
    ("derivations", "version_count"): "Versions made by it.",
    ("derivations", "article_count"): "Articles whose current version was made by it.",
    ("tombstones", "forgotten_at"): "When it was forgotten, UTC.",
    ("tombstones", "address_count"): "Addresses it is kept out under, as hashes.",
    ("tombstones", "entry_count"): "Feed items that led to it, as hashes.",
    ("tombstones", "last_kept_out_at"): (
        "When it last turned up under something not known before, UTC; NULL = never."
    ),
    ("upcoming", "days_ahead"): "Days from publication to date_from, at least 1.",
    ("upcoming", "passage"): "The date and the 80 characters before and after it.",
    ("dates_around", "surface"): "How it is most often written.",
    ("dates_around", "article_count"): "Articles naming the entity that speak of it.",
    ("dates_around", "story_count"): "Stories these are of.",
    ("dates_around", "source_count"): "Sources these are of.",
    ("dates_around", "near_count"): "How often it stands within 250 characters of such a mention.",
    ("dates_around", "first_article_id"): "The earliest published of these articles.",
    ("dates_around", "first_title"): "Its headline.",
    ("anniversaries", "years"): "How many years ago it was.",
    ("anniversaries", "date_on"): "The day itself.",
    ("anniversaries", "article_count"): "Articles that speak of it.",
    ("anniversaries", "story_count"): "Stories these are of.",
    ("anniversaries", "source_count"): "Sources these are of.",
    ("anniversaries", "surface"): "How it is most often written.",
    ("anniversaries", "last_article_id"): "The latest published of these articles.",
    ("anniversaries", "last_title"): "Its headline.",
    ("search", "score"): "Rank: the higher the better; to be compared within one search only.",
    ("search", "snippet"): (
        "Text where most of the words stand close together, hits between two asterisks; NULL for "
        "all but the best `top` articles."
    ),
    ("named", "aliases"): "Every way it is written in current versions, sorted.",
    ("named", "mention_count"): "Mentions in current versions.",
    ("named", "article_count"): "Articles whose current version names it.",
    ("identified", "aliases"): "Every way it is written in current versions, sorted.",
    ("identified", "mention_count"): "Mentions in current versions.",
    ("identified", "article_count"): "Articles whose current version names it.",
    ("identified", "first_seen_at"): ("When the first of these articles was first fetched, UTC."),
    ("identified", "last_seen_at"): "When the last of these articles was first fetched, UTC.",
    ("identified", "wikidata_id"): "Its id in Wikidata, as your file has it.",
    ("named_in", "mention_count"): "How often the current version names it.",
    ("named_with", "article_count"): "Articles that name both.",
    ("named_with", "story_count"): "Stories these articles belong to.",
    ("named_with", "since"): "When the first of these articles was published, UTC.",
    ("named_with", "until"): "When the last of these articles was published, UTC.",
    ("named_with", "lift"): (
        "How many times as often as if the two had nothing to do with one another."
    ),
    ("trending", "story_count"): "Stories of the days asked about that name it.",
    ("trending", "usual_count"): "A quarter of its stories in the four times as many days before.",
    ("trending", "surprise"): (
        "By how much there are more than usual, in standard deviations of what is usual."
    ),
    ("first_mention", "around"): "Up to 160 characters of the text around it.",
    ("timeline", "published_on"): "The day, UTC.",
    ("timeline", "article_count"): "Articles of that day that name it.",
    ("timeline", "story_count"): "Stories these articles belong to.",
    ("timeline", "source_count"): "Sources they are of.",
    ("timeline", "mention_count"): "How often they name it.",
    ("about", "entity_mentions"): "How often the article names the entity.",
    ("between_dates", "date_surface"): "The words of the text that name the date.",
}
"""(View or macro, column): what it means, where no table's column of that name says it."""


def read_meanings(con: Connection) -> Meanings:
    """Return the COMMENT of every column that has one."""
    rows = con.execute(
        "SELECT schema_name || '.' || table_name, column_name, comment FROM duckdb_columns() "
        "WHERE comment IS NOT NULL"
    ).fetchall()
    return {(table, column): comment for table, column, comment in rows}


def find_meaning(view: str, column: str, meanings: Meanings) -> str | None:
    """Return what a column of a view or macro means; None = nobody says."""
    if (view, column) in OWN:
        return OWN[view, column]
    found = (meanings.get((table, column)) for table in SOURCES.get(view, ()))
    return next((meaning for meaning in found if meaning), None)
