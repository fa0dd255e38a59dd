-- What each staged article is to the warehouse: a row an article.
--
-- Where several pages of a sitting turn out to be one article, the best speaks for it, in whatever
-- batches they come: the text of a page before one carried by a feed, one found at home before one
-- found elsewhere, then the lesser address. At home is the article's own address, and those it
-- moved to. A worse one is `same`, its entry leaves as `known`; a better one takes the place of
-- what a worse one of the same sitting made (`undone_version`).
--
-- A page may speak against what earlier sittings left when it stands as high: feeds cut texts, AMP
-- forms lack paragraphs, and what changes between two addresses is not a change of the article.
-- See read_standing for `standing`, to which the ids of the addresses were added.
CREATE OR REPLACE TEMP TABLE decided AS
WITH base AS (
    SELECT t.*, t.found_id <> t.article_id AND h.url_id IS NULL AS is_away
    FROM standing AS t
    LEFT JOIN homes AS h ON h.url_id = t.found_id AND h.article_id = t.article_id
    WHERE t.role = 'base'
),
heard AS (
    SELECT entry_id, article_id, is_carried, is_away, found_id, url, fetched_at, true AS is_staged
    FROM sighted
    UNION ALL
    SELECT h.entry_id, h.article_id, h.is_carried, h.is_away, h.found_id, h.url, NULL, false
    FROM ops.hearings AS h
    JOIN sittings AS t USING (run_id)
    SEMI JOIN sighted AS s ON s.article_id = h.article_id AND s.sitting = t.sitting
    ANTI JOIN sighted AS e ON e.entry_id = h.entry_id
    ANTI JOIN sighted AS p ON p.article_id = h.article_id AND p.url = h.url
),
allowed AS (
    SELECT h.*,
        b.article_id IS NULL OR (h.is_carried, h.is_away) < (b.is_carried, b.is_away)
            OR (h.is_carried = b.is_carried AND h.is_away = b.is_away
                AND (NOT h.is_away OR h.found_id = b.found_id)) AS may_speak
    FROM heard AS h
    LEFT JOIN base AS b ON b.article_id = h.article_id
),
placed AS (
    SELECT *,
        row_number() OVER (
            PARTITION BY article_id
            ORDER BY NOT may_speak, is_carried, is_away, found_id, url, entry_id) AS place,
        max(fetched_at) OVER (PARTITION BY article_id) AS last_seen
    FROM allowed
),
-- Of each article the best that is staged; it speaks if it is the best of all and may.
best AS (
    SELECT *, may_speak AND place = 1 AS speaks
    FROM placed WHERE is_staged
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY place) = 1
)
SELECT
    b.entry_id,
    s.run_id,
    b.article_id,
    s.page_id,
    b.fetched_at AS seen_from,
    b.last_seen,
    CASE
        WHEN NOT b.speaks THEN 'same'
        WHEN v.article_id IS NULL THEN 'new'
        WHEN v.text_sha256 = s.text_sha256 AND v.title = s.title THEN 'same'
        ELSE 'changed'
    END AS verdict,
    coalesce(c.base_version, a.version, 0) + 1 AS version,
    CASE WHEN v.article_id IS NULL THEN 'first' END AS change,
    a.article_id IS NOT NULL AS is_standing,
    CASE WHEN b.speaks AND c.base_version < a.version THEN a.version END AS undone_version
FROM best AS b
JOIN sighted AS s ON s.entry_id = b.entry_id
LEFT JOIN core.articles AS a ON a.article_id = b.article_id
LEFT JOIN standing AS c ON c.article_id = b.article_id AND c.role = 'current'
LEFT JOIN core.versions AS v
    ON v.article_id = b.article_id AND v.version = coalesce(c.base_version, a.version);

-- A page that a killed run had looked at is heard once.
DELETE FROM ops.hearings
WHERE entry_id IN (SELECT entry_id FROM sighted)
    OR (article_id, url) IN (SELECT (article_id, url) FROM sighted);

INSERT INTO ops.hearings
SELECT run_id, entry_id, article_id, is_carried, is_away, found_id, url FROM sighted;
