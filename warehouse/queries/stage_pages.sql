-- One batch of refined pages: `staged` has a row a page asked for. `made_of` is the page the text was
-- taken from; `article_id`, the article it belongs to, is settled by place_articles.
CREATE OR REPLACE TEMP TABLE staged AS
SELECT p.*, p.article.article_id AS article_id, NULL::VARCHAR AS merge_id, false AS is_moved,
    coalesce(p.carried_page, p.page) AS made_of
FROM read_parquet($path) AS p;

-- Which article each entry led to before.
CREATE OR REPLACE TEMP TABLE leads AS
SELECT entry_id, article_id FROM core.entries
WHERE article_id IS NOT NULL AND entry_id IN (SELECT entry_id FROM staged);
