-- `reopened`: versions that are current again, with what they are compared by, join what this batch touched.
INSERT INTO kept BY NAME
SELECT article_id, version, 'changed' AS verdict, shingles, sketch FROM reopened;
