-- Pages of the batch (`staged`) that turn out to be of something forgotten: by an address asked for,
-- reached or declared, or by its very words at the same source. They are loaded as pages without an
-- article, `sought` is what reach_forgotten then goes by, and their entries leave as `forgotten`.
CREATE OR REPLACE TEMP TABLE signs AS
SELECT entry_id, 'url' AS kind, u.url_id AS key, u.url AS url
FROM (
    SELECT entry_id, unnest(list_concat([asked], reached, coalesce(article.urls, []))) AS u
    FROM staged
)
UNION ALL
SELECT entry_id, 'article', unnest([article_id, article.article_id]), NULL FROM staged
UNION ALL
SELECT entry_id, 'text', sha256(article.source || ' ' || article.content_hash)[:32], NULL
FROM staged WHERE article IS NOT NULL;

CREATE OR REPLACE TEMP TABLE buried AS
SELECT DISTINCT ON (s.entry_id) s.entry_id, t.article_id, t.reason
FROM signs AS s
JOIN core.tombstones AS t USING (kind, key)
ORDER BY s.entry_id, t.article_id;

-- Entries that led to a page which another of this batch brought.
INSERT INTO buried
SELECT DISTINCT ON (s.entry_id) s.entry_id, b.article_id, b.reason
FROM staged AS s
JOIN signs AS g ON g.kind = 'url' AND g.key = s.same_as.url_id
JOIN buried AS b ON b.entry_id = g.entry_id
WHERE s.entry_id NOT IN (SELECT entry_id FROM buried)
ORDER BY s.entry_id, b.article_id;

CREATE OR REPLACE TEMP TABLE sought AS
SELECT b.article_id, b.reason, unnest(list_prepend(s.entry_id, s.followers)) AS entry_id,
    NULL::VARCHAR AS url_id, NULL::VARCHAR AS url
FROM buried AS b
JOIN staged AS s USING (entry_id)
UNION ALL
SELECT b.article_id, b.reason, NULL, g.key, g.url
FROM buried AS b
JOIN signs AS g USING (entry_id)
WHERE g.kind = 'url';
