-- What each staged article is to the warehouse. Where two pages of a batch turn out to be one
-- article, the first asked for is taken; the other's entry leaves as `known`. A text carried by a
-- feed never takes the place of one that stood on the page: feeds cut, pages don't.
CREATE OR REPLACE TEMP TABLE decided AS
SELECT
    s.entry_id,
    s.run_id,
    s.article_id,
    s.made_of.page_id AS page_id,
    s.made_of.fetched_at AS seen_from,
    CASE
        WHEN a.article_id IS NULL THEN 'new'
        WHEN v.text_sha256 = s.article.text_sha256 AND v.title = s.article.title THEN 'same'
        WHEN s.carried_page IS NOT NULL
            AND v.page_id NOT IN (SELECT page_id FROM raw.pages WHERE kind = 'entry') THEN 'same'
        ELSE 'changed'
    END AS verdict,
    coalesce(a.version, 0) + 1 AS version,
    CASE WHEN a.article_id IS NULL THEN 'first' END AS change
FROM staged AS s
LEFT JOIN core.articles AS a ON a.article_id = s.article_id
LEFT JOIN core.versions AS v ON v.article_id = a.article_id AND v.version = a.version
WHERE s.article IS NOT NULL
QUALIFY row_number() OVER (
    PARTITION BY s.article_id
    ORDER BY s.carried_page IS NOT NULL, s.made_of.fetched_at, s.entry_id) = 1;
