-- The views and macros of that time, for a snapshot that an older newshouse published.
CREATE OR REPLACE VIEW main.articles AS
SELECT
    a.article_id, a.url, a.canonical_url, a.source, a.feed_url,
    v.title, v.authors, v.published_at, v.modified_at,
    a.first_seen_at, a.last_seen_at, v.language, v.text, v.word_count,
    v.section, v.keywords, v.image_url, v.is_paywalled, v.is_truncated,
    a.version, a.version AS version_count, a.story_id, a.duplicate_of,
    v.page_id, v.extractor, v.published_raw, v.text_sha256
FROM core.articles AS a
JOIN core.versions AS v USING (article_id, version);
COMMENT ON VIEW main.articles IS 'One row an article, in its current version.';

CREATE OR REPLACE VIEW main.article_versions AS
SELECT
    article_id, version, seen_from, seen_until, published_at, modified_at,
    title, text, text_sha256, page_id, extractor, change,
    authors, language, word_count, repeated_paragraphs, tagger, run_id
FROM core.versions;
COMMENT ON VIEW main.article_versions IS 'Every version of every article; seen_until NULL = current.';

CREATE OR REPLACE VIEW main.provenance AS
SELECT article_id, version, field, value, source, rule, chosen FROM core.provenance;
COMMENT ON VIEW main.provenance IS 'Every candidate for title, dates, authors, and why one won.';

CREATE OR REPLACE VIEW main.feeds AS
SELECT
    f.feed_url, f.title, f.format, f.state, f.last_polled_at, f.last_new_at,
    f.next_poll_at, f.interval_s, f.consecutive_failures, f.last_status, f.last_error,
    coalesce(e.entries_total, 0) AS entries_total, f.missed_estimate, f.is_subscribed
FROM ops.feeds AS f
LEFT JOIN (
    SELECT feed_url, count(*) AS entries_total FROM core.entries GROUP BY feed_url
) AS e USING (feed_url);
COMMENT ON VIEW main.feeds IS 'Subscriptions and how polling them goes.';

CREATE OR REPLACE VIEW main.entries AS
SELECT
    entry_id, feed_url, guid, url, title, published_at, first_seen_at, outcome, article_id,
    reason, detail, attempts, due_at
FROM core.entries;
COMMENT ON VIEW main.entries IS 'Feed items and how each last left a run.';

CREATE OR REPLACE VIEW main.fetches AS
SELECT
    fetch_id, run_id, kind, url, final_url, status, outcome, error,
    started_at, elapsed_ms, received_bytes, from_cache
FROM raw.fetches;
COMMENT ON VIEW main.fetches IS 'Every HTTP question and answer.';

CREATE OR REPLACE VIEW main.pages AS
SELECT
    page_id, url, fetched_at, sha256, body_bytes AS bytes,
    warc_file, warc_offset, warc_length, content_type, charset, final_url, run_id
FROM raw.pages
WHERE kind = 'page';
COMMENT ON VIEW main.pages IS 'Article pages and where their raw bytes lie in the archive.';

CREATE OR REPLACE VIEW main.runs AS
SELECT
    run_id, flow, state, started_at, finished_at,
    feeds_polled, feeds_unchanged, feeds_failed, entries_seen, entries_new,
    pages_fetched, articles_new, articles_changed, duplicates, rejected, bugs,
    bytes_received, seconds, newshouse_version
FROM ops.runs;
COMMENT ON VIEW main.runs IS 'Executions of a flow, with counts.';

CREATE OR REPLACE VIEW main.outcomes AS
SELECT run_id, entry_id, outcome, reason, detail FROM ops.outcomes;
COMMENT ON VIEW main.outcomes IS 'How each entry left each run.';

CREATE OR REPLACE VIEW main.alarms AS
SELECT raised_at, kind, subject, detail, cleared_at FROM ops.alarms;
COMMENT ON VIEW main.alarms IS 'Troubles that want a person; cleared_at NULL = still on.';

CREATE OR REPLACE VIEW main.duplicates AS
SELECT
    a.article_id, a.duplicate_of,
    coalesce(p.kind, 'near') AS kind,
    p.jaccard, p.containment,
    a.source <> o.source AS is_syndicated
FROM core.articles AS a
JOIN core.articles AS o ON o.article_id = a.duplicate_of
LEFT JOIN core.duplicate_pairs AS p
    ON p.article_id = least(a.article_id, o.article_id)
    AND p.other_id = greatest(a.article_id, o.article_id);
