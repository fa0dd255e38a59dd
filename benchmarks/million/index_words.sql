-- The texts just written as etl.terms.index_words has them, a row a text, and the words they are
-- grouped by, as etl.events.weigh_words weighs them: `worded` has the words of the texts, `titled`
-- those of the titles.
CREATE OR REPLACE TEMP TABLE counted AS
SELECT row_no, term_no, list_sort(list(place)) AS places,
    (count(*) FILTER (place < 256))::UTINYINT AS title_count,
    (count(*) FILTER (place >= 256))::USMALLINT AS text_count,
    min(place) FILTER (place >= 256) AS first_place
FROM (
    SELECT row_no, term_no, (256 + word_no - first_no)::USMALLINT AS place
    FROM worded
    JOIN (SELECT row_no, min(word_no) AS first_no FROM worded GROUP BY row_no) USING (row_no)
    UNION ALL
    SELECT row_no, term_no, (word_no - first_no)::USMALLINT
    FROM titled
    JOIN (SELECT row_no, min(word_no) AS first_no FROM titled GROUP BY row_no) USING (row_no)
)
GROUP BY row_no, term_no;

INSERT INTO found
SELECT * FROM (
    SELECT row_no, {
            'title_words': sum(title_count), 'text_words': sum(text_count),
            'form_keys': list(form_key), 'stem_starts': list(stem_start),
            'stem_keys': list(stem_key), 'title_counts': list(title_count),
            'text_counts': list(text_count), 'places': list(places)
        } AS indexed
    FROM counted JOIN terms USING (term_no)
    GROUP BY row_no
)
JOIN (
    SELECT row_no, list(key ORDER BY key) AS event_keys,
        list((
            CASE WHEN titles > 0 THEN $in_title ELSE $in_text END * (1 + 0.3 * ln(greatest(1, texts)))
        ) ORDER BY key) AS event_weights
    FROM (
        SELECT row_no, stem_key >> 32 AS key, sum(title_count) AS titles, sum(text_count) AS texts,
            min(first_place) AS first_place
        FROM counted JOIN terms USING (term_no)
        GROUP BY ALL
    )
    WHERE titles > 0 OR first_place < 256 + $lead_words OR texts >= $often
    GROUP BY row_no
) USING (row_no);

INSERT INTO met
SELECT term_no FROM worded UNION SELECT term_no FROM titled
EXCEPT FROM met;
