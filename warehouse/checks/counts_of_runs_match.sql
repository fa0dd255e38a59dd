-- A finished run's counts are those of the rows it left. Killed runs have no counts but
-- entries_seen and the feeds'; duplicates may be labelled anew by later runs. Of a run whose old
-- polls were dropped, the bytes left are at most those it received. What a run's articles became
-- when they were made anew, it could not know.
WITH claimed AS (
    UNPIVOT (
        SELECT
            run_id, entries_new::BIGINT AS entries_new, pages_fetched::BIGINT AS pages_fetched,
            articles_new::BIGINT AS articles_new, articles_changed::BIGINT AS articles_changed,
            rejected::BIGINT AS rejected, bugs::BIGINT AS bugs, bytes_received
        FROM ops.runs
        WHERE state NOT IN ('running', 'interrupted')
    ) ON COLUMNS(* EXCLUDE run_id) INTO NAME what VALUE claimed
),
loaded AS (
    SELECT run_id, version FROM core.versions
    UNION ALL
    SELECT run_id, version FROM ops.forgotten_versions
),
counted AS (
    SELECT first_run_id AS run_id, 'entries_new' AS what, count(*)::BIGINT AS counted
    FROM core.entries GROUP BY ALL
    UNION ALL
    SELECT run_id, 'pages_fetched', count(*) FROM raw.pages WHERE kind = 'page' GROUP BY ALL
    UNION ALL
    SELECT run_id, 'articles_new', count(*) FROM loaded WHERE version = 1 GROUP BY ALL
    UNION ALL
    SELECT run_id, 'articles_changed', count(*) FROM loaded WHERE version > 1 GROUP BY ALL
    UNION ALL
    SELECT run_id, 'rejected', count(*) FROM ops.outcomes WHERE outcome = 'rejected' GROUP BY ALL
    UNION ALL
    SELECT run_id, 'bugs', count(*) FROM ops.outcomes WHERE outcome = 'bug' GROUP BY ALL
    UNION ALL
    SELECT run_id, 'bytes_received', sum(received_bytes)::BIGINT FROM raw.fetches GROUP BY ALL
)
SELECT
    'run ' || c.run_id AS subject,
    'its ' || c.what || ' says ' || c.claimed || ', the rows ' || coalesce(n.counted, 0) AS detail
FROM claimed AS c
JOIN ops.runs AS r USING (run_id)
LEFT JOIN counted AS n USING (run_id, what)
WHERE c.claimed <> coalesce(n.counted, 0)
    AND NOT (c.what IN ('articles_new', 'articles_changed') AND r.replayed_at IS NOT NULL)
    AND NOT (c.what = 'bytes_received' AND r.pruned_at IS NOT NULL
        AND coalesce(n.counted, 0) < c.claimed);
