-- The first row has the words of all.
CREATE OR REPLACE TEMP TABLE spelled AS
SELECT (SELECT min(row_no) FROM drawn) AS row_no, list({
    'form_key': form_key, 'stem_start': stem_start, 'stem_key': stem_key, 'form': form,
    'stem': stem
}) AS words
FROM met JOIN terms USING (term_no);

-- The pages of one batch in the form in which newshouse stages what was refined. `written` has the
-- text of each, `spans` its names and days, `sketched` what it is compared by.
INSERT INTO refined BY NAME
SELECT $run_id AS run_id, d.entry_id, []::VARCHAR[] AS followers, 0 AS attempts,
    -- Due again where the text will have changed.
    CASE WHEN hash(n, 'revised') % 1000 < CASE revision WHEN 0 THEN 50 WHEN 1 THEN 15 ELSE 0 END
        THEN $now::TIMESTAMPTZ + to_seconds(2 * $size * $day_s) END AS due_at,
    [{
        'fetch_id': d.fetch_id, 'kind': 'page', 'url': d.url, 'final_url': d.url, 'status': 200,
        'outcome': 'ok', 'error': NULL, 'started_at': $now::TIMESTAMPTZ + to_milliseconds(row_no),
        'elapsed_ms': (60 + hash(n) % 900)::INT, 'received_bytes': (20000 + hash(n) % 90000)::BIGINT,
        'from_cache': false, 'hops': NULL
    }] AS exchanges,
    {
        'page_id': d.page_id, 'kind': 'page', 'url': d.url, 'final_url': d.url,
        'fetched_at': $now::TIMESTAMPTZ + to_milliseconds(row_no), 'status': 200,
        'sha256': sha256(d.page_id), 'body_bytes': (90000 + hash(n) % 200000)::BIGINT,
        'content_type': 'text/html; charset=utf-8', 'charset': 'utf-8',
        'etag': CASE WHEN s % 3 = 0 THEN '"' || md5(d.page_id) || '"' END,
        'last_modified': CASE WHEN s % 3 = 1
            THEN strftime(published_at, '%a, %d %b %Y %H:%M:%S GMT') END,
        'warc_file': 'newshouse-' || $run_id || '-00000.warc.gz',
        'warc_offset': row_no * 24000 + (hash(n) % 9000)::BIGINT,
        'warc_length': (15000 + hash(n) % 9000)::BIGINT
    } AS page,
    {'url_id': d.url_id, 'url': d.url} AS asked, d.url AS asked_url,
    [{'url_id': d.url_id, 'url': d.url}] AS reached,
    {
        'feed_url': d.feed_url, 'title': d.title,
        'published_raw': strftime(published_at, '%a, %d %b %Y %H:%M:%S GMT'),
        'published_at': published_at, 'authors': []
    } AS hints,
    CASE WHEN s % 5 = 0 THEN [{'source': 'meta', 'name': 'robots', 'value': 'max-image-preview:large'}]
        ELSE [] END AS signals,
    {
        'article_id': d.article_id, 'url': d.url, 'canonical_url': d.url, 'source': d.source,
        'feed_url': d.feed_url, 'title': d.title,
        'authors': [
            -- Half of them write for one source alone.
            upper(w.word[1]) || w.word[2:] || ' ' || upper(x.word[1]) || x.word[2:]
        ],
        'published_at': published_at, 'published_raw': strftime(published_at, '%Y-%m-%dT%H:%M:%S%z'),
        'modified_at': CASE WHEN revision > 0 THEN $now::TIMESTAMPTZ END, 'language': d.language,
        'text': t.text, 'text_sha256': sha256(t.text), 'content_hash': md5(t.text),
        'word_count': d.word_count,
        'section': ['World', 'Business', 'Sport', 'Culture', 'Politics', NULL][1 + (hash(seed, 's') % 6)::INT],
        'keywords': [w.word, x.word], 'image_url': d.url || '/lead.jpg',
        'is_paywalled': hash(n, 'paid') % 20 = 0, 'is_truncated': hash(n, 'cut') % 50 = 0,
        'declared_canonical_url': d.url, 'repeated_paragraphs': 0,
        'extractor': 'trafilatura-2.3.1/newshouse-1', 'tagger': 'rules-1',
        'urls': [{'url_id': d.url_id, 'url': d.url}], 'found_id': d.url_id,
        'published_offset_minutes': 0, 'kind': 'article'
    } AS article,
    coalesce(m.mentions, []) AS mentions, coalesce(m.dates, []) AS dates,
    [
        {'field': 'title', 'value': d.title, 'source': 'h1', 'rule': '4 of 4 votes', 'is_chosen': true},
        {'field': 'title', 'value': d.title, 'source': 'json-ld', 'rule': '4 of 4 votes', 'is_chosen': false},
        {'field': 'title', 'value': d.title, 'source': 'feed', 'rule': '4 of 4 votes', 'is_chosen': false},
        {'field': 'title', 'value': d.title || ' | ' || d.source, 'source': 'og:title', 'rule': '4 of 4 votes', 'is_chosen': false},
        {'field': 'published_at', 'value': strftime(published_at, '%Y-%m-%dT%H:%M:%S%z'), 'source': 'json-ld datePublished', 'rule': 'best source', 'is_chosen': true},
        {'field': 'published_at', 'value': strftime(published_at + to_hours((hash(n, 'said') % 30)::INT), '%Y-%m-%d'), 'source': 'htmldate', 'rule': 'best source', 'is_chosen': false},
        {'field': 'published_at', 'value': strftime(published_at, '%Y-%m-%dT%H:%M:%S%z'), 'source': 'feed', 'rule': 'best source', 'is_chosen': false},
        {'field': 'authors', 'value': w.word || ' ' || x.word, 'source': 'json-ld', 'rule': 'first source with people', 'is_chosen': true},
        {'field': 'authors', 'value': w.word, 'source': 'meta author', 'rule': 'first source with people', 'is_chosen': false},
        {'field': 'language', 'value': d.language, 'source': 'html lang', 'rule': 'declared', 'is_chosen': true},
        {'field': 'canonical_url', 'value': d.url, 'source': 'link rel=canonical', 'rule': 'same site, same number or slug', 'is_chosen': true},
        {'field': 'canonical_url', 'value': d.url, 'source': 'og:url', 'rule': 'same site, same number or slug', 'is_chosen': false}
    ] AS claims,
    g.shingles, g.sketch, i.indexed, i.event_keys, i.event_weights,
    y.words