COMMENT ON VIEW main.duplicates IS
    'Articles that repeat another; jaccard and containment are NULL where the two are joined only through a third.';

CREATE OR REPLACE VIEW main.stories AS
SELECT
    a.story_id,
    any_value(v.title) FILTER (a.article_id = a.story_id) AS title,
    a.story_id AS first_article_id,
    count(*) AS article_count,
    count(DISTINCT a.source) AS source_count,
    min(a.first_seen_at) AS first_seen_at,
    max(a.first_seen_at) AS last_seen_at
FROM core.articles AS a
JOIN core.versions AS v USING (article_id, version)
GROUP BY a.story_id;
COMMENT ON VIEW main.stories IS 'Articles that repeat one another, as one row; a lone article is a story of one.';

CREATE OR REPLACE VIEW main.mentions AS
SELECT article_id, version, entity_id, kind, surface, start_char, end_char, score
FROM core.mentions;
COMMENT ON VIEW main.mentions IS 'Spans that name an entity, in every version.';

CREATE OR REPLACE VIEW main.entities AS
SELECT
    e.entity_id, e.name, e.kind, e.country_code,
    list_sort(list_distinct(list(m.surface))) AS aliases,
    count(*) AS mention_count,
    count(DISTINCT m.article_id) AS article_count,
    min(a.first_seen_at) AS first_seen_at,
    max(a.first_seen_at) AS last_seen_at
FROM core.entities AS e
JOIN core.mentions AS m USING (entity_id)
JOIN core.articles AS a ON a.article_id = m.article_id AND a.version = m.version
GROUP BY ALL;
COMMENT ON VIEW main.entities IS 'People, places and organisations in current versions, with counts.';

CREATE OR REPLACE VIEW main.article_entities AS
SELECT
    a.article_id, a.source, a.story_id, v.published_at,
    m.entity_id, e.name, e.kind, e.country_code, m.mention_count
FROM (
    SELECT article_id, version, entity_id, count(*) AS mention_count
    FROM core.mentions GROUP BY ALL
) AS m
JOIN core.articles AS a ON a.article_id = m.article_id AND a.version = m.version
JOIN core.versions AS v ON v.article_id = m.article_id AND v.version = m.version
JOIN core.entities AS e USING (entity_id);
COMMENT ON VIEW main.article_entities IS
    'One row an article and an entity its current version names, with how often.';

CREATE OR REPLACE VIEW main.dates AS
SELECT
    article_id, version, surface, start_char, end_char,
    timex_type, timex_value, date_from, date_to
FROM core.dates;
COMMENT ON VIEW main.dates IS 'Date and time expressions, in every version.';

-- Ranked search over titles and texts. It is case- and accent-insensitive by its pattern, not by
-- folding every text: folding costs 15 times more than matching. While `words` is a constant or a
-- parameter the patterns are constants too, compiled once; so they are built without subqueries,
-- and never used inside a lambda, which would compile them for every row. (Not array_to_string: it
-- is a macro that plans its argument twice, and so doubles at each level.)
-- It reads every article: plain ranking until the inverted index of its own exists.

-- Letters that count as one: a base letter and its accented forms, groups apart by spaces.
CREATE OR REPLACE MACRO main.search_letters() AS (
    'aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ bḃḅḇƀ cçćĉċčḉ dďḋḍḏḑḓđð eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ '
    || 'fḟ gĝğġģǧǵḡǥ hĥȟḣḥḧḩḫẖħ iìíîïĩīĭįǐȉȋḭḯỉịıİ jĵǰ kķǩḱḳḵ lĺļľḷḹḻḽł mḿṁṃ nñńņňǹṅṇṉṋ '
    || 'oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợøǿ pṕṗ q rŕŗřȑȓṙṛṝṟ sśŝşšșṡṣṥṧṩ tţťțṫṭṯṱẗŧ '
    || 'uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự vṽṿ wŵẁẃẅẇẉẘ xẋẍ yýÿŷȳẏẙỳỵỷỹ zźżžẑẓẕ æǣǽ ſẛ ʒǯ '
    || 'αάἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ εέἐἑἒἓἔἕὲέ ηήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ '
    || 'ιΐίϊἰἱἲἳἴἵἶἷὶίῐῑῒΐῖῗ οόὀὁὂὃὄὅὸό ρῤῥ υΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ ωώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ '
    || 'ϒϓϔ аӑӓ гѓ еѐёӗ жӂӝ зӟ ийѝӣӥ кќ оӧ уўӯӱӳ чӵ ыӹ эӭ ії ѵѷ әӛ өӫ'
);

