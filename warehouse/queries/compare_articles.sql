-- How many articles are in which way different from what they `was`.
SELECT
    count(*) FILTER (n.article_id IS NULL) AS gone,
    count(*) FILTER (w.article_id IS NULL) AS new,
    count(*) FILTER (n.text_sha256 <> w.text_sha256) AS text_differs,
    count(*) FILTER (n.title <> w.title) AS title_differs,
    count(*) FILTER (n.published_at IS DISTINCT FROM w.published_at) AS date_differs,
    count(*) FILTER (n.authors <> w.authors) AS authors_differ,
    count(*) FILTER (n.version <> w.version) AS version_count_differs,
    count(*) FILTER (n.story_id <> w.story_id
        OR n.duplicate_of IS DISTINCT FROM w.duplicate_of) AS story_differs,
    count(*) FILTER ((n.text_sha256, n.title, n.published_at, n.authors, n.version, n.story_id)
        IS NOT DISTINCT FROM
        (w.text_sha256, w.title, w.published_at, w.authors, w.version, w.story_id)) AS same
FROM (
    FROM core.versions WHERE seen_until IS NULL
) AS n
FULL JOIN (
    FROM was.core.versions WHERE seen_until IS NULL
) AS w ON w.article_id = n.article_id;