FROM drawn AS d
JOIN written AS t USING (row_no)
JOIN sketched AS g USING (row_no)
JOIN found AS i USING (row_no)
LEFT JOIN spans AS m USING (row_no)
LEFT JOIN spelled AS y USING (row_no)
JOIN words AS w ON w.place = d.place
    AND w.rank = 60 + hash(CASE WHEN n % 2 = 0 THEN s ELSE 0 END, n % 40, 'author') % 20000
JOIN words AS x ON x.place = d.place AND x.rank = 60 + hash(n % 40, s % 50, 'author') % 20000
ORDER BY row_no;

-- The polls that brought the new ones: a row a feed that had any.
INSERT INTO polled BY NAME
SELECT feed_url, 'Paper ' || any_value(s) AS title, 'rss' AS format, 'active' AS state,
    '"' || md5($run_id || feed_url) || '"' AS etag, feed_url AS validators_url,
    sha256($run_id || feed_url) AS body_sha256, $now::TIMESTAMPTZ AS last_polled_at,
    $now::TIMESTAMPTZ AS last_new_at, $now::TIMESTAMPTZ + INTERVAL 15 MINUTES AS next_poll_at,
    900 AS interval_s, 0 AS consecutive_failures, 200 AS last_status,
    max(published_at) AS newest_entry_at, count(*)::INT AS window_entries,
    []::INTEGER[] AS skip_hours, []::INTEGER[] AS skip_days,
    false AS is_unchanged, false AS is_failed,
    [{
        'fetch_id': id_of(hash($run_id, feed_url)), 'kind': 'feed', 'url': feed_url,
        'final_url': feed_url, 'status': 200, 'outcome': 'ok', 'error': NULL,
        'started_at': $now::TIMESTAMPTZ, 'elapsed_ms': 80, 'received_bytes': 900 * count(*),
        'from_cache': false, 'hops': NULL
    }] AS exchanges,
    [{
        'page_id': id_of(hash($run_id, feed_url, 'page')), 'kind': 'feed', 'url': feed_url,
        'final_url': feed_url, 'fetched_at': $now::TIMESTAMPTZ, 'status': 200,
        'sha256': sha256($run_id || feed_url), 'body_bytes': 3000 * count(*),
        'content_type': 'application/rss+xml', 'charset': NULL, 'etag': NULL,
        'last_modified': NULL, 'warc_file': 'newshouse-' || $run_id || '-00000.warc.gz',
        'warc_offset': 1000 * any_value(s), 'warc_length': 900 * count(*)
    }] AS pages,
    [] AS alarms,
    list({
        'entry_id': entry_id, 'guid': url, 'url': url, 'url_id': url_id, 'title': title,
        'published_raw': strftime(published_at, '%a, %d %b %Y %H:%M:%S GMT'),
        'published_at': published_at, 'authors': [], 'summary': t.text[:200],
        'fingerprint': id_of(hash(n, 'said')), 'is_new': true, 'is_stated': true, 'is_due': true,
        'outcome': 'deferred', 'page_id': id_of(hash($run_id, feed_url, 'page'))
    }) AS entries
FROM drawn AS d
JOIN written AS t USING (row_no)
WHERE revision = 0
GROUP BY feed_url
ORDER BY feed_url;