-- What is no part of a word, as the inside of a character class. By ranges: the classes Unicode
-- names (\pL, \pP) take milliseconds to compile.
CREATE OR REPLACE MACRO main.search_gaps() AS (
    '\x00-/:-@\[-`{-\x{A9}\x{AB}-\x{B4}\x{B6}-\x{B9}\x{BB}-\x{BF}\x{D7}\x{F7}'
    || '\x{2000}-\x{206F}\x{20A0}-\x{20CF}\x{3000}-\x{3004}\x{3008}-\x{3020}'
);

-- What no word looked for begins or ends with, likewise; not +, $ and #, for c++, $5bn and #tag.
CREATE OR REPLACE MACRO main.search_marks() AS (
    '!"%-*,-/:;?@\[-\]_{}~ ▪\x{A1}\x{AB}\x{BB}\x{BF}\x{2010}-\x{2027}\x{2030}-\x{205E}'
    || '\x{3001}-\x{3003}\x{3008}-\x{3011}'
);

-- What is looked for, as ▸term◂▸term◂: words, and phrases in double quotes (▪ within), in lower
-- case, without the punctuation around them. Phrases come first, and the longer of two terms that
-- begin alike, so that the pattern prefers them. At most 12 terms of 300 characters in all, so
-- that no input makes a pattern too large. NULL when there is nothing to look for.
CREATE OR REPLACE MACRO main.search_terms(words) AS nullif(replace(replace(replace(replace(
    '▸' || list_aggregate(
        list_reverse_sort(regexp_extract_all(
            replace(
                regexp_replace(
                    regexp_replace(
                        lower(nfc_normalize(left(words, 300))), '[\x{300}-\x{36F}]+', '', 'g'),
                    '[\x00-\x20\x7F\x{A0}▸◂▪]+', ' ', 'g'),
                '"', '▪'),
            '▪[^▪]*▪|[^' || main.search_marks() || '](?:[^ ▪]*[^' || main.search_marks() || '])?'
        ))[1:12],
        'string_agg', '◂▸') || '◂',
    '▪', ''), '▸ ', '▸'), ' ◂', '◂'), '▸◂', ''), '');

