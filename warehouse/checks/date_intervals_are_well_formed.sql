SELECT
    'article ' || article_id || ' version ' || version || ' at ' || start_char AS subject,
    '"' || surface || '" covers ' || coalesce(date_from::VARCHAR, 'unknown') || ' to '
        || coalesce(date_to::VARCHAR, 'unknown') AS detail
FROM core.dates
WHERE date_from > date_to OR (date_from IS NULL) <> (date_to IS NULL);
