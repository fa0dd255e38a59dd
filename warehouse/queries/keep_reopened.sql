-- `reopened`: versions that are current again, with their shingles, join what this batch touched.
INSERT INTO kept
SELECT article_id, version, 'changed', NULL, NULL, NULL, shingles FROM reopened;
