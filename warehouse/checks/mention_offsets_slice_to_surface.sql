-- substring counts code points from 1, as Python's slices do from 0; graphemes play no part.
SELECT
    'article ' || article_id || ' version ' || version || ' at ' || m.start_char AS subject,
    'the mention says "' || m.surface || '", the text "'
        || coalesce(substring(v.text, m.start_char + 1, m.end_char - m.start_char), '') || '"'
        AS detail
FROM core.mentions AS m
JOIN core.versions AS v USING (article_id, version)
WHERE m.start_char < 0
    OR m.end_char <= m.start_char
    OR substring(v.text, m.start_char + 1, m.end_char - m.start_char) <> m.surface;
