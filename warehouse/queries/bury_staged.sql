-- `staged` without what is `buried`, see bury_pages.
CREATE OR REPLACE TEMP VIEW staged AS
SELECT s.* EXCLUDE (is_buried) REPLACE (
    CASE WHEN NOT is_buried THEN s.article END AS article,
    CASE WHEN NOT is_buried THEN s.article_id END AS article_id,
    CASE WHEN NOT is_buried THEN s.merge_id END AS merge_id,
    CASE WHEN NOT is_buried THEN s.same_as END AS same_as,
    CASE WHEN NOT is_buried THEN s.bug END AS bug,
    CASE WHEN NOT is_buried THEN s.carried_for END AS carried_for,
    CASE WHEN NOT is_buried THEN s.outcome ELSE 'forgotten' END AS outcome,
    CASE WHEN NOT is_buried THEN s.reason END AS reason,
    CASE WHEN NOT is_buried THEN s.detail END AS detail,
    CASE WHEN NOT is_buried THEN s.due_at END AS due_at
)
FROM (
    SELECT p.*, o.article_id, o.merge_id, o.is_moved, coalesce(p.carried_page, p.page) AS made_of,
        b.entry_id IS NOT NULL AS is_buried
    FROM incoming AS p
    JOIN owned AS o USING (entry_id)
    LEFT JOIN buried AS b USING (entry_id)
) AS s;
