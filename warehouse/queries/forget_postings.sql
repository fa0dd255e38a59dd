-- Takes the articles of the temporary table `forgotten` (article_id) out of the index: documents,
-- postings, and words that no posting is left of.
DELETE FROM core.documents
WHERE article_id IN (SELECT article_id FROM forgotten);

-- Dead postings of former versions go too: nothing tells any more whose they were.
DELETE FROM core.postings
WHERE document_id NOT IN (SELECT document_id FROM core.documents);

DELETE FROM core.fresh_postings
WHERE document_id NOT IN (SELECT document_id FROM core.documents);

DELETE FROM core.dead_documents;

DELETE FROM core.terms AS t
WHERE NOT EXISTS (
        SELECT 1 FROM core.postings AS p
        WHERE p.form_key = t.form_key AND p.stem_key = t.stem_key)
    AND NOT EXISTS (
        SELECT 1 FROM core.fresh_postings AS p
        WHERE p.form_key = t.form_key AND p.stem_key = t.stem_key);
