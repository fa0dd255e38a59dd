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

-- A version holds from when it was first seen until the next was: half-open, so that at each
-- instant an article has one. Story, duplicates and vanished_at are of now, and not given.
CREATE OR REPLACE MACRO main.as_of(t) AS TABLE
SELECT
    a.article_id, a.url, a.canonical_url, a.source, a.feed_url, v.title, v.authors,
    v.published_at, v.modified_at, a.first_seen_at, v.language, v.text, v.word_count,
    v.section, v.keywords, v.is_paywalled, v.is_truncated, v.version, v.page_id,
    v.image_url, v.extractor, v.published_raw, v.text_sha256, v.change, v.seen_from, v.seen_until
FROM core.articles AS a
JOIN core.versions AS v USING (article_id)
WHERE v.seen_from <= t::TIMESTAMPTZ
    AND (v.seen_until IS NULL OR v.seen_until > t::TIMESTAMPTZ);
COMMENT ON MACRO TABLE main.as_of IS
    'Articles as the warehouse knew them at t; without stories, duplicates and vanished_at, which are known as they are now only.';

-- The second axis. A version is stated from the later of its two times; where it names none newer
-- than the versions before it (a silent edit), or one after we saw it, from when we first saw it.
CREATE OR REPLACE MACRO main.as_published(seen_at, published_by) AS TABLE
WITH stated AS (
    SELECT article_id, version, seen_from, greatest(published_at, modified_at) AS claimed_at
    FROM core.versions
    WHERE seen_from <= seen_at::TIMESTAMPTZ
),
dated AS (
    SELECT article_id, version,
        least(seen_from, CASE WHEN claimed_at > coalesce(max(claimed_at) OVER earlier, '-infinity')
            THEN claimed_at ELSE seen_from END) AS stated_at
    FROM stated
    WINDOW earlier AS (
        PARTITION BY article_id ORDER BY version
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
chosen AS (
    SELECT article_id, max(version) AS version, arg_max(stated_at, version) AS stated_at
    FROM dated
    WHERE stated_at <= published_by::TIMESTAMPTZ
    GROUP BY article_id
)
SELECT
    a.article_id, a.url, a.canonical_url, a.source, a.feed_url, v.title, v.authors,
    v.published_at, v.modified_at, v.language, v.text, v.word_count, v.section, v.keywords,
    v.is_paywalled, v.is_truncated, v.version, v.page_id, v.image_url, v.extractor,
    v.published_raw, v.text_sha256, v.change, v.seen_from, v.seen_until, c.stated_at
FROM chosen AS c
JOIN core.articles AS a USING (article_id)
JOIN core.versions AS v ON v.article_id = c.article_id AND v.version = c.version;
COMMENT ON MACRO TABLE main.as_published IS
    'Of what the warehouse knew at seen_at, what publishers had stated by published_by, by their own times; stated_at says from when.';

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
