-- The words of articles into the index. `told` has article_id, version and, `indexed`, what
-- etl.terms.index_words returned; NULL leaves the version to index_missing. `spelled` has their words.
-- An article has one document, that of its current version; the postings of its former one are dead
-- from here on and go at the next compaction.
CREATE OR REPLACE TEMP TABLE numbered AS
SELECT (i.last_document_id + row_number() OVER ())::INTEGER AS document_id, t.article_id, t.version,
    t.indexed.title_words AS title_words, t.indexed.text_words AS text_words,
    len(t.indexed.title_counts) AS posting_count
FROM told AS t, core.index_state AS i
WHERE t.indexed.title_words IS NOT NULL;

UPDATE core.index_state
SET last_document_id = last_document_id + (SELECT count(*)::INTEGER FROM numbered);

INSERT INTO core.dead_documents
SELECT document_id FROM core.documents WHERE article_id IN (SELECT article_id FROM told);

DELETE FROM core.documents WHERE article_id IN (SELECT article_id FROM told);

INSERT INTO core.documents
SELECT document_id, article_id, version, title_words, text_words, posting_count
FROM numbered;

CREATE OR REPLACE TEMP TABLE unmet AS
SELECT form_key, any_value(stem_start) AS stem_start, stem_key, any_value(form) AS form,
    any_value(stem) AS stem
FROM spelled
ANTI JOIN core.terms USING (form_key, stem_key)
GROUP BY form_key, stem_key;

-- `spelled` may have words of other texts too: only those of texts that are loaded may be kept. As plain
-- as this it costs nothing where no word is new.
INSERT INTO core.terms
SELECT form_key, stem_start, stem_key, form, stem
FROM unmet
SEMI JOIN (
    SELECT unnest(t.indexed.form_keys) AS form_key, unnest(t.indexed.stem_keys) AS stem_key
    FROM told AS t SEMI JOIN numbered USING (article_id, version)
) USING (form_key, stem_key);

CREATE OR REPLACE TEMP VIEW posted AS
SELECT unnest(t.indexed.stem_starts) AS stem_start, unnest(t.indexed.stem_keys) AS stem_key,
    unnest(t.indexed.form_keys) AS form_key, n.document_id,
    unnest(t.indexed.title_counts) AS title_count, unnest(t.indexed.text_counts) AS text_count,
    unnest(t.indexed.places) AS places
FROM told AS t JOIN numbered AS n USING (article_id, version);
