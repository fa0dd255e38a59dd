-- What newshouse left when this migration was the last, written down by its own code of then: a
-- feed that moved and lied, hosts that asked for patience, a merge, a text carried by its feed.

INSERT INTO core.article_urls (
    url_id, article_id, url, merge_id
) VALUES
    ('4kv5lcqda5gr', '4kv5lcqda5gr', 'https://pier.test/f', NULL),
    ('g637hffleqjz', 'g637hffleqjz', 'https://pier.test/b', NULL),
    ('quo3ewchzw6o', 'quo3ewchzw6o', 'https://pier.test/a', NULL),
    ('u4aorei5a37f', 'g637hffleqjz', 'https://new-pier.test/b', 'fe4sp2dlie6d'),
    ('cco66kw7dbe6', 'cco66kw7dbe6', 'https://pier.test/g', NULL);

INSERT INTO core.articles (
    article_id, url, canonical_url, source, feed_url, first_seen_at, last_seen_at, version,
    duplicate_of, story_id, vanished_at
) VALUES
    ('quo3ewchzw6o', 'https://pier.test/a', 'https://pier.test/a', 'pier.test', 'https://pier.test/feed.xml', '2026-11-23 13:00:00.000014+00:00', '2026-11-23 16:00:00.000021+00:00', 2, 'g637hffleqjz', 'g637hffleqjz', NULL),
    ('4kv5lcqda5gr', 'https://pier.test/f', 'https://pier.test/f', 'pier.test', 'https://pier.test/feed.xml', '2026-11-23 13:00:00.000007+00:00', '2026-11-23 13:00:00.000007+00:00', 1, NULL, '4kv5lcqda5gr', '2026-11-23 13:00:00.000007+00:00'),
    ('g637hffleqjz', 'https://pier.test/b', 'https://pier.test/b', 'pier.test', 'https://pier.test/feed.xml', '2026-11-23 13:00:00.000009+00:00', '2026-11-23 16:00:00.000018+00:00', 1, NULL, 'g637hffleqjz', NULL),
    ('cco66kw7dbe6', 'https://pier.test/g', 'https://pier.test/g', 'pier.test', 'https://pier.test/feed.xml', '2026-11-23 16:00:00.000023+00:00', '2026-11-23 17:00:00.000030+00:00', 1, NULL, 'cco66kw7dbe6', NULL);

INSERT INTO core.dates (
    article_id, version, surface, start_char, end_char, timex_type, timex_value, date_from,
    date_to
) VALUES
    ('quo3ewchzw6o', 1, '22 November', 17, 28, 'DATE', '2026-11-22', '2026-11-22', '2026-11-22'),
    ('4kv5lcqda5gr', 1, '22 November', 17, 28, 'DATE', '2026-11-22', '2026-11-22', '2026-11-22'),
    ('g637hffleqjz', 1, '22 November', 17, 28, 'DATE', '2026-11-22', '2026-11-22', '2026-11-22'),
    ('quo3ewchzw6o', 2, '22 November', 17, 28, 'DATE', '2026-11-22', '2026-11-22', '2026-11-22'),
    ('cco66kw7dbe6', 1, '22 November', 17, 28, 'DATE', '2026-11-22', '2026-11-22', '2026-11-22');

INSERT INTO core.duplicate_pairs (
    article_id, other_id, kind, jaccard, containment
) VALUES
    ('g637hffleqjz', 'quo3ewchzw6o', 'near', 1.0, 1.0);

INSERT INTO core.entities (
    entity_id, name, kind, country_code
) VALUES
    ('l6udkaxijt4x', 'Vienna', 'GPE', 'AT');

