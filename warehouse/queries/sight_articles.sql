-- What is asked of staged articles more than once, read once: `staged` is a view of a file.
CREATE OR REPLACE TEMP TABLE sighted AS
SELECT entry_id, run_id, article_id, is_moved, carried_page IS NOT NULL AS is_carried,
    made_of.page_id AS page_id, made_of.url AS url, made_of.fetched_at AS fetched_at,
    article.found_id AS found_id, article.title AS title, article.text_sha256 AS text_sha256
FROM staged WHERE article.article_id IS NOT NULL;

-- The addresses at which they were found, or say that they are; a row each.
CREATE OR REPLACE TEMP TABLE addresses AS
SELECT article_id, merge_id, run_id, u.url_id AS url_id, u.url AS url
FROM (
    SELECT article_id, merge_id, run_id, unnest(article.urls) AS u
    FROM staged WHERE article.article_id IS NOT NULL
);
