-- Every look at a page, in the order they were made, with the entries that led there.
SELECT
    s.run_id, r.started_at AS looked_at, s.entry_id, s.asked_url, s.same_as_url, s.feed_url,
    s.title, s.published_raw, s.published_at, s.authors, g.followers,
    p AS page, c AS carried_page,
    a.article_id, coalesce(a.duplicate_of, a.article_id) AS original_id
FROM raw.sightings AS s
JOIN ops.runs AS r USING (run_id)
JOIN core.entries AS e ON e.entry_id = s.entry_id
JOIN (
    SELECT run_id, leader_id, page_id, carried_page_id,
        list(entry_id ORDER BY entry_id) FILTER (entry_id <> leader_id) AS followers
    FROM raw.sightings
    GROUP BY ALL
) AS g
    ON g.run_id = s.run_id AND g.leader_id = s.leader_id
    AND g.page_id IS NOT DISTINCT FROM s.page_id
    AND g.carried_page_id IS NOT DISTINCT FROM s.carried_page_id
LEFT JOIN raw.pages AS p ON p.page_id = s.page_id
LEFT JOIN raw.pages AS c ON c.page_id = s.carried_page_id
LEFT JOIN core.versions AS v ON v.page_id = s.page_id
LEFT JOIN core.versions AS w ON w.page_id = s.carried_page_id
LEFT JOIN core.articles AS a
    ON a.article_id = coalesce(v.article_id, w.article_id, e.article_id)
WHERE s.entry_id = s.leader_id
ORDER BY r.started_at, s.run_id, coalesce(p.fetched_at, c.fetched_at, r.started_at), s.entry_id;