INSERT INTO core.entries (
    entry_id, feed_url, guid, url, url_id, title, published_raw, published_at, authors,
    fingerprint, first_seen_at, first_run_id, outcome, reason, detail, article_id, page_id,
    attempts, due_at, carried_chars
) VALUES
    ('2y5pdi7g5now', 'https://pier.test/feed.xml', 'c', 'https://pier.test/c', 'limzvweppodr', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', '2026-11-23 11:00:00+00:00', ['Ada Marsh'], 'mq4uepmu3g6q', '2026-11-23 13:00:00+00:00', 'laterun00001', 'rejected', 'too_short', '83 < 200 chars', NULL, 'bcf5a7h5jika', 0, NULL, NULL),
    ('knog5cidc6k2', 'https://pier.test/feed.xml', 'd', 'https://pier.test/d', 'xifjizhlkcti', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', '2026-11-23 11:00:00+00:00', ['Ada Marsh'], 'zgrgjidx7ssh', '2026-11-23 13:00:00+00:00', 'laterun00001', 'bug', 'bug', 'ValueError(''x'')', NULL, '5tzyr7nc47xt', 0, NULL, NULL),
    ('mwzdclburgg5', 'https://pier.test/feed.xml', 'e', 'https://pier.test/e', 'hpkpcbfuvjya', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', '2026-11-23 11:00:00+00:00', ['Ada Marsh'], '22find33zmfv', '2026-11-23 13:00:00+00:00', 'laterun00001', 'unchanged', NULL, NULL, NULL, NULL, 0, '2026-11-23 17:15:00+00:00', NULL),
    ('dc3aoowkcwj6', 'https://pier.test/feed.xml', 'f', 'https://pier.test/f', '4kv5lcqda5gr', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', '2026-11-23 11:00:00+00:00', ['Ada Marsh'], '46mrtfyk4jhy', '2026-11-23 13:00:00+00:00', 'laterun00001', 'new', 'robots_denied', 'text carried by the feed; the page: robots.txt says no', '4kv5lcqda5gr', NULL, 0, NULL, 195),
    ('xyu5nddqjwf2', 'https://pier.test/feed.xml', 'a', 'https://pier.test/a', 'quo3ewchzw6o', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', '2026-11-23 11:00:00+00:00', ['Ada Marsh'], 'j66mftylc3ya', '2026-11-23 13:00:00+00:00', 'laterun00001', 'unchanged', NULL, NULL, 'quo3ewchzw6o', '55r34do5kj3u', 0, '2026-11-23 17:15:00+00:00', NULL),
    ('jrhzg4epkbx4', 'https://pier.test/feed.xml', 'b', 'https://new-pier.test/b', 'u4aorei5a37f', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', '2026-11-23 11:00:00+00:00', ['Ada Marsh'], 'a463vmpnxb2y', '2026-11-23 13:00:00+00:00', 'laterun00001', 'unchanged', NULL, NULL, 'g637hffleqjz', 'rzsqj4ujyr4l', 0, '2026-11-23 17:15:00+00:00', NULL),
    ('fzng6krqf64u', 'https://pier.test/feed.xml', 'g', 'https://new-pier.test/g', 'mspozq6oywht', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', '2026-11-23 11:00:00+00:00', ['Ada Marsh'], 'fez5nvlxhbla', '2026-11-23 17:00:00+00:00', 'laterun00003', 'deferred', NULL, 'split from entry xb2uol5pbdrg', NULL, NULL, 0, '2026-11-23 17:05:00+00:00', NULL),
    ('xb2uol5pbdrg', 'https://pier.test/feed.xml', 'g', 'https://pier.test/g', 'cco66kw7dbe6', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', '2026-11-22 11:00:00+00:00', ['Ada Marsh'], 'oy35bhftzbup', '2026-11-23 16:00:00+00:00', 'laterun00002', 'unchanged', NULL, NULL, 'cco66kw7dbe6', 'nnvvabj3gwkd', 0, '2026-11-23 17:05:00+00:00', NULL);

INSERT INTO core.entry_merges (
    merge_id, entry_id, feed_url, run_id, merged_at, reason, evidence, was_guid, was_url,
    was_title, now_guid, now_url, now_title, split_at
) VALUES
    ('fe4sp2dlie6d', 'jrhzg4epkbx4', 'https://pier.test/feed.xml', 'laterun00002', '2026-11-23 16:00:00+00:00', 'host_moved', 'same guid, same path on another host, same title, same date', 'b', 'https://pier.test/b', 'A title', 'b', 'https://new-pier.test/b', 'A title', NULL),
    ('srua6lqobpv4', 'xb2uol5pbdrg', 'https://pier.test/feed.xml', 'laterun00003', '2026-11-23 17:00:00+00:00', 'host_moved', 'same guid, same path on another host, same title, same date', 'g', 'https://pier.test/g', 'A title', 'g', 'https://new-pier.test/g', 'A title', '2026-11-23 17:05:00+00:00');

INSERT INTO core.mentions (
    article_id, version, entity_id, kind, surface, start_char, end_char, score
) VALUES
    ('quo3ewchzw6o', 1, 'l6udkaxijt4x', 'GPE', 'Vienna', 6, 12, 0.9),
    ('4kv5lcqda5gr', 1, 'l6udkaxijt4x', 'GPE', 'Vienna', 6, 12, 0.9),
    ('g637hffleqjz', 1, 'l6udkaxijt4x', 'GPE', 'Vienna', 6, 12, 0.9),
    ('quo3ewchzw6o', 2, 'l6udkaxijt4x', 'GPE', 'Vienna', 6, 12, 0.9),
    ('cco66kw7dbe6', 1, 'l6udkaxijt4x', 'GPE', 'Vienna', 6, 12, 0.9);

INSERT INTO core.provenance (
    article_id, version, field, value, source, rule, chosen
) VALUES
    ('quo3ewchzw6o', 1, 'title', 'Gale on the pier', 'h1', 'votes', true),
    ('quo3ewchzw6o', 1, 'title', 'Pier', 'og', 'votes', false),
    ('4kv5lcqda5gr', 1, 'title', 'Gale on the pier', 'h1', 'votes', true),
    ('4kv5lcqda5gr', 1, 'title', 'Pier', 'og', 'votes', false),
    ('g637hffleqjz', 1, 'title', 'Gale on the pier', 'h1', 'votes', true),
    ('g637hffleqjz', 1, 'title', 'Pier', 'og', 'votes', false),
    ('quo3ewchzw6o', 2, 'title', 'Gale on the pier, late', 'h1', 'votes', true),
    ('quo3ewchzw6o', 2, 'title', 'Pier', 'og', 'votes', false),
    ('cco66kw7dbe6', 1, 'title', 'Gale on the pier', 'h1', 'votes', true),
    ('cco66kw7dbe6', 1, 'title', 'Pier', 'og', 'votes', false);

INSERT INTO core.shingles (
    key, article_id
) VALUES
    (83033873, '4kv5lcqda5gr'),
    (440427493, '4kv5lcqda5gr'),
    (454197086, '4kv5lcqda5gr'),
    (544160142, '4kv5lcqda5gr'),
    (644809036, '4kv5lcqda5gr'),
    (693241492, '4kv5lcqda5gr'),
    (728218278, '4kv5lcqda5gr'),
    (1559062556, '4kv5lcqda5gr'),
    (2020358912, '4kv5lcqda5gr'),
    (115825392, 'g637hffleqjz'),
    (267597030, 'g637hffleqjz'),
    (281526597, 'g637hffleqjz'),
    (327761718, 'g637hffleqjz'),
    (400884921, 'g637hffleqjz'),
    (768237266, 'g637hffleqjz'),
    (1363676992, 'g637hffleqjz'),
    (1442298811, 'g637hffleqjz'),
    (2020358912, 'g637hffleqjz'),
    (3343367584, 'g637hffleqjz'),
    (115825392, 'quo3ewchzw6o'),
    (267597030, 'quo3ewchzw6o'),
    (281526597, 'quo3ewchzw6o'),
    (327761718, 'quo3ewchzw6o'),
    (400884921, 'quo3ewchzw6o'),
    (768237266, 'quo3ewchzw6o'),
    (1363676992, 'quo3ewchzw6o'),
    (1442298811, 'quo3ewchzw6o'),
    (2020358912, 'quo3ewchzw6o'),
    (3343367584, 'quo3ewchzw6o'),
    (156823905, 'cco66kw7dbe6'),
    (436027876, 'cco66kw7dbe6'),
    (571691783, 'cco66kw7dbe6'),
    (917335000, 'cco66kw7dbe6'),
    (1314802704, 'cco66kw7dbe6'),
    (1484135298, 'cco66kw7dbe6'),
    (2000760845, 'cco66kw7dbe6'),
    (2020358912, 'cco66kw7dbe6'),
    (3056844736, 'cco66kw7dbe6');

INSERT INTO core.versions (
    article_id, version, seen_from, seen_until, run_id, published_at, published_raw,
    modified_at, title, authors, language, text, text_sha256, content_hash, word_count,
    section, keywords, image_url, is_paywalled, is_truncated, declared_canonical_url,
    repeated_paragraphs, page_id, extractor, tagger, change
) VALUES
    ('quo3ewchzw6o', 1, '2026-11-23 13:00:00.000014+00:00', '2026-11-23 16:00:00.000021+00:00', 'laterun00001', '2026-11-23 10:00:00+00:00', '22 Nov 2026', NULL, 'Gale on the pier', ['Ada Marsh'], 'en', '⛴️ In Vienna, on 22 November: gale0 gale1 gale2 gale3 gale4 gale5 gale6 gale7 gale8 gale9 gale10 gale11 gale12 gale13 gale14 gale15 gale16 gale17 gale18 gale19 gale20 gale21 gale22 gale23.', 'a75929f3cd89c2fbf0105be82464e5ae3626a9ea6c26e060d7d4a86599461f5c', 'c57550b09db618b2f4dd0cb90d1abbe1', 30, NULL, ['ferries'], NULL, false, false, NULL, 0, 'ezl664nh44dd', 'test-1', 'test-1', 'first'),
    ('4kv5lcqda5gr', 1, '2026-11-23 13:00:00.000007+00:00', NULL, 'laterun00001', '2026-11-23 11:00:00+00:00', '22 Nov 2026', NULL, 'Gale on the pier', ['Ada Marsh'], 'en', '⛴️ In Vienna, on 22 November: rope0 rope1 rope2 rope3 rope4 rope5 rope6 rope7 rope8 rope9 rope10 rope11 rope12 rope13 rope14 rope15 rope16 rope17 rope18 rope19 rope20 rope21 rope22 rope23.', '7f40e6f7ecca06c3b5a91ef3e897f8b24726ebf1b2b7a9bb4457617df564b6b3', 'ffdd7886438c804294d64a8311e709f2', 30, NULL, ['ferries'], NULL, false, false, NULL, 0, 'ioshfpo6wtkb', 'test-1', 'test-1', 'first'),
    ('g637hffleqjz', 1, '2026-11-23 13:00:00.000009+00:00', NULL, 'laterun00001', '2026-11-23 11:00:00+00:00', '22 Nov 2026', NULL, 'Gale on the pier', ['Ada Marsh'], 'en', '⛴️ In Vienna, on 22 November: gale0 gale1 gale2 gale3 gale4 gale5 gale6 gale7 gale8 gale9 gale10 gale11 gale12 gale13 gale14 gale15 gale16 gale17 gale18 gale19 gale20 gale21 gale22 gale23.', 'a75929f3cd89c2fbf0105be82464e5ae3626a9ea6c26e060d7d4a86599461f5c', 'c57550b09db618b2f4dd0cb90d1abbe1', 30, NULL, ['ferries'], NULL, false, false, NULL, 0, 'f5pyl4cktiix', 'test-1', 'test-1', 'first'),
    ('quo3ewchzw6o', 2, '2026-11-23 16:00:00.000021+00:00', NULL, 'laterun00002', '2026-11-23 12:00:00+00:00', '22 Nov 2026', '2026-11-23 12:00:00+00:00', 'Gale on the pier, late', ['Ada Marsh'], 'en', '⛴️ In Vienna, on 22 November: gale0 gale1 gale2 gale3 gale4 gale5 gale6 gale7 gale8 gale9 gale10 gale11 gale12 gale13 gale14 gale15 gale16 gale17 gale18 gale19 gale20 gale21 gale22 gale23. More.', '0adace3b7d03b76ca459d67c66f8db689dbbd41ee75df37cd518802b8aa17c6d', '4690cf445767813d0507a2ce720463df', 31, 'Coast', ['ferries'], 'https://pier.test/a.jpg', false, false, 'https://pier.test/a', 0, '55r34do5kj3u', 'test-1', 'test-1', 'correction'),
    ('cco66kw7dbe6', 1, '2026-11-23 16:00:00.000023+00:00', NULL, 'laterun00002', '2026-11-23 11:00:00+00:00', '22 Nov 2026', NULL, 'Gale on the pier', ['Ada Marsh'], 'en', '⛴️ In Vienna, on 22 November: kite0 kite1 kite2 kite3 kite4 kite5 kite6 kite7 kite8 kite9 kite10 kite11 kite12 kite13 kite14 kite15 kite16 kite17 kite18 kite19 kite20 kite21 kite22 kite23.', '2830096269b505f4b0be0c82bee1c4a62e0bf97b66b49d83caa79952b4754be5', '48ff08d559e13b6bf81b14e47667faf1', 30, NULL, ['ferries'], NULL, false, false, NULL, 0, 'vvp4sqpwglsu', 'test-1', 'test-1', 'first');

INSERT INTO ops.alarms (
    raised_at, kind, subject, detail, cleared_at
) VALUES
    ('2026-11-23 13:00:00+00:00', 'feed_moved', 'https://pier.test/feed.xml', 'it moves', '2026-11-23 16:00:00+00:00'),
    ('2026-11-23 13:00:00+00:00', 'bugs', 'laterun00001', '1 entries quarantined; see ops.bugs for their inputs and traces', '2026-11-23 16:00:00+00:00');

INSERT INTO ops.archive_files (
    warc_file, run_id, file_bytes, sha256, sealed_at
) VALUES
    ('newshouse-20261123T130000-laterun00001-00000.warc.gz', 'laterun00001', 3322, '3a8af20236f8e80d1115cac3e99f24abe74fe9c316dcaaae8f11dc7ac3c68146', '2026-11-23 13:00:00+00:00'),
    ('newshouse-20261123T160000-laterun00002-00000.warc.gz', 'laterun00002', 2401, 'cbe2b98657355559386458ad3bb0932f1f82bdaa58f0410d833517a7999ff1d1', '2026-11-23 16:00:00+00:00'),
    ('newshouse-20261123T170000-laterun00003-00000.warc.gz', 'laterun00003', 1326, '3de2031cf4b4218ec51c58c8499ae1ecc38450574fa723bd6a2d9a582d19259c', '2026-11-23 17:00:00+00:00');

INSERT INTO ops.bugs (
    run_id, entry_id, raised_at, input, detail, trace
) VALUES
    ('laterun00001', 'knog5cidc6k2', '2026-11-23 13:00:00+00:00', 'newshouse-20261123T130000-laterun00001-00000.warc.gz@2251', 'ValueError(''x'')', 'Traceback …');

INSERT INTO ops.feeds (
    feed_url, title, format, state, etag, last_modified, body_sha256, last_polled_at,
    last_new_at, next_poll_at, interval_s, consecutive_failures, last_status, last_error,
    missed_estimate, is_subscribed, tags, address, validators_url, move_target,
    move_sightings, move_first_seen_at, lied_at, failing_since, floor_s, arrivals,
    arrivals_since, arrivals_as_of, newest_entry_at, silent_at, window_entries, skip_hours,
    skip_days
) VALUES
    ('https://gone.test/feed.xml', NULL, NULL, 'failing', NULL, NULL, NULL, '2026-11-23 13:00:00+00:00', NULL, '2026-11-24 13:00:00+00:00', NULL, 2, 500, 'the server answered 500', NULL, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-23 13:00:00+00:00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, [], []),
    ('https://pier.test/feed.xml', 'Pier', 'rss', 'active', '"1"', 'Mon, 23 Nov 2026 11:00:00 GMT', 'abababababababababababababababababababababababababababababababab', '2026-11-23 13:00:00+00:00', '2026-11-23 13:00:00+00:00', '2026-11-23 13:15:00+00:00', 900, 0, 200, NULL, 3, true, ['coast'], 'https://pier.test/new.xml', 'https://pier.test/feed.xml', 'https://quay.test/feed.xml', 2, '2026-11-23 13:00:00+00:00', '2026-11-23 13:00:00+00:00', NULL, 600, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5], '2026-11-23 13:00:00+00:00', '2026-11-23 13:00:00+00:00', '2026-11-23 13:00:00+00:00', '2026-11-25 13:00:00+00:00', 5, [1, 2], [6]);

INSERT INTO ops.host_paces (
    host, closed_until, delay_s, slow_until
) VALUES
    ('slow.test', '2026-12-02 13:00:00+00:00', 5.0, '2026-12-02 13:00:00+00:00');

INSERT INTO ops.outcomes (
    run_id, entry_id, outcome, reason, detail
) VALUES
    ('laterun00001', 'jrhzg4epkbx4', 'new', NULL, NULL),
    ('laterun00001', '2y5pdi7g5now', 'rejected', 'too_short', '83 < 200 chars'),
    ('laterun00001', 'knog5cidc6k2', 'bug', 'bug', 'ValueError(''x'')'),
    ('laterun00001', 'mwzdclburgg5', 'failed', NULL, NULL),
    ('laterun00001', 'dc3aoowkcwj6', 'new', 'robots_denied', 'text carried by the feed; the page: robots.txt says no'),
    ('laterun00001', 'xyu5nddqjwf2', 'new', NULL, NULL),
    ('laterun00002', 'jrhzg4epkbx4', 'unchanged', NULL, NULL),
    ('laterun00002', 'xb2uol5pbdrg', 'new', NULL, NULL),
    ('laterun00002', 'mwzdclburgg5', 'failed', NULL, NULL),
    ('laterun00002', 'xyu5nddqjwf2', 'changed', NULL, NULL),
    ('laterun00003', 'xb2uol5pbdrg', 'unchanged', NULL, NULL),
    ('laterun00003', 'mwzdclburgg5', 'unchanged', NULL, NULL),
    ('laterun00003', 'xyu5nddqjwf2', 'unchanged', NULL, NULL),
    ('laterun00003', 'jrhzg4epkbx4', 'unchanged', NULL, NULL);

INSERT INTO ops.robots (
    origin, text, etag, last_modified, validators_url, fetched_at, expires_at,
    unreachable_since, detail
) VALUES
    ('https://pier.test', 'User-agent: *', '"r"', 'Mon, 23 Nov 2026 11:00:00 GMT', 'https://pier.test/robots.txt', '2026-11-23 13:00:00+00:00', '2026-11-24 13:00:00+00:00', NULL, NULL),
    ('https://down.test', NULL, NULL, NULL, NULL, '2026-11-23 13:00:00+00:00', '2026-11-24 13:00:00+00:00', '2026-11-23 13:00:00+00:00', 'no answer');

INSERT INTO ops.runs (
    run_id, flow, state, started_at, finished_at, newshouse_version, feeds_polled,
    feeds_unchanged, feeds_failed, entries_seen, entries_new, pages_fetched, articles_new,
    articles_changed, duplicates, rejected, bugs, bytes_received, seconds, pruned_at
) VALUES
    ('laterun00001', 'ingest', 'completed_with_bugs', '2026-11-23 13:00:00+00:00', '2026-11-23 13:00:00+00:00', '0.1.0', 2, 0, 1, 6, 6, 4, 3, 0, 1, 1, 1, 2760, 0.0, '2026-11-23 13:00:00+00:00'),
    ('laterun00002', 'ingest', 'completed', '2026-11-23 16:00:00+00:00', '2026-11-23 16:00:00+00:00', '0.1.0', 1, 0, 0, 4, 1, 3, 1, 1, 0, 0, 0, 1725, 0.0, NULL),
    ('laterun00003', 'ingest', 'completed', '2026-11-23 17:00:00+00:00', '2026-11-23 17:00:00+00:00', '0.1.0', 1, 0, 0, 4, 1, 1, 0, 0, 0, 0, 0, 1725, 0.0, NULL);

INSERT INTO raw.entries (
    entry_id, run_id, seen_at, feed_url, guid, url, title, published_raw, updated_raw,
    authors, summary, content_html, fingerprint
) VALUES
    ('jrhzg4epkbx4', 'laterun00001', '2026-11-23 13:00:00+00:00', 'https://pier.test/feed.xml', 'b', 'https://pier.test/b', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', 'Mon, 23 Nov 2026 11:30:00 GMT', ['Ada Marsh'], 'In short.', NULL, 'theqwrrdmgrq'),
    ('2y5pdi7g5now', 'laterun00001', '2026-11-23 13:00:00+00:00', 'https://pier.test/feed.xml', 'c', 'https://pier.test/c', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', 'Mon, 23 Nov 2026 11:30:00 GMT', ['Ada Marsh'], 'In short.', NULL, 'mq4uepmu3g6q'),
    ('knog5cidc6k2', 'laterun00001', '2026-11-23 13:00:00+00:00', 'https://pier.test/feed.xml', 'd', 'https://pier.test/d', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', 'Mon, 23 Nov 2026 11:30:00 GMT', ['Ada Marsh'], 'In short.', NULL, 'zgrgjidx7ssh'),
    ('mwzdclburgg5', 'laterun00001', '2026-11-23 13:00:00+00:00', 'https://pier.test/feed.xml', 'e', 'https://pier.test/e', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', 'Mon, 23 Nov 2026 11:30:00 GMT', ['Ada Marsh'], 'In short.', NULL, '22find33zmfv'),
    ('dc3aoowkcwj6', 'laterun00001', '2026-11-23 13:00:00+00:00', 'https://pier.test/feed.xml', 'f', 'https://pier.test/f', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', 'Mon, 23 Nov 2026 11:30:00 GMT', ['Ada Marsh'], 'In short.', '<p>⛴️ In Vienna, on 22 November: rope0 rope1 rope2 rope3 rope4 rope5 rope6 rope7 rope8 rope9 rope10 rope11 rope12 rope13 rope14 rope15 rope16 rope17 rope18 rope19 rope20 rope21 rope22 rope23.</p>', '46mrtfyk4jhy'),
    ('xyu5nddqjwf2', 'laterun00001', '2026-11-23 13:00:00+00:00', 'https://pier.test/feed.xml', 'a', 'https://pier.test/a', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', 'Mon, 23 Nov 2026 11:30:00 GMT', ['Ada Marsh'], 'In short.', NULL, 'j66mftylc3ya'),
    ('xb2uol5pbdrg', 'laterun00002', '2026-11-23 16:00:00+00:00', 'https://pier.test/feed.xml', 'g', 'https://pier.test/g', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', 'Mon, 23 Nov 2026 11:30:00 GMT', ['Ada Marsh'], 'In short.', NULL, 'oy35bhftzbup'),
    ('jrhzg4epkbx4', 'laterun00002', '2026-11-23 16:00:00+00:00', 'https://pier.test/feed.xml', 'b', 'https://new-pier.test/b', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', 'Mon, 23 Nov 2026 11:30:00 GMT', ['Ada Marsh'], 'In short.', NULL, 'a463vmpnxb2y'),
    ('xb2uol5pbdrg', 'laterun00003', '2026-11-23 17:00:00+00:00', 'https://pier.test/feed.xml', 'g', 'https://new-pier.test/g', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', 'Mon, 23 Nov 2026 11:30:00 GMT', ['Ada Marsh'], 'In short.', NULL, 'fez5nvlxhbla'),
    ('fzng6krqf64u', 'laterun00003', '2026-11-23 17:00:00+00:00', 'https://pier.test/feed.xml', 'g', 'https://new-pier.test/g', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', 'Mon, 23 Nov 2026 11:30:00 GMT', ['Ada Marsh'], 'In short.', NULL, 'fez5nvlxhbla');

INSERT INTO raw.fetches (
    fetch_id, run_id, kind, url, final_url, status, outcome, error, started_at, elapsed_ms,
    received_bytes, from_cache, hops
) VALUES
    ('75huc5t2byye', 'laterun00001', 'feed', 'https://pier.test/feed.xml', 'https://pier.test/feed.xml', 200, 'ok', NULL, '2026-11-23 13:00:00.000001+00:00', 12, 345, false, [{'url': 'https://pier.test/feed.xml', 'status': 308, 'location': 'https://quay.test/feed.xml'}]),
    ('t5kxyddsoinr', 'laterun00001', 'feed', 'https://gone.test/feed.xml', 'https://gone.test/feed.xml', 500, 'server_error', '500', '2026-11-23 13:00:00.000003+00:00', 12, 345, false, NULL),
    ('jgjo53icnf6e', 'laterun00001', 'page', 'https://pier.test/c', 'https://pier.test/c', 200, 'ok', NULL, '2026-11-23 13:00:00.000004+00:00', 12, 345, false, NULL),
    ('xm7bbzihy2km', 'laterun00001', 'page', 'https://pier.test/f', 'https://pier.test/f', 200, 'ok', NULL, '2026-11-23 13:00:00.000006+00:00', 12, 345, false, NULL),
    ('4nonac6htole', 'laterun00001', 'page', 'https://pier.test/b', 'https://pier.test/b', 200, 'ok', NULL, '2026-11-23 13:00:00.000008+00:00', 12, 345, false, NULL),
    ('l65jnpkaqn7j', 'laterun00001', 'page', 'https://pier.test/d', 'https://pier.test/d', 200, 'ok', NULL, '2026-11-23 13:00:00.000010+00:00', 12, 345, false, NULL),
    ('is7laztktq4k', 'laterun00001', 'page', 'https://pier.test/e', 'https://pier.test/e', 200, 'ok', NULL, '2026-11-23 13:00:00.000012+00:00', 12, 345, false, NULL),
    ('u3xvnv65b6vg', 'laterun00001', 'page', 'https://pier.test/a', 'https://pier.test/a', 200, 'ok', NULL, '2026-11-23 13:00:00.000013+00:00', 12, 345, false, NULL),
    ('tyg6gimuwwje', 'laterun00002', 'feed', 'https://pier.test/feed.xml', 'https://pier.test/feed.xml', 200, 'ok', NULL, '2026-11-23 16:00:00.000015+00:00', 12, 345, false, NULL),
    ('4c7qty4i2smp', 'laterun00002', 'page', 'https://new-pier.test/b', 'https://new-pier.test/b', 200, 'ok', NULL, '2026-11-23 16:00:00.000017+00:00', 12, 345, false, NULL),
    ('kqwp2esjb7pe', 'laterun00002', 'page', 'https://pier.test/e', 'https://pier.test/e', 200, 'ok', NULL, '2026-11-23 16:00:00.000019+00:00', 12, 345, false, NULL),
    ('tinqsa5knoj3', 'laterun00002', 'page', 'https://pier.test/a', 'https://pier.test/a', 200, 'ok', NULL, '2026-11-23 16:00:00.000020+00:00', 12, 345, false, NULL),
    ('6jjd4nvv22oi', 'laterun00002', 'page', 'https://pier.test/g', 'https://pier.test/g', 200, 'ok', NULL, '2026-11-23 16:00:00.000022+00:00', 12, 345, false, NULL),
    ('ck7fe4bjqvn2', 'laterun00003', 'feed', 'https://pier.test/feed.xml', 'https://pier.test/feed.xml', 200, 'ok', NULL, '2026-11-23 17:00:00.000024+00:00', 12, 345, false, NULL),
    ('kx3vj3dpkrae', 'laterun00003', 'page', 'https://new-pier.test/g', 'https://new-pier.test/g', 200, 'ok', NULL, '2026-11-23 17:00:00.000029+00:00', 12, 345, false, NULL),
    ('lef7ddlxxn7n', 'laterun00003', 'page', 'https://new-pier.test/b', 'https://new-pier.test/b', 200, 'ok', NULL, '2026-11-23 17:00:00.000026+00:00', 12, 345, false, NULL),
    ('nijxdljtt4g5', 'laterun00003', 'page', 'https://pier.test/e', 'https://pier.test/e', 200, 'ok', NULL, '2026-11-23 17:00:00.000027+00:00', 12, 345, false, NULL),
    ('gwnn63kit4in', 'laterun00003', 'page', 'https://pier.test/a', 'https://pier.test/a', 200, 'ok', NULL, '2026-11-23 17:00:00.000028+00:00', 12, 345, false, NULL);

INSERT INTO raw.pages (
    page_id, run_id, kind, url, final_url, fetched_at, status, sha256, body_bytes,
    content_type, charset, etag, last_modified, warc_file, warc_offset, warc_length
) VALUES
    ('kp24bh7rv72q', 'laterun00001', 'feed', 'https://pier.test/feed.xml', 'https://pier.test/feed.xml', '2026-11-23 13:00:00.000002+00:00', 200, 'ffed0049bf61ece1ef675e5f28a25bec0a9808366004a1fb8bb2474753616920', 36, 'text/html', NULL, NULL, NULL, 'newshouse-20261123T130000-laterun00001-00000.warc.gz', 344, 447),
    ('bcf5a7h5jika', 'laterun00001', 'page', 'https://pier.test/c', 'https://pier.test/c', '2026-11-23 13:00:00.000005+00:00', 200, 'f92a3ce8be47dd577b9979b6c006c9ac3de316a668f36f72f65dc241a0a1d0b3', 22, 'text/html', NULL, NULL, NULL, 'newshouse-20261123T130000-laterun00001-00000.warc.gz', 791, 440),
    ('ioshfpo6wtkb', 'laterun00001', 'entry', 'https://pier.test/f', 'https://pier.test/f', '2026-11-23 13:00:00.000007+00:00', 200, '7f40e6f7ecca06c3b5a91ef3e897f8b24726ebf1b2b7a9bb4457617df564b6b3', 192, 'text/html', 'utf-8', NULL, NULL, 'newshouse-20261123T130000-laterun00001-00000.warc.gz', 1231, 487),
    ('f5pyl4cktiix', 'laterun00001', 'page', 'https://pier.test/b', 'https://pier.test/b', '2026-11-23 13:00:00.000009+00:00', 200, '700cc725e71fd57ff8f659d9c7b3787bacebb3a46ce1074eb35450ea45168714', 209, 'text/html', NULL, NULL, NULL, 'newshouse-20261123T130000-laterun00001-00000.warc.gz', 1718, 533),
    ('5tzyr7nc47xt', 'laterun00001', 'page', 'https://pier.test/d', 'https://pier.test/d', '2026-11-23 13:00:00.000011+00:00', 200, 'c4be486402af281677fe1120135e21e2d7183df9c1df480dd69c0c313f1dfd6e', 209, 'text/html', NULL, NULL, NULL, 'newshouse-20261123T130000-laterun00001-00000.warc.gz', 2251, 530),
    ('ezl664nh44dd', 'laterun00001', 'page', 'https://pier.test/a', 'https://pier.test/a', '2026-11-23 13:00:00.000014+00:00', 200, '700cc725e71fd57ff8f659d9c7b3787bacebb3a46ce1074eb35450ea45168714', 209, 'text/html', NULL, '"v1"', 'Mon, 23 Nov 2026 11:00:00 GMT', 'newshouse-20261123T130000-laterun00001-00000.warc.gz', 2781, 541),
    ('mtlfk3a34xpe', 'laterun00002', 'feed', 'https://pier.test/feed.xml', 'https://pier.test/feed.xml', '2026-11-23 16:00:00.000016+00:00', 200, 'a3b88a07972c7571e6116f9f99764127e7339d2a7231a1b5dc6bf544c96c2420', 36, 'text/html', NULL, NULL, NULL, 'newshouse-20261123T160000-laterun00002-00000.warc.gz', 344, 448),
    ('rzsqj4ujyr4l', 'laterun00002', 'page', 'https://new-pier.test/b', 'https://new-pier.test/b', '2026-11-23 16:00:00.000018+00:00', 200, '700cc725e71fd57ff8f659d9c7b3787bacebb3a46ce1074eb35450ea45168714', 209, 'text/html', NULL, NULL, NULL, 'newshouse-20261123T160000-laterun00002-00000.warc.gz', 792, 538),
    ('55r34do5kj3u', 'laterun00002', 'page', 'https://pier.test/a', 'https://pier.test/a', '2026-11-23 16:00:00.000021+00:00', 200, 'f885d3a058cc91438bb82ae56fd9275bc70e60c063b0c1081b2fdbb56ae834d3', 221, 'text/html', NULL, NULL, NULL, 'newshouse-20261123T160000-laterun00002-00000.warc.gz', 1330, 538),
    ('vvp4sqpwglsu', 'laterun00002', 'page', 'https://pier.test/g', 'https://pier.test/g', '2026-11-23 16:00:00.000023+00:00', 200, 'b8998135ca9d12ba234debf569bbad73a503655fbcfaad097ad15e62b69746e9', 209, 'text/html', NULL, NULL, NULL, 'newshouse-20261123T160000-laterun00002-00000.warc.gz', 1868, 533),
    ('b345r4arzhrp', 'laterun00003', 'feed', 'https://pier.test/feed.xml', 'https://pier.test/feed.xml', '2026-11-23 17:00:00.000025+00:00', 200, '284af3c3faf0edb8c7cfab499d58d469249b9f856cbf0852e3d3b4f6b5ce5311', 36, 'text/html', NULL, NULL, NULL, 'newshouse-20261123T170000-laterun00003-00000.warc.gz', 342, 449),
    ('nnvvabj3gwkd', 'laterun00003', 'page', 'https://new-pier.test/g', 'https://new-pier.test/g', '2026-11-23 17:00:00.000030+00:00', 200, 'b8998135ca9d12ba234debf569bbad73a503655fbcfaad097ad15e62b69746e9', 209, 'text/html', NULL, NULL, NULL, 'newshouse-20261123T170000-laterun00003-00000.warc.gz', 791, 535);

INSERT INTO raw.usage_signals (
    page_id, source, name, value
) VALUES
    ('ezl664nh44dd', 'meta', 'robots', 'noai');

