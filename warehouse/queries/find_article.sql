-- The article of this id, or under this address, or that an entry with this address led to.
SELECT article_id FROM core.articles WHERE article_id = lower($wanted)
UNION
SELECT article_id FROM core.article_urls WHERE url_id = $url_id
UNION
SELECT article_id FROM core.entries WHERE url_id = $url_id AND article_id IS NOT NULL
ORDER BY article_id
LIMIT 1;
