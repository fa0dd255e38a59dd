-- `reopened`: versions that are current again, with their shingles, join what this batch touched.
INSERT INTO kept BY NAME
SELECT article_id, version, 'changed' AS verdict, shingles FROM reopened;
