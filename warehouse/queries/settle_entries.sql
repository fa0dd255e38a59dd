-- How the entries of a batch leave the run, now that its articles are loaded.
-- Where a page led to another's of this run, load_same_pages says how the entry departs.
CREATE OR REPLACE TEMP TABLE departed AS
SELECT
    g.entry_id,
    CASE
        WHEN s.article.article_id IS NULL THEN s.outcome
        WHEN NOT g.is_leader OR d.entry_id IS NULL OR d.verdict = 'same'
            THEN CASE WHEN e.article_id IS NULL THEN 'known' ELSE 'unchanged' END
        ELSE d.verdict
    END AS outcome,
    CASE WHEN s.article.article_id IS NULL THEN s.reason ELSE s.carried_for.reason END AS reason,
    CASE WHEN s.article.article_id IS NULL THEN s.detail
        WHEN s.carried_for IS NOT NULL THEN 'text carried by the feed; the page: '
            || coalesce(s.carried_for.detail, s.carried_for.reason, s.carried_for.outcome)
    END AS detail,
    s.attempts,
    CASE WHEN s.article.article_id IS NOT NULL AND NOT g.is_leader THEN NULL ELSE s.due_at END AS due_at,
    coalesce(s.article_id, e.article_id) AS article_id,
    coalesce(s.page.page_id, e.page_id) AS page_id,
    e.article_id AS was_article_id
FROM (
    SELECT entry_id AS leader, entry_id, true AS is_leader FROM staged WHERE same_as IS NULL
    UNION ALL
    SELECT entry_id, unnest(followers), false FROM staged WHERE same_as IS NULL
) AS g
JOIN staged AS s ON s.entry_id = g.leader
JOIN core.entries AS e ON e.entry_id = g.entry_id
LEFT JOIN decided AS d ON d.entry_id = g.leader;

UPDATE core.entries AS e
SET outcome = d.outcome, reason = d.reason, detail = d.detail, attempts = d.attempts,
    due_at = d.due_at, article_id = d.article_id, page_id = d.page_id
FROM departed AS d
WHERE e.entry_id = d.entry_id;

UPDATE ops.outcomes AS o
SET outcome = d.outcome, reason = d.reason, detail = d.detail
FROM departed AS d
WHERE o.run_id = $run_id AND o.entry_id = d.entry_id;

-- An article whose page, looked at again, is gone has vanished, until it is there again.
CREATE OR REPLACE TEMP TABLE looked_at AS
SELECT d.was_article_id AS article_id, d.article_id AS now_id,
    coalesce(s.carried_for.outcome, s.outcome) = 'gave_up'
        AND (coalesce(s.carried_for.reason, s.reason) = 'gone'
            OR list_filter(s.exchanges, lambda x: x.kind = 'page')[-1].status IN (404, 410))
        AS is_gone,
    s.page IS NOT NULL OR s.outcome = 'unchanged' AS is_there
FROM departed AS d
JOIN staged AS s USING (entry_id);

UPDATE core.articles SET vanished_at = $now
WHERE vanished_at IS NULL
    AND article_id IN (SELECT article_id FROM looked_at WHERE is_gone);

UPDATE core.articles SET vanished_at = NULL
WHERE vanished_at IS NOT NULL
    AND article_id IN (SELECT now_id FROM looked_at WHERE is_there);

-- What settle_current has to look at.
CREATE OR REPLACE TEMP TABLE touched AS
SELECT article_id FROM decided
UNION
SELECT article_id FROM affected
UNION
SELECT unnest([article_id, now_id]) FROM looked_at;
