-- The way back from a version to raw bytes. The fetch is that of the page's run and address that
-- was last begun before the page was there; the entry is the state last stated before that, among
-- all entries with the page's address; its page is the feed document it stood in.
CREATE OR REPLACE VIEW main.lineage AS
WITH fetched AS (
    SELECT v.article_id, v.version, max_by(
        {'fetch_id': f.fetch_id, 'elapsed_ms': f.elapsed_ms, 'received_bytes': f.received_bytes,
            'hops': f.hops},
        (f.started_at, f.fetch_id)) AS f
    FROM core.versions AS v
    JOIN raw.pages AS p USING (page_id)
    JOIN raw.fetches AS f
        ON f.run_id = p.run_id AND f.url = p.url AND f.kind = p.kind
        AND f.outcome = 'ok' AND f.started_at <= p.fetched_at
    GROUP BY v.article_id, v.version
),
stated AS (
    SELECT v.article_id, v.version, max_by(
        {'entry_id': e.entry_id, 'seen_at': e.seen_at, 'feed_url': e.feed_url,
            'page_id': e.page_id},
        (e.seen_at, e.entry_id)) AS e
    FROM core.versions AS v
    JOIN raw.pages AS p USING (page_id)
    JOIN raw.entries AS e ON e.url = p.url AND e.seen_at <= p.fetched_at
    GROUP BY v.article_id, v.version
)
SELECT
    v.article_id, v.version, v.change, v.text_sha256, v.extractor, v.tagger,
    v.derivation_id, d.fingerprinter, d.deduplicator, d.newshouse_version, d.settings_json,
    d.libraries_json, v.page_id, p.kind, p.url, p.final_url, p.fetched_at, p.status, p.sha256,
    p.body_bytes, p.warc_file, p.warc_offset, p.warc_length, w.sha256 AS warc_sha256, p.run_id,
    s.f.fetch_id AS fetch_id, s.f.elapsed_ms AS elapsed_ms,
    s.f.received_bytes AS received_bytes, coalesce(s.f.hops, []) AS hops,
    t.e.entry_id AS entry_id, t.e.seen_at AS stated_at, t.e.feed_url AS feed_url,
    t.e.page_id AS feed_page_id, b.fetched_at AS feed_fetched_at, b.sha256 AS feed_sha256,
    b.warc_file AS feed_warc_file, b.warc_offset AS feed_warc_offset,
    b.warc_length AS feed_warc_length
FROM core.versions AS v
JOIN raw.pages AS p USING (page_id)
LEFT JOIN core.derivations AS d USING (derivation_id)
LEFT JOIN ops.archive_files AS w ON w.warc_file = p.warc_file
LEFT JOIN fetched AS s ON s.article_id = v.article_id AND s.version = v.version
LEFT JOIN stated AS t ON t.article_id = v.article_id AND t.version = v.version
LEFT JOIN raw.pages AS b ON b.page_id = t.e.page_id;
COMMENT ON VIEW main.lineage IS
    'Where each version came from: derivation, page, fetch, place in the archive, entry and feed.';

CREATE OR REPLACE VIEW main.derivations AS
SELECT
    d.derivation_id, d.extractor, d.feed_extractor, d.fingerprinter, d.tagger, d.deduplicator,
    d.newshouse_version, d.settings_json, d.libraries_json, d.first_used_at,
    coalesce(v.version_count, 0) AS version_count, coalesce(v.article_count, 0) AS article_count
FROM core.derivations AS d
LEFT JOIN (
    SELECT v.derivation_id, count(*) AS version_count,
        count(*) FILTER (v.version = a.version) AS article_count
    FROM core.versions AS v JOIN core.articles AS a USING (article_id)
    GROUP BY v.derivation_id
) AS v USING (derivation_id);
COMMENT ON VIEW main.derivations IS
    'Rules, settings and libraries that versions were made by, and how many they made.';
