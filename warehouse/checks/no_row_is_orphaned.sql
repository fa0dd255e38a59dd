-- Every row belongs to something: what is named is there. One finding a link, with an example.
WITH orphans AS (
    SELECT 'core.versions' AS place, 'article' AS what, article_id AS id
    FROM core.versions ANTI JOIN core.articles USING (article_id)
    UNION ALL
    SELECT 'core.versions', 'run', run_id FROM core.versions ANTI JOIN ops.runs USING (run_id)
    UNION ALL
    SELECT 'core.mentions', 'version', article_id || ' ' || version
    FROM core.mentions ANTI JOIN core.versions USING (article_id, version)
    UNION ALL
    SELECT 'core.dates', 'version', article_id || ' ' || version
    FROM core.dates ANTI JOIN core.versions USING (article_id, version)
    UNION ALL
    SELECT 'core.provenance', 'version', article_id || ' ' || version
    FROM core.provenance ANTI JOIN core.versions USING (article_id, version)
    UNION ALL
    SELECT 'core.article_urls', 'article', article_id
    FROM core.article_urls ANTI JOIN core.articles USING (article_id)
    UNION ALL
    SELECT 'core.shingles', 'sketch', article_no::VARCHAR
    FROM core.shingles ANTI JOIN core.sketches USING (article_no)
    UNION ALL
    SELECT 'core.sketches', 'article', article_id
    FROM core.sketches ANTI JOIN core.articles USING (article_id)
    UNION ALL
    SELECT 'core.entries', 'article', article_id
    FROM core.entries ANTI JOIN core.articles USING (article_id) WHERE article_id IS NOT NULL
    UNION ALL
    SELECT 'core.entries', 'page', page_id
    FROM core.entries ANTI JOIN raw.pages USING (page_id) WHERE page_id IS NOT NULL
    UNION ALL
    SELECT 'core.entries', 'state in raw.entries', entry_id
    FROM core.entries ANTI JOIN raw.entries USING (entry_id, fingerprint)
    UNION ALL
    SELECT 'core.entries', 'feed', feed_url
    FROM core.entries ANTI JOIN ops.feeds USING (feed_url)
    UNION ALL
    SELECT 'core.articles', 'address', article_id
    FROM core.articles ANTI JOIN core.article_urls USING (article_id)
    UNION ALL
    SELECT 'core.articles', 'feed', feed_url
    FROM core.articles ANTI JOIN ops.feeds USING (feed_url)
    UNION ALL
    SELECT 'raw.entries', 'entry', entry_id
    FROM raw.entries ANTI JOIN core.entries USING (entry_id)
    UNION ALL
    SELECT 'raw.entries', 'run', run_id FROM raw.entries ANTI JOIN ops.runs USING (run_id)
    UNION ALL
    SELECT 'raw.fetches', 'run', run_id FROM raw.fetches ANTI JOIN ops.runs USING (run_id)
    UNION ALL
    SELECT 'raw.pages', 'run', run_id FROM raw.pages ANTI JOIN ops.runs USING (run_id)
    UNION ALL
    SELECT 'ops.outcomes', 'run', run_id FROM ops.outcomes ANTI JOIN ops.runs USING (run_id)
    UNION ALL
    SELECT 'ops.outcomes', 'entry', entry_id
    FROM ops.outcomes ANTI JOIN core.entries USING (entry_id)
    UNION ALL
    SELECT 'ops.bugs', 'outcome', entry_id
    FROM ops.bugs AS b
    ANTI JOIN ops.outcomes AS o
        ON o.run_id = b.run_id AND o.entry_id = b.entry_id AND o.outcome = 'bug'
    UNION ALL
    SELECT 'core.article_moves', 'article', article_id
    FROM core.article_moves ANTI JOIN core.articles USING (article_id)
    UNION ALL
    SELECT 'core.article_moves', 'run', run_id
    FROM core.article_moves ANTI JOIN ops.runs USING (run_id)
    UNION ALL
    SELECT 'core.entry_merges', 'entry', entry_id
    FROM core.entry_merges ANTI JOIN core.entries USING (entry_id)
    UNION ALL
    SELECT 'core.entry_merges', 'run', run_id
    FROM core.entry_merges ANTI JOIN ops.runs USING (run_id)
    UNION ALL
    SELECT 'core.article_urls', 'merge', merge_id
    FROM core.article_urls ANTI JOIN core.entry_merges USING (merge_id)
    WHERE merge_id IS NOT NULL
    UNION ALL
    SELECT 'raw.usage_signals', 'page', page_id
    FROM raw.usage_signals ANTI JOIN raw.pages USING (page_id)
    UNION ALL
    SELECT 'raw.sightings', 'entry', entry_id
    FROM raw.sightings ANTI JOIN core.entries USING (entry_id)
    UNION ALL
    SELECT 'raw.sightings', 'run', run_id FROM raw.sightings ANTI JOIN ops.runs USING (run_id)
    UNION ALL
    SELECT 'raw.sightings', 'page', page_id
    FROM (SELECT unnest([page_id, carried_page_id]) AS page_id FROM raw.sightings)
    ANTI JOIN raw.pages USING (page_id) WHERE page_id IS NOT NULL
    UNION ALL
    SELECT 'ops.archive_files', 'run', run_id
    FROM ops.archive_files ANTI JOIN ops.runs USING (run_id)
)
SELECT
    place AS subject,
    count(*) || ' rows whose ' || what || ' is not there, such as ' || min(id) AS detail
FROM orphans
GROUP BY place, what;
