SELECT
    'article ' || article_id || ' version ' || version AS subject,
    'its text hashes to ' || sha256(text) || ', not ' || text_sha256 AS detail
FROM core.versions
WHERE sha256(text) <> text_sha256;
