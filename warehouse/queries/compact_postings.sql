-- All postings as one sorted run; those of documents that are gone, and their words, left out.
CREATE OR REPLACE TEMP TABLE compacted AS
SELECT p.*
FROM (FROM core.postings UNION ALL FROM core.fresh_postings) AS p
WHERE p.document_id IN (SELECT document_id FROM core.documents)
ORDER BY p.stem_start, p.stem_key, p.form_key;

DELETE FROM core.postings;

DELETE FROM core.fresh_postings;

INSERT INTO core.postings FROM compacted;

DELETE FROM core.dead_documents;

DELETE FROM core.terms AS t
WHERE NOT EXISTS (
    SELECT 1 FROM compacted AS p WHERE p.form_key = t.form_key AND p.stem_key = t.stem_key);

UPDATE core.index_state SET sorted_runs = (SELECT count(*) > 0 FROM compacted)::INTEGER;

DROP TABLE compacted;
