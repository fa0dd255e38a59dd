-- The articles of `forgotten`, before their rows are deleted: what runs counted of them, what they
-- repeated or were repeated by, and whom they named.
INSERT INTO ops.forgotten_versions
SELECT run_id, article_id, version FROM core.versions SEMI JOIN forgotten USING (article_id);

CREATE OR REPLACE TEMP TABLE bereaved AS
SELECT article_id FROM core.articles
WHERE coalesce(duplicate_of, article_id) IN (
        SELECT coalesce(duplicate_of, article_id) FROM core.articles
        SEMI JOIN forgotten USING (article_id))
    AND article_id NOT IN (SELECT article_id FROM forgotten);

CREATE OR REPLACE TEMP TABLE named_there AS
SELECT DISTINCT entity_id FROM core.mentions SEMI JOIN forgotten USING (article_id);

-- Keys they held are weighed anew by weigh_keys.
CREATE TEMP TABLE IF NOT EXISTS shaken (key UINTEGER);

INSERT INTO shaken
SELECT key FROM core.shingles
SEMI JOIN (FROM core.sketches SEMI JOIN forgotten USING (article_id)) USING (article_no);

DELETE FROM core.shingles WHERE article_no IN (
    SELECT article_no FROM core.sketches SEMI JOIN forgotten USING (article_id));

DELETE FROM core.duplicate_pairs WHERE other_id IN (SELECT article_id FROM forgotten);
