-- The words of articles into the index. `kept` has article_id, version and, `indexed`, what
-- etl.terms.index_words returned; NULL leaves the version to index_missing. An article
-- has one document, that of its current version; the postings of its former one are dead from here
-- on and go at the next compaction.
DELETE FROM core.documents WHERE article_id IN (SELECT article_id FROM kept);

CREATE OR REPLACE TEMP TABLE numbered AS
SELECT (i.last_document_id + row_number() OVER ())::INTEGER AS document_id, k.article_id, k.version,
    unnest(k.indexed)
FROM kept AS k, core.index_state AS i
WHERE k.indexed IS NOT NULL;

UPDATE core.index_state
SET last_document_id = last_document_id + (SELECT count(*)::INTEGER FROM numbered);

INSERT INTO core.documents
SELECT document_id, article_id, version, title_words, text_words, len(forms)
FROM numbered;

INSERT INTO core.fresh_postings
SELECT unnest(stem_starts), unnest(stem_keys), unnest(form_keys), document_id, unnest(title_counts),
    unnest(text_counts), unnest(places)
FROM numbered;

INSERT INTO core.terms
SELECT form_key, any_value(stem_start), stem_key, any_value(form), any_value(stem)
FROM (
    SELECT unnest(form_keys) AS form_key, unnest(stem_starts) AS stem_start,
        unnest(stem_keys) AS stem_key, unnest(forms) AS form, unnest(stems) AS stem
    FROM numbered
) AS n
WHERE NOT EXISTS (
    SELECT 1 FROM core.terms AS t WHERE t.form_key = n.form_key AND t.stem_key = n.stem_key)
GROUP BY form_key, stem_key;
