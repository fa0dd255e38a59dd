-- The words of those of `event_wanted` that the view `event_told` (article_id, indexed) has: stems of
-- the headline, of the text's first words, and those it has often.
INSERT INTO event_worded
WITH spread AS (
    SELECT t.article_id, t.indexed.text_words AS text_words,
        unnest(t.indexed.stem_keys) AS stem_key,
        unnest(t.indexed.title_counts) AS title_count,
        unnest(t.indexed.text_counts) AS text_count,
        unnest(t.indexed.places) AS places
    FROM event_told AS t SEMI JOIN event_wanted USING (article_id)
    WHERE t.indexed.title_words IS NOT NULL
),
stems AS (
    SELECT article_id, (stem_key >> 32)::UINTEGER AS key, any_value(text_words) AS text_words,
        sum(title_count) AS title_count, sum(text_count) AS text_count,
        -- Places are in order, the headline's first.
        min(CASE WHEN text_count > 0 THEN places[title_count + 1] END) AS first_place
    FROM spread GROUP BY ALL
)
SELECT article_id, key,
    round((CASE WHEN title_count > 0 THEN 64 ELSE 32 END)
        * (1 + 0.3 * ln(greatest(text_count, 1))))::USMALLINT
FROM stems
WHERE title_count > 0
    OR first_place < $body_at + $lead_words
    OR (text_count >= $often AND text_count * $often_share >= text_words);