-- A regular expression for any of the terms: group 1 is what stands before, group 2 the words,
-- whole: "iran" finds Iranian and not Tirana. Terms in scripts written without spaces, and in
-- Korean, which joins words, are found anywhere.
CREATE OR REPLACE MACRO main.search_pattern(terms) AS replace(
    CASE
        WHEN regexp_matches(
            terms,
            '[\x{E00}-\x{EFF}\x{1000}-\x{109F}\x{1100}-\x{11FF}\x{1780}-\x{17FF}\x{2E80}-\x{9FFF}'
            || '\x{A960}-\x{A97F}\x{AC00}-\x{D7FF}\x{F900}-\x{FAFF}\x{FF66}-\x{FFDC}'
            || '\x{20000}-\x{3FFFF}]')
        THEN '(?i)()(▪)'
        ELSE '(?i)(^|[' || main.search_gaps() || '])((?:▪)[^' || main.search_gaps() || ']*)'
    END,
    '▪',
    list_aggregate(
        list_transform(
            string_split(replace(trim(terms, '▸◂'), '◂▸', '◂'), ''),
            lambda letter: CASE
                WHEN letter = '◂' THEN '|'
                WHEN letter = ' ' THEN '[\s\x{A0}]+'
                WHEN contains('''’‘ʼ', letter) THEN '[''’‘ʼ]'
                WHEN contains('-‐‑–', letter) THEN '[-‐‑–]'
                ELSE coalesce(
                    '[' || nullif(regexp_extract(
                        main.search_letters(), '[^ ]*' || regexp_escape(letter) || '[^ ]*'), '')
                    || '][\x{300}-\x{36F}]*',
                    regexp_escape(letter))
            END),
        'string_agg', ''));

-- A long term, or all: what a text must match to be worth a closer look.
CREATE OR REPLACE MACRO main.search_longest(terms) AS
    coalesce(nullif(regexp_extract(terms, '▸[^◂]{6,}◂'), ''), terms);

-- The one spelling that all spellings a pattern accepts have in common.
CREATE OR REPLACE MACRO main.search_key(words) AS CASE
    WHEN strlen(words) = length(words) THEN lower(translate(words, chr(9) || chr(10), '  '))
    ELSE translate(
        lower(strip_accents(words)),
        'łøđðħıŧǥƀ’‘ʼ‐‑–' || chr(9) || chr(10) || chr(160), 'loddhitgb''''''---   ')
END;

-- The title's key with a space before each word.
CREATE OR REPLACE MACRO main.search_title(title) AS
    ' ' || translate(main.search_key(title), '"''()[]-:;,./!?“”„«»—', repeat(' ', 21));

CREATE OR REPLACE MACRO main.search(words) AS TABLE
WITH wanted AS (
    SELECT list_transform(
        regexp_extract_all(main.search_terms(words), '▸([^◂]*)◂', 1),
        lambda term: main.search_key(term)) AS keys
),
matched AS (
    SELECT
        article_id,
        title,
        text,
        regexp_extract_all(
            text || chr(10) || title, main.search_pattern(main.search_terms(words)), 2) AS hits
    FROM main.articles
    WHERE regexp_matches(
        text || chr(10) || title,
        main.search_pattern(main.search_longest(main.search_terms(words))))
),
counted AS (
    SELECT
        article_id,
        text,
        coalesce(nullif(instr(text, ' ' || hits[1]), 0), instr(text, hits[1])) AS first_char,
        main.search_title(title) AS title_key,
        list_transform(hits, lambda hit: main.search_key(hit)) AS hit_keys,
        keys
    FROM matched, wanted
),
weighed AS (
    SELECT
        article_id,
        -- A word in the title counts ten times; later occurrences of a word count less.
        list_transform(keys, lambda k:
            10 * contains(title_key, ' ' || k)::INTEGER
            + sqrt(len(list_filter(
                hit_keys, lambda hit: starts_with(hit, k) OR contains(hit, ' ' || k))))
        ) AS weights,
        greatest(1, first_char - 60) AS start_char,
        substring(text, greatest(1, first_char - 60), 220) AS around,
        length(text) AS chars
    FROM counted
)
SELECT
    article_id,
    list_sum(weights) / ln(20 + chars / 100.0) AS score,
    CASE WHEN start_char > 1 THEN '… ' ELSE '' END
    || regexp_replace(
        trim(regexp_replace(
            CASE
                WHEN start_char > 1 THEN regexp_replace(around, '^\S{1,30}\s', '') ELSE around
            END,
            '\s+', ' ', 'g')),
        main.search_pattern(main.search_terms(words)), '\1**\2**', 'g')
    || CASE WHEN start_char + 220 <= chars THEN ' …' ELSE '' END AS snippet
FROM weighed
WHERE list_min(weights) > 0
ORDER BY score DESC, article_id;

CREATE OR REPLACE MACRO main.as_of(t) AS TABLE
SELECT
    a.article_id, a.url, a.canonical_url, a.source, a.feed_url, v.title, v.authors,
    v.published_at, v.modified_at, a.first_seen_at, v.language, v.text, v.word_count,
    v.section, v.keywords, v.is_paywalled, v.is_truncated, v.version, v.page_id
FROM core.articles AS a
JOIN core.versions AS v USING (article_id)
WHERE v.seen_from <= t::TIMESTAMPTZ
    AND (v.seen_until IS NULL OR v.seen_until > t::TIMESTAMPTZ);

CREATE OR REPLACE MACRO main.story(article) AS TABLE
SELECT a.*
FROM main.articles AS a
WHERE a.story_id = (SELECT s.story_id FROM core.articles AS s WHERE s.article_id = article)
ORDER BY a.published_at NULLS LAST, a.article_id;

CREATE OR REPLACE MACRO main.between_dates(first_on, last_on) AS TABLE
SELECT a.*, d.surface AS date_surface, d.date_from, d.date_to
FROM core.dates AS d
JOIN main.articles AS a ON a.article_id = d.article_id AND a.version = d.version
WHERE d.date_from <= last_on::DATE AND d.date_to >= first_on::DATE
ORDER BY d.date_from, a.article_id;
