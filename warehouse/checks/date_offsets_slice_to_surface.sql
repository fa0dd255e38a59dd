-- substring counts code points from 1, as Python's slices do from 0; graphemes play no part.
SELECT
    'article ' || article_id || ' version ' || version || ' at ' || d.start_char AS subject,
    'the date says "' || d.surface || '", the text "'
        || coalesce(substring(v.text, d.start_char + 1, d.end_char - d.start_char), '') || '"'
        AS detail
FROM core.dates AS d
JOIN core.versions AS v USING (article_id, version)
WHERE d.start_char < 0
    OR d.end_char <= d.start_char
    OR substring(v.text, d.start_char + 1, d.end_char - d.start_char) <> d.surface;
