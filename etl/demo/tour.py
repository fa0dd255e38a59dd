"""What `newshouse demo` asks of the warehouse it made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stop:
    """A question and the SQL that answers it."""

    question: str
    sql: str


TOUR = (
    Stop(
        "What came in, by source?",
        """
SELECT source, count(*) AS articles, any_value(language) AS language,
    count(duplicate_of) AS copies, count(*) FILTER (is_paywalled) AS paywalled
FROM articles GROUP BY source ORDER BY articles DESC, source LIMIT 6
""",
    ),
    Stop(
        "Who copied whom, and how long after?",
        """
SELECT o.source AS first_at, a.source AS copied_by,
    date_diff('minute', o.published_at, a.published_at) AS minutes_later,
    d.kind, round(d.containment, 2) AS containment, left(a.title, 40) AS title
FROM duplicates AS d
JOIN articles AS a USING (article_id)
JOIN articles AS o ON o.article_id = d.duplicate_of
ORDER BY minutes_later DESC LIMIT 6
""",
    ),
    Stop(
        "Who told of the same event in their own words, and how much later?",
        """
SELECT a.source, date_diff('minute', s.first_published_at, a.published_at) AS minutes_later,
    left(a.title, 60) AS title
FROM stories AS s JOIN articles AS a USING (story_id)
WHERE s.original_count > 1 AND a.duplicate_of IS NULL
ORDER BY s.first_published_at, s.story_id, minutes_later
""",
    ),
    Stop(
        "What was corrected after we first saw it?",
        """
SELECT a.source, v.change, v.version, left(v.title, 60) AS title
FROM article_versions AS v JOIN articles AS a USING (article_id)
WHERE v.version > 1 ORDER BY a.source
""",
    ),
    Stop(
        "Which countries does the news speak of, in any language?",
        """
SELECT name, country_code, article_count, mention_count, aliases[:4] AS some_spellings
FROM entities WHERE kind = 'GPE' AND country_code IS NOT NULL
ORDER BY article_count DESC, name LIMIT 6
""",
    ),
    Stop(
        "Which articles speak of October 2023, whenever they were published?",
        """
SELECT source, date_surface, date_from, left(title, 50) AS title
FROM between_dates('2023-10-01', '2023-10-31') ORDER BY source LIMIT 6
""",
    ),
    Stop(
        "Full text: grain corridor",
        """
SELECT round(s.score, 2) AS score, a.source, left(a.title, 40) AS title, s.snippet
FROM search('grain corridor') AS s JOIN articles AS a USING (article_id)
ORDER BY s.score DESC LIMIT 4
""",
    ),
    Stop(
        "How did every entry leave its run?",
        """
SELECT strftime(r.started_at, '%H:%M:%S') AS run, o.outcome, o.reason, count(*) AS entries
FROM outcomes AS o JOIN runs AS r USING (run_id)
GROUP BY ALL ORDER BY run, entries DESC
""",
    ),
    Stop(
        "Which feeds are in trouble?",
        "SELECT feed_url, state, last_status, last_error FROM feeds WHERE last_error IS NOT NULL",
    ),
)
