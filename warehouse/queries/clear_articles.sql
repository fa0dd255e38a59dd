-- Everything made of the pages `chosen` and of all others of the same articles goes: it is about to
-- be made anew. What was seen and when (raw, core.entries) stays. `chosen` has an article's
-- copies with it, so that no pair with an article outside is lost.
CREATE OR REPLACE TEMP TABLE scope AS
SELECT DISTINCT article_id FROM core.versions
WHERE page_id IN (SELECT unnest([page_id, carried_page_id]) FROM chosen)
UNION
SELECT article_id FROM core.entries
WHERE article_id IS NOT NULL AND entry_id IN (SELECT entry_id FROM chosen);

DELETE FROM core.versions WHERE article_id IN (SELECT article_id FROM scope);

DELETE FROM core.articles WHERE article_id IN (SELECT article_id FROM scope);

DELETE FROM core.article_urls WHERE article_id IN (SELECT article_id FROM scope);

DELETE FROM core.article_moves WHERE article_id IN (SELECT article_id FROM scope);

DELETE FROM core.changes WHERE article_id IN (SELECT article_id FROM scope);

-- Their postings are dead without them.
INSERT INTO core.dead_documents
SELECT document_id FROM core.documents WHERE article_id IN (SELECT article_id FROM scope);

DELETE FROM core.documents WHERE article_id IN (SELECT article_id FROM scope);

DELETE FROM core.mentions WHERE article_id IN (SELECT article_id FROM scope);

DELETE FROM core.dates WHERE article_id IN (SELECT article_id FROM scope);

DELETE FROM core.provenance WHERE article_id IN (SELECT article_id FROM scope);

-- Keys they held are weighed anew by weigh_keys.
CREATE TEMP TABLE IF NOT EXISTS shaken (key UINTEGER);

INSERT INTO shaken
SELECT key FROM core.shingles
SEMI JOIN (FROM core.sketches SEMI JOIN scope USING (article_id)) USING (article_no);

DELETE FROM core.shingles WHERE article_no IN (
    SELECT article_no FROM core.sketches SEMI JOIN scope USING (article_id));

DELETE FROM core.sketches WHERE article_id IN (SELECT article_id FROM scope);

DELETE FROM core.duplicate_pairs
WHERE article_id IN (SELECT article_id FROM scope) OR other_id IN (SELECT article_id FROM scope);
