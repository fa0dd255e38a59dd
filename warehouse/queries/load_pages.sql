-- One batch of refined pages, in one transaction. `staged` has a row a page asked for;
-- `decided` says what each extracted article is to the warehouse: new, changed or same.
INSERT INTO raw.fetches
SELECT e.fetch_id, $run_id, e.kind, e.url, e.final_url, e.status, e.outcome, e.error,
    e.started_at, e.elapsed_ms, e.received_bytes, e.from_cache, e.hops
FROM (SELECT unnest(exchanges) AS e FROM staged);

INSERT INTO raw.pages
SELECT p.page_id, $run_id, p.kind, p.url, p.final_url, p.fetched_at, p.status, p.sha256,
    p.body_bytes, p.content_type, p.charset, p.etag, p.last_modified,
    p.warc_file, p.warc_offset, p.warc_length
FROM (SELECT unnest([page, carried_page]) AS p FROM staged)
WHERE p IS NOT NULL;

INSERT INTO raw.usage_signals
SELECT DISTINCT page_id, s.source, s.name, s.value
FROM (SELECT page.page_id AS page_id, unnest(signals) AS s FROM staged WHERE page IS NOT NULL);

UPDATE core.versions AS v
SET seen_until = d.seen_from
FROM decided AS d
WHERE d.verdict = 'changed' AND v.article_id = d.article_id AND v.seen_until IS NULL;

INSERT INTO core.versions
SELECT d.article_id, d.version, d.seen_from, NULL, $run_id, a.published_at, a.published_raw,
    a.modified_at, a.title, a.authors, a.language, a.text, a.text_sha256, a.content_hash,
    a.word_count, a.section, a.keywords, a.image_url, a.is_paywalled, a.is_truncated,
    a.declared_canonical_url, a.repeated_paragraphs, d.page_id, a.extractor, a.tagger, d.change
FROM decided AS d JOIN (SELECT entry_id, unnest(article) FROM staged) AS a USING (entry_id)
WHERE d.verdict IN ('new', 'changed');

INSERT INTO core.articles
SELECT d.article_id, a.url, a.canonical_url, a.source, a.feed_url, d.seen_from, d.seen_from, 1,
    NULL, d.article_id, NULL
FROM decided AS d JOIN (SELECT entry_id, unnest(article) FROM staged) AS a USING (entry_id)
WHERE d.verdict = 'new';

UPDATE core.articles AS a
SET last_seen_at = d.seen_from,
    version = CASE WHEN d.verdict = 'changed' THEN d.version ELSE a.version END
FROM decided AS d
WHERE d.verdict <> 'new' AND a.article_id = d.article_id;

INSERT INTO core.article_urls
SELECT DISTINCT ON (u.url_id) u.url_id, s.article_id, u.url, s.merge_id
FROM (
    SELECT article_id, merge_id, unnest(article.urls) AS u FROM staged WHERE article IS NOT NULL
) AS s
WHERE NOT EXISTS (SELECT 1 FROM core.article_urls AS k WHERE k.url_id = s.u.url_id)
ORDER BY u.url_id, s.article_id, u.url, s.merge_id;

CREATE OR REPLACE TEMP VIEW kept AS
SELECT d.article_id, d.version, d.verdict, s.mentions, s.dates, s.claims, s.shingles
FROM decided AS d JOIN staged AS s USING (entry_id)
WHERE d.verdict IN ('new', 'changed');

INSERT INTO core.mentions
SELECT article_id, version, m.entity_id, m.kind, m.surface, m.start_char, m.end_char, m.score
FROM (SELECT article_id, version, unnest(mentions) AS m FROM kept);

-- Of all the names an entity was ever called by the longest is kept, and of these the first: so it
-- is the same one whichever batch comes first.
CREATE OR REPLACE TEMP TABLE named AS
SELECT DISTINCT ON (m.entity_id) m.entity_id, m.entity_name AS name, m.kind, m.country_code
FROM (SELECT unnest(mentions) AS m FROM kept)
ORDER BY m.entity_id, length(m.entity_name) DESC, m.entity_name, m.kind, m.country_code;

UPDATE core.entities AS e
SET name = n.name, kind = n.kind, country_code = n.country_code
FROM named AS n
WHERE e.entity_id = n.entity_id
    AND (-length(n.name), n.name, n.kind, coalesce(n.country_code, '~'))
        < (-length(e.name), e.name, e.kind, coalesce(e.country_code, '~'));

INSERT INTO core.entities
SELECT entity_id, name, kind, country_code
FROM named AS n
WHERE NOT EXISTS (SELECT 1 FROM core.entities AS e WHERE e.entity_id = n.entity_id);

INSERT INTO core.dates
SELECT article_id, version, d.surface, d.start_char, d.end_char, d.timex_type, d.timex_value,
    d.date_from, d.date_to
FROM (SELECT article_id, version, unnest(dates) AS d FROM kept);

INSERT INTO core.provenance
SELECT article_id, version, c.field, c.value, c.source, c.rule, c.is_chosen
FROM (SELECT article_id, version, unnest(claims) AS c FROM kept);

INSERT INTO ops.bugs
SELECT $run_id, entry_id, $now, bug.input, bug.detail, bug.trace FROM staged WHERE bug IS NOT NULL;

-- Where a page led to another's of this run, load_same_pages says how the entry departs.
CREATE OR REPLACE TEMP TABLE departed AS
SELECT
    g.entry_id,
    CASE
        WHEN s.article IS NULL THEN s.outcome
        WHEN NOT g.is_leader OR d.entry_id IS NULL OR d.verdict = 'same'
            THEN CASE WHEN e.article_id IS NULL THEN 'known' ELSE 'unchanged' END
        ELSE d.verdict
    END AS outcome,
    CASE WHEN s.article IS NULL THEN s.reason ELSE s.carried_for.reason END AS reason,
    CASE WHEN s.article IS NULL THEN s.detail
        WHEN s.carried_for IS NOT NULL THEN 'text carried by the feed; the page: '
            || coalesce(s.carried_for.detail, s.carried_for.reason, s.carried_for.outcome)
    END AS detail,
    s.attempts,
    CASE WHEN s.article IS NOT NULL AND NOT g.is_leader THEN NULL ELSE s.due_at END AS due_at,
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
