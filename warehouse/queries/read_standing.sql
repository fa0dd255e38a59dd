-- What the articles of this batch were known by before it: pages, a row each and a role.
--   current   the page of the current version; `base_version` is the version this batch is weighed
--             against: the current one, unless this sitting (see find_sittings) made it of another
--             page than any that is staged, so that a better page may take its place; then the one
--             before, or 0.
--   base      the page of that version.
WITH asked AS (SELECT DISTINCT article_id, url, sitting FROM sighted),
standing AS (
    SELECT a.article_id, p.page_id,
        CASE WHEN t.sitting = w.sitting
                AND (a.article_id, p.url) NOT IN (SELECT (article_id, url) FROM asked)
            THEN a.version - 1 ELSE a.version END AS base_version
    FROM core.articles AS a
    JOIN (SELECT DISTINCT article_id, sitting FROM asked) AS w USING (article_id)
    JOIN core.versions AS v ON v.article_id = a.article_id AND v.version = a.version
    JOIN raw.pages AS p ON p.page_id = v.page_id
    LEFT JOIN sittings AS t ON t.run_id = v.run_id
),
pages AS (
    SELECT article_id, 'current' AS role, base_version, page_id FROM standing
    UNION
    SELECT s.article_id, 'base', s.base_version, v.page_id
    FROM standing AS s
    JOIN core.versions AS v ON v.article_id = s.article_id AND v.version = s.base_version
)
SELECT g.article_id, g.role, g.base_version, g.page_id, p.kind = 'entry' AS is_carried,
    p.url, p.final_url
FROM pages AS g
JOIN raw.pages AS p USING (page_id);
