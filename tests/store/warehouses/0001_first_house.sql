-- What newshouse left when this migration was the last, written down by its own code of then: one
-- feed with two copies of a text, one of them corrected, a rejected, a failed and a bugged page.

INSERT INTO core.article_urls (
    url_id, article_id, url
) VALUES
    ('h2df5zprbd4w', 'h2df5zprbd4w', 'https://harbour.test/b'),
    ('qhkavrwfynrb', 'qhkavrwfynrb', 'https://harbour.test/a');

INSERT INTO core.articles (
    article_id, url, canonical_url, source, feed_url, first_seen_at, last_seen_at, version,
    duplicate_of, story_id
) VALUES
    ('qhkavrwfynrb', 'https://harbour.test/a', 'https://harbour.test/a', 'harbour.test', 'https://harbour.test/feed.xml', '2026-11-22 13:00:00.000010+00:00', '2026-11-22 16:00:00.000014+00:00', 2, 'h2df5zprbd4w', 'h2df5zprbd4w'),
    ('h2df5zprbd4w', 'https://harbour.test/b', 'https://harbour.test/b', 'harbour.test', 'https://harbour.test/feed.xml', '2026-11-22 13:00:00.000008+00:00', '2026-11-22 13:00:00.000008+00:00', 1, NULL, 'h2df5zprbd4w');

INSERT INTO core.dates (
    article_id, version, surface, start_char, end_char, timex_type, timex_value, date_from,
    date_to
) VALUES
    ('qhkavrwfynrb', 1, '22 November', 17, 28, 'DATE', '2026-11-22', '2026-11-22', '2026-11-22'),
    ('h2df5zprbd4w', 1, '22 November', 17, 28, 'DATE', '2026-11-22', '2026-11-22', '2026-11-22'),
    ('qhkavrwfynrb', 2, '22 November', 17, 28, 'DATE', '2026-11-22', '2026-11-22', '2026-11-22');

INSERT INTO core.duplicate_pairs (
    article_id, other_id, kind, jaccard, containment
) VALUES
    ('h2df5zprbd4w', 'qhkavrwfynrb', 'near', 1.0, 1.0);

INSERT INTO core.entities (
    entity_id, name, kind, country_code
) VALUES
    ('6guqmyncnuji', 'Berlin', 'GPE', 'DE');

