-- One batch of refined pages: `staged` has a row a page asked for. `made_of` is the page the text was
-- taken from; `article_id`, the article it belongs to, is settled by place_articles.
CREATE OR REPLACE TEMP TABLE staged AS
SELECT p.*, p.article.article_id AS article_id, NULL::VARCHAR AS merge_id,
    coalesce(p.carried_page, p.page) AS made_of
FROM read_parquet($path) AS p;
