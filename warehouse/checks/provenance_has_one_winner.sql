SELECT
    'article ' || article_id || ' version ' || version AS subject,
    count(*) || ' claims for its ' || field || ' are called chosen' AS detail
FROM core.provenance
WHERE chosen
GROUP BY article_id, version, field
HAVING count(*) > 1;
