-- Versions count from 1, each ends where the next begins, and only the first has no change.
WITH chained AS (
    SELECT
        article_id, version, seen_from, seen_until, change,
        row_number() OVER in_order AS place,
        lead(seen_from) OVER in_order AS next_from
    FROM core.versions
    WINDOW in_order AS (PARTITION BY article_id ORDER BY version)
)
SELECT
    'article ' || article_id || ' version ' || version AS subject,
    CASE
        WHEN version <> place THEN 'is number ' || place || ' of its article'
        WHEN seen_until IS DISTINCT FROM next_from
            THEN 'ends ' || coalesce(seen_until::VARCHAR, 'never') || ', the next begins '
                || coalesce(next_from::VARCHAR, 'never')
        WHEN seen_until < seen_from THEN 'ends before it begins'
        ELSE 'its change is called ' || change
    END AS detail
FROM chained
WHERE version <> place
    OR seen_until IS DISTINCT FROM next_from
    OR seen_until < seen_from
    OR (change = 'first') <> (version = 1);