INSERT INTO core.entries (
    entry_id, feed_url, guid, url, url_id, title, published_raw, published_at, authors,
    fingerprint, first_seen_at, first_run_id, outcome, reason, detail, article_id, page_id,
    attempts, due_at
) VALUES
    ('4qj7qpv46yf5', 'https://harbour.test/feed.xml', 'd', 'https://harbour.test/d', '2ipejmjbi347', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', '2026-11-22 11:00:00+00:00', ['Ada Marsh'], '4weuhcw63lgt', '2026-11-22 13:00:00+00:00', 'testrun00001', 'bug', 'bug', 'ValueError(''x'')', NULL, 'qsaon6727il5', 0, NULL),
    ('ynchmubkl6go', 'https://harbour.test/feed.xml', 'e', 'https://harbour.test/e', 'qhoknxjwqf7m', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', '2026-11-22 11:00:00+00:00', ['Ada Marsh'], 'qbhkjecm5ky5', '2026-11-22 13:00:00+00:00', 'testrun00001', 'failed', NULL, NULL, NULL, NULL, 2, '2026-11-22 16:30:00+00:00'),
    ('tbnrkbyctglu', 'https://harbour.test/feed.xml', 'a', 'https://harbour.test/a', 'qhkavrwfynrb', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', '2026-11-22 11:00:00+00:00', ['Ada Marsh'], '4765kdr4ensk', '2026-11-22 13:00:00+00:00', 'testrun00001', 'changed', NULL, NULL, 'qhkavrwfynrb', 'edr73bl5vkas', 0, '2026-11-22 17:00:00+00:00'),
    ('kpvnwzd5l44r', 'https://harbour.test/feed.xml', 'b', 'https://harbour.test/b', 'h2df5zprbd4w', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', '2026-11-22 11:00:00+00:00', ['Ada Marsh'], 'spaiwo3mdhub', '2026-11-22 13:00:00+00:00', 'testrun00001', 'unchanged', NULL, NULL, 'h2df5zprbd4w', '6luigbaeyt43', 0, '2026-11-22 17:00:00+00:00'),
    ('czd5usxyk23k', 'https://harbour.test/feed.xml', 'c', 'https://harbour.test/c', 'qlpx2mpm2fk2', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', '2026-11-22 11:00:00+00:00', ['Ada Marsh'], '6ana5zjoybgu', '2026-11-22 13:00:00+00:00', 'testrun00001', 'rejected', 'too_short', '83 < 200 chars', NULL, 'ageiol44dcm7', 0, NULL);

INSERT INTO core.mentions (
    article_id, version, entity_id, kind, surface, start_char, end_char, score
) VALUES
    ('qhkavrwfynrb', 1, '6guqmyncnuji', 'GPE', 'Berlin', 6, 12, 0.9),
    ('h2df5zprbd4w', 1, '6guqmyncnuji', 'GPE', 'Berlin', 6, 12, 0.9),
    ('qhkavrwfynrb', 2, '6guqmyncnuji', 'GPE', 'Berlin', 6, 12, 0.9);

INSERT INTO core.provenance (
    article_id, version, field, value, source, rule, chosen
) VALUES
    ('qhkavrwfynrb', 1, 'title', 'Ferry runs again', 'h1', 'votes', true),
    ('qhkavrwfynrb', 1, 'title', 'Harbour', 'og', 'votes', false),
    ('h2df5zprbd4w', 1, 'title', 'Ferry runs again', 'h1', 'votes', true),
    ('h2df5zprbd4w', 1, 'title', 'Harbour', 'og', 'votes', false),
    ('qhkavrwfynrb', 2, 'title', 'Ferry runs again, late', 'h1', 'votes', true),
    ('qhkavrwfynrb', 2, 'title', 'Harbour', 'og', 'votes', false);

INSERT INTO core.shingles (
    key, article_id
) VALUES
    (34734613, 'h2df5zprbd4w'),
    (90889055, 'h2df5zprbd4w'),
    (326569941, 'h2df5zprbd4w'),
    (726409604, 'h2df5zprbd4w'),
    (738834789, 'h2df5zprbd4w'),
    (763360316, 'h2df5zprbd4w'),
    (1323564381, 'h2df5zprbd4w'),
    (1357584854, 'h2df5zprbd4w'),
    (34734613, 'qhkavrwfynrb'),
    (90889055, 'qhkavrwfynrb'),
    (326569941, 'qhkavrwfynrb'),
    (726409604, 'qhkavrwfynrb'),
    (738834789, 'qhkavrwfynrb'),
    (763360316, 'qhkavrwfynrb'),
    (1323564381, 'qhkavrwfynrb'),
    (1357584854, 'qhkavrwfynrb');

INSERT INTO core.versions (
    article_id, version, seen_from, seen_until, run_id, published_at, published_raw,
    modified_at, title, authors, language, text, text_sha256, content_hash, word_count,
    section, keywords, image_url, is_paywalled, is_truncated, declared_canonical_url,
    repeated_paragraphs, page_id, extractor, tagger, change
) VALUES
    ('qhkavrwfynrb', 1, '2026-11-22 13:00:00.000010+00:00', '2026-11-22 16:00:00.000014+00:00', 'testrun00001', '2026-11-22 10:00:00+00:00', '22 Nov 2026', NULL, 'Ferry runs again', ['Ada Marsh'], 'en', '⛴️ In Berlin, on 22 November: ferry0 ferry1 ferry2 ferry3 ferry4 ferry5 ferry6 ferry7 ferry8 ferry9 ferry10 ferry11 ferry12 ferry13 ferry14 ferry15 ferry16 ferry17 ferry18 ferry19 ferry20 ferry21 ferry22 ferry23.', 'b1b27b5520250f560634750ec4baf2464dbaf58d90184eeb066d380f753d9374', 'd7aadb29e895e9abc5abdbf01a11c9c7', 30, NULL, ['ferries'], NULL, false, false, NULL, 0, 'zhhljbcz7cmz', 'test-1', 'test-1', 'first'),
    ('h2df5zprbd4w', 1, '2026-11-22 13:00:00.000008+00:00', NULL, 'testrun00001', '2026-11-22 11:00:00+00:00', '22 Nov 2026', NULL, 'Ferry runs again', ['Ada Marsh'], 'en', '⛴️ In Berlin, on 22 November: ferry0 ferry1 ferry2 ferry3 ferry4 ferry5 ferry6 ferry7 ferry8 ferry9 ferry10 ferry11 ferry12 ferry13 ferry14 ferry15 ferry16 ferry17 ferry18 ferry19 ferry20 ferry21 ferry22 ferry23.', 'b1b27b5520250f560634750ec4baf2464dbaf58d90184eeb066d380f753d9374', 'd7aadb29e895e9abc5abdbf01a11c9c7', 30, NULL, ['ferries'], NULL, false, false, NULL, 0, '6luigbaeyt43', 'test-1', 'test-1', 'first'),
    ('qhkavrwfynrb', 2, '2026-11-22 16:00:00.000014+00:00', NULL, 'testrun00002', '2026-11-22 12:00:00+00:00', '22 Nov 2026', '2026-11-22 12:00:00+00:00', 'Ferry runs again, late', ['Ada Marsh'], 'en', '⛴️ In Berlin, on 22 November: ferry0 ferry1 ferry2 ferry3 ferry4 ferry5 ferry6 ferry7 ferry8 ferry9 ferry10 ferry11 ferry12 ferry13 ferry14 ferry15 ferry16 ferry17 ferry18 ferry19 ferry20 ferry21 ferry22 ferry23. More.', '8eb31ba091678631bdcbe00f7f6861cd63fd538b2786b001a4386fb1d196404c', '737df1475ad0f22e1e84d33c81bf0ba8', 31, 'Coast', ['ferries'], 'https://harbour.test/a.jpg', false, false, 'https://harbour.test/a', 0, 'edr73bl5vkas', 'test-1', 'test-1', 'correction');

INSERT INTO ops.alarms (
    raised_at, kind, subject, detail, cleared_at
) VALUES
    ('2026-11-22 13:00:00+00:00', 'bugs', 'testrun00001', '1 entries quarantined; see ops.bugs for their inputs and traces', '2026-11-22 16:00:00+00:00');

INSERT INTO ops.archive_files (
    warc_file, run_id, file_bytes, sha256, sealed_at
) VALUES
    ('newshouse-20261122T130000-testrun00001-00000.warc.gz', 'testrun00001', 2834, '3c37dfadb4f3f3bb5b3debcb8b3b47b227594f196907c89d2c9773064bf0656a', '2026-11-22 13:00:00+00:00'),
    ('newshouse-20261122T160000-testrun00002-00000.warc.gz', 'testrun00002', 882, 'b78d32f5cffaa48e95522448d6a9d0dd1735a29b2bf69ac41cfbdcc8c98d9e6f', '2026-11-22 16:00:00+00:00');

INSERT INTO ops.bugs (
    run_id, entry_id, raised_at, input, detail, trace
) VALUES
    ('testrun00001', '4qj7qpv46yf5', '2026-11-22 13:00:00+00:00', 'newshouse-20261122T130000-testrun00001-00000.warc.gz@789', 'ValueError(''x'')', 'Traceback …');

INSERT INTO ops.feeds (
    feed_url, title, format, state, etag, last_modified, body_sha256, last_polled_at,
    last_new_at, next_poll_at, interval_s, consecutive_failures, last_status, last_error,
    missed_estimate, is_subscribed
) VALUES
    ('https://harbour.test/feed.xml', 'Harbour', 'rss', 'active', '"1"', 'Sun, 22 Nov 2026 11:00:00 GMT', 'abababababababababababababababababababababababababababababababab', '2026-11-22 13:00:00+00:00', '2026-11-22 13:00:00+00:00', '2026-11-22 13:15:00+00:00', 900, 0, 200, 'the server answered 500', 0, true);

INSERT INTO ops.outcomes (
    run_id, entry_id, outcome, reason, detail
) VALUES
    ('testrun00001', '4qj7qpv46yf5', 'bug', 'bug', 'ValueError(''x'')'),
    ('testrun00001', 'ynchmubkl6go', 'failed', NULL, NULL),
    ('testrun00001', 'tbnrkbyctglu', 'new', NULL, NULL),
    ('testrun00001', 'kpvnwzd5l44r', 'new', NULL, NULL),
    ('testrun00001', 'czd5usxyk23k', 'rejected', 'too_short', '83 < 200 chars'),
    ('testrun00002', 'ynchmubkl6go', 'failed', NULL, NULL),
    ('testrun00002', 'tbnrkbyctglu', 'changed', NULL, NULL),
    ('testrun00002', 'kpvnwzd5l44r', 'unchanged', NULL, NULL);

INSERT INTO ops.runs (
    run_id, flow, state, started_at, finished_at, newshouse_version, feeds_polled,
    feeds_unchanged, feeds_failed, entries_seen, entries_new, pages_fetched, articles_new,
    articles_changed, duplicates, rejected, bugs, bytes_received, seconds
) VALUES
    ('testrun00001', 'ingest', 'completed_with_bugs', '2026-11-22 13:00:00+00:00', '2026-11-22 13:00:00+00:00', '0.1.0', 1, 0, 0, 5, 5, 4, 2, 0, 1, 1, 1, 2070, 0.0),
    ('testrun00002', 'ingest', 'completed', '2026-11-22 16:00:00+00:00', '2026-11-22 16:00:00+00:00', '0.1.0', 0, 0, 0, 3, 0, 1, 0, 1, 0, 0, 0, 1035, 0.0),
    ('testrun00003', 'ingest', 'failed', '2026-11-22 17:00:00+00:00', '2026-11-22 17:00:00+00:00', '0.1.0', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.0),
    ('testrun00004', 'ingest', 'interrupted', '2026-11-22 18:00:00+00:00', '2026-11-22 18:00:00+00:00', '0.1.0', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.0);

INSERT INTO raw.entries (
    entry_id, run_id, seen_at, feed_url, guid, url, title, published_raw, updated_raw,
    authors, summary, content_html, fingerprint
) VALUES
    ('4qj7qpv46yf5', 'testrun00001', '2026-11-22 13:00:00+00:00', 'https://harbour.test/feed.xml', 'd', 'https://harbour.test/d', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', 'Sun, 22 Nov 2026 11:30:00 GMT', ['Ada Marsh'], 'In short.', NULL, '4weuhcw63lgt'),
    ('ynchmubkl6go', 'testrun00001', '2026-11-22 13:00:00+00:00', 'https://harbour.test/feed.xml', 'e', 'https://harbour.test/e', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', 'Sun, 22 Nov 2026 11:30:00 GMT', ['Ada Marsh'], 'In short.', NULL, 'qbhkjecm5ky5'),
    ('tbnrkbyctglu', 'testrun00001', '2026-11-22 13:00:00+00:00', 'https://harbour.test/feed.xml', 'a', 'https://harbour.test/a', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', 'Sun, 22 Nov 2026 11:30:00 GMT', ['Ada Marsh'], 'In short.', '<p>At length.</p>', '4765kdr4ensk'),
    ('kpvnwzd5l44r', 'testrun00001', '2026-11-22 13:00:00+00:00', 'https://harbour.test/feed.xml', 'b', 'https://harbour.test/b', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', 'Sun, 22 Nov 2026 11:30:00 GMT', ['Ada Marsh'], 'In short.', NULL, 'spaiwo3mdhub'),
    ('czd5usxyk23k', 'testrun00001', '2026-11-22 13:00:00+00:00', 'https://harbour.test/feed.xml', 'c', 'https://harbour.test/c', 'A title', 'Sun, 22 Nov 2026 11:00:00 GMT', 'Sun, 22 Nov 2026 11:30:00 GMT', ['Ada Marsh'], 'In short.', NULL, '6ana5zjoybgu');

INSERT INTO raw.fetches (
    fetch_id, run_id, kind, url, final_url, status, outcome, error, started_at, elapsed_ms,
    received_bytes, from_cache
) VALUES
    ('kznudhbgnctl', 'testrun00001', 'feed', 'https://harbour.test/feed.xml', 'https://harbour.test/feed.xml', 200, 'ok', NULL, '2026-11-22 13:00:00.000001+00:00', 12, 345, false),
    ('xqsqt26wkhht', 'testrun00001', 'page', 'https://harbour.test/d', 'https://harbour.test/d', 200, 'ok', NULL, '2026-11-22 13:00:00.000003+00:00', 12, 345, false),
    ('y6gjmlmtejdo', 'testrun00001', 'page', 'https://harbour.test/c', 'https://harbour.test/c', 200, 'ok', NULL, '2026-11-22 13:00:00.000005+00:00', 12, 345, false),
    ('3anvmdu6y5hf', 'testrun00001', 'page', 'https://harbour.test/b', 'https://harbour.test/b', 200, 'ok', NULL, '2026-11-22 13:00:00.000007+00:00', 12, 345, false),
    ('3jhtcfaqxcgq', 'testrun00001', 'page', 'https://harbour.test/a', 'https://harbour.test/a', 200, 'ok', NULL, '2026-11-22 13:00:00.000009+00:00', 12, 345, false),
    ('6z35afxddnab', 'testrun00001', 'page', 'https://harbour.test/e', 'https://harbour.test/e', 500, 'server_error', 'the server answered 500', '2026-11-22 13:00:00.000011+00:00', 12, 345, false),
    ('ffg6tiwmnd7r', 'testrun00002', 'page', 'https://harbour.test/b', 'https://harbour.test/b', 200, 'ok', NULL, '2026-11-22 16:00:00.000012+00:00', 12, 345, false),
    ('75lhk5ymurk5', 'testrun00002', 'page', 'https://harbour.test/a', 'https://harbour.test/a', 200, 'ok', NULL, '2026-11-22 16:00:00.000013+00:00', 12, 345, false),
    ('xdt5ocynjr2w', 'testrun00002', 'page', 'https://harbour.test/e', 'https://harbour.test/e', 500, 'server_error', 'the server answered 500', '2026-11-22 16:00:00.000015+00:00', 12, 345, false);

INSERT INTO raw.pages (
    page_id, run_id, kind, url, final_url, fetched_at, status, sha256, body_bytes,
    content_type, charset, etag, last_modified, warc_file, warc_offset, warc_length
) VALUES
    ('ac66rklyundd', 'testrun00001', 'feed', 'https://harbour.test/feed.xml', 'https://harbour.test/feed.xml', '2026-11-22 13:00:00.000002+00:00', 200, 'c6b24265addb2624caef6e413b127642abe2f28704c6420b0c7eeab5676874ac', 36, 'text/html', NULL, NULL, NULL, 'newshouse-20261122T130000-testrun00001-00000.warc.gz', 341, 448),
    ('qsaon6727il5', 'testrun00001', 'page', 'https://harbour.test/d', 'https://harbour.test/d', '2026-11-22 13:00:00.000004+00:00', 200, '052746375e947b6a663d2b9f288eddb25ddee0957dd56426608d92d7f1a33de0', 209, 'text/html', NULL, NULL, NULL, 'newshouse-20261122T130000-testrun00001-00000.warc.gz', 789, 537),
    ('ageiol44dcm7', 'testrun00001', 'page', 'https://harbour.test/c', 'https://harbour.test/c', '2026-11-22 13:00:00.000006+00:00', 200, 'c42176db26b7603e5e79198f3eb27b3fe8c6b594a5742386f41831bae9f3b1ba', 22, 'text/html', NULL, NULL, NULL, 'newshouse-20261122T130000-testrun00001-00000.warc.gz', 1326, 444),
    ('6luigbaeyt43', 'testrun00001', 'page', 'https://harbour.test/b', 'https://harbour.test/b', '2026-11-22 13:00:00.000008+00:00', 200, '1d5cbc69343da070d72fef883ff1e4dcc1a74aca6d6192133ca7d0d6c58288d6', 233, 'text/html', NULL, NULL, NULL, 'newshouse-20261122T130000-testrun00001-00000.warc.gz', 1770, 531),
    ('zhhljbcz7cmz', 'testrun00001', 'page', 'https://harbour.test/a', 'https://harbour.test/a', '2026-11-22 13:00:00.000010+00:00', 200, '1d5cbc69343da070d72fef883ff1e4dcc1a74aca6d6192133ca7d0d6c58288d6', 233, 'text/html', 'utf-8', '"2"', 'Sun, 22 Nov 2026 11:00:00 GMT', 'newshouse-20261122T130000-testrun00001-00000.warc.gz', 2301, 533),
    ('edr73bl5vkas', 'testrun00002', 'page', 'https://harbour.test/a', 'https://harbour.test/a', '2026-11-22 16:00:00.000014+00:00', 200, '89f48a5d87ba0cdb52e178f22858f62fc3aff8ac2a55bcdafb6c52127706ec9d', 245, 'text/html', 'utf-8', '"2"', 'Sun, 22 Nov 2026 11:00:00 GMT', 'newshouse-20261122T160000-testrun00002-00000.warc.gz', 341, 541);

