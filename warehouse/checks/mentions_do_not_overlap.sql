SELECT
    'article ' || article_id || ' version ' || version || ' at ' || start_char AS subject,
    '"' || surface || '" begins before the mention before it has ended' AS detail
FROM core.mentions
QUALIFY start_char < lag(end_char) OVER (
    PARTITION BY article_id, version ORDER BY start_char, end_char);
