-- How many keys an article has decides what it must share with another to be compared with it: long
-- articles share a sampled 5-gram by chance, the more of them the larger the warehouse.
ALTER TABLE core.sketches ADD COLUMN key_count INTEGER;
COMMENT ON COLUMN core.sketches.key_count IS 'Its rows in core.shingles.';

UPDATE core.sketches AS s SET key_count = k.key_count
FROM (SELECT article_no, count(*) AS key_count FROM core.shingles GROUP BY article_no) AS k
WHERE k.article_no = s.article_no;

UPDATE core.sketches SET key_count = 0 WHERE key_count IS NULL;
