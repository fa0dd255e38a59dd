-- Ranked full text over the inverted index in core.postings: words, "phrases", title:words,
-- beginnings*, and -words to leave out. What is typed is folded here as etl/terms folds texts when
-- they are indexed, in SQL, because whoever opens the published file has nothing but DuckDB.
-- Patterns are constants, so compiled once; none stands inside a lambda, which would compile it for
-- every row. They are ranges: the classes Unicode names differ between DuckDB and Python, and take
-- milliseconds to compile.

-- Inside of a character class: what makes words in scripts with spaces. See etl/terms/words.py.
CREATE OR REPLACE MACRO main.search_spaced() AS (
    '\x{30}-\x{39}\x{41}-\x{5A}\x{61}-\x{7A}\x{AA}\x{AD}\x{B5}\x{BA}\x{C0}-\x{D6}'
    '\x{D8}-\x{F6}\x{F8}-\x{2B8}\x{300}-\x{374}\x{376}-\x{37D}\x{37F}-\x{386}\x{388}-\x{481}'
    '\x{483}-\x{559}\x{560}-\x{588}\x{591}-\x{5BD}\x{5BF}\x{5C1}-\x{5C2}\x{5C4}-\x{5C5}'
    '\x{5C7}-\x{5F2}\x{610}-\x{61A}\x{61C}\x{620}-\x{669}\x{66E}-\x{6D3}\x{6D5}-\x{6DC}'
    '\x{6DF}-\x{6E8}\x{6EA}-\x{6FC}\x{6FF}\x{710}-\x{963}\x{966}-\x{96F}\x{971}-\x{DF3}'
    '\x{F00}\x{F18}-\x{F33}\x{F3E}-\x{F84}\x{F86}-\x{FBC}\x{10A0}-\x{10FA}\x{10FC}-\x{135F}'
    '\x{1369}-\x{166C}\x{166F}-\x{167F}\x{1681}-\x{169A}\x{16A0}-\x{16EA}\x{16EE}-\x{1734}'
    '\x{1740}-\x{177F}\x{180B}-\x{1943}\x{1946}-\x{1A1D}\x{1A20}-\x{1FFF}\x{200B}-\x{200F}'
    '\x{202A}-\x{202E}\x{2060}-\x{206F}\x{2C00}-\x{2CE4}\x{2CEB}-\x{2CF3}\x{2D00}-\x{2DFF}'
    '\x{A000}-\x{A48C}\x{A4D0}-\x{A4FD}\x{A500}-\x{A60C}\x{A610}-\x{A66F}\x{A674}-\x{A67D}'
    '\x{A67F}-\x{A6F1}\x{A717}-\x{A827}\x{A840}-\x{A873}\x{A880}-\x{A8CD}\x{A8D0}-\x{A8F7}'
    '\x{A8FB}-\x{A92D}\x{A930}-\x{A95E}\x{A980}-\x{A9C0}\x{A9CF}-\x{AA5B}\x{AA60}-\x{AADD}'
    '\x{AAE0}-\x{ABEA}\x{ABEC}-\x{ABF9}\x{D7B0}-\x{D7FB}\x{FB00}-\x{FB28}\x{FB2A}-\x{FD3D}'
    '\x{FD50}-\x{FDFB}\x{FE20}-\x{FE2F}\x{FE70}-\x{FEFF}\x{FF10}-\x{FF19}\x{FF21}-\x{FF3A}'
    '\x{FF41}-\x{FF5A}\x{10000}-\x{1BFFF}\x{1E900}-\x{1E95F}'
);

CREATE OR REPLACE MACRO main.search_unspaced() AS (
    '\x{E01}-\x{E3A}\x{E40}-\x{E4E}\x{E50}-\x{E59}\x{E81}-\x{EDF}\x{1000}-\x{1049}'
    '\x{1050}-\x{109F}\x{1780}-\x{17D3}\x{17D7}\x{17DC}-\x{17E9}\x{3005}-\x{3007}'
    '\x{3041}-\x{309F}\x{30A1}-\x{30FA}\x{30FC}-\x{30FF}\x{31F0}-\x{31FF}\x{3400}-\x{4DBF}'
    '\x{4E00}-\x{9FFF}\x{AC00}-\x{D7A3}\x{F900}-\x{FAFF}\x{FF66}-\x{FF9F}\x{20000}-\x{3FFFF}'
);

CREATE OR REPLACE MACRO main.search_dropped() AS (
    '\x{AD}\x{591}-\x{5BD}\x{5BF}\x{5C1}-\x{5C2}\x{5C4}-\x{5C5}\x{5C7}\x{610}-\x{61A}\x{61C}'
    '\x{640}\x{64B}-\x{65F}\x{670}\x{6D6}-\x{6DC}\x{6DF}-\x{6E8}\x{6EA}-\x{6ED}'
    '\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{206F}\x{FEFF}'
);

CREATE OR REPLACE MACRO main.search_foldable() AS (
    '\x{00}-\x{52F}\x{1D00}-\x{1FFF}\x{2C60}-\x{2C7F}\x{A640}-\x{A69F}\x{A720}-\x{A7FF}'
    '\x{AB30}-\x{AB6F}'
);

-- A word, which is in NFC, in lower case, its first 64 letters, without points and joiners.
CREATE OR REPLACE MACRO main.search_lower(word) AS
    lower(regexp_replace(left(word, 64), concat('[', main.search_dropped(), ']+'), '', 'g'));

-- What all spellings of a lower-case word share.
CREATE OR REPLACE MACRO main.search_bare(word) AS
    replace(replace(replace(replace(
        translate(
            CASE
                WHEN regexp_full_match(word, concat('[', main.search_foldable(), ']*'))
                    THEN strip_accents(word)
                ELSE word
            END,
            'łøđðħıŧǥƀɨʉɇɉɍɏƶȼςأإآٱ０１２３４５６７８９ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ',
            'loddhitgbiuejryzcσاااا0123456789abcdefghijklmnopqrstuvwxyz'),
        'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');

-- The key of a form or a stem.
CREATE OR REPLACE MACRO main.search_key(form) AS ('0x' || md5(form)[1:16])::UBIGINT;

-- What is asked for, a row a word. A clause is a word, a phrase, or a word that is several (a
-- hyphen, a script without spaces), which is a phrase too; all but the excluded ones must match.
-- The first 12 clauses of the first 1,000 characters count.
CREATE OR REPLACE MACRO main.search_wanted(words) AS TABLE
WITH clauses AS (
    SELECT clause, said, regexp_extract_all(
        nfc_normalize(
            -- "Iran's" is looked for as Iran.
            CASE WHEN said.quote = '' THEN regexp_replace(said.body, '[''’]s$', '')
                ELSE said.body END),
        concat('[', main.search_spaced(), ']+|[', main.search_unspaced(), ']+')) AS runs
    FROM (
        SELECT clause, regexp_extract(
            raw, '(?s)^(-?)((?i:title:)?)("?)(.*?)(\*?)"?$',
            ['minus', 'title', 'quote', 'body', 'star']) AS said
        FROM (
            SELECT unnest(raws) AS raw, generate_subscripts(raws, 1) AS clause
            FROM (
                SELECT regexp_extract_all(
                    translate(left(words::VARCHAR, 1000), '“”„«»', '"""""'),
                    '-?(?i:title:)?(?:"[^"]*"?|[^\s"]+)')[1:12] AS raws
            )
        )
    )
),
runs AS (
    SELECT clause, said, run, span, is_unspaced,
        (sum(span) OVER (PARTITION BY clause ORDER BY place) - span)::INTEGER AS place
    FROM (
        SELECT clause, said, run, place, is_unspaced,
            CASE WHEN is_unspaced THEN length(run) ELSE 1 END AS span
        FROM (
            SELECT clause, said, run, place, regexp_matches(
                run, concat('^[', main.search_unspaced(), ']')) AS is_unspaced
            FROM (
                SELECT clause, said, unnest(runs) AS run, generate_subscripts(runs, 1) AS place
                FROM clauses
            )
        )
    )
),
terms AS (
    SELECT clause, said, place + skipped AS place, is_unspaced, is_unspaced AND span = 1 AS is_lone,
        CASE WHEN is_unspaced THEN run[skipped + 1:skipped + 2] ELSE bare END AS form
    FROM (
        SELECT *, main.search_bare(lowered) AS bare,
            unnest(range(CASE WHEN span > 1 THEN span - 1 ELSE 1 END)) AS skipped
        FROM (SELECT *, main.search_lower(run) AS lowered FROM runs)
    )
),
counted AS (
    SELECT *, count(*) OVER (PARTITION BY clause) AS term_count,
        max(place) OVER (PARTITION BY clause) AS last_place
    FROM terms
    WHERE form <> ''
)
SELECT
    clause, clause * 1000 + place AS term, place::INTEGER AS place, form, term_count,
    CASE WHEN is_unspaced AND NOT is_lone THEN 2 ELSE 1 END AS width,
    said.minus <> '' AS is_excluded,
    said.title <> '' AS is_in_title,
    is_lone OR (said.star <> '' AND place = last_place) AS is_beginning,
    said.quote = '' AND term_count = 1 AND NOT is_lone AND said.star = '' AS is_stemmed
FROM counted;

-- The one spelling of a name, however many words it has. Of ASCII, as many bytes as signs, it is the
-- name in lower case: `named` asks every entity, and folding took 8 us of each.
CREATE OR REPLACE MACRO main.search_name(name) AS
    CASE WHEN strlen(name) = length(name) THEN lower(name)
        ELSE main.search_bare(lower(regexp_replace(
            nfc_normalize(name), concat('[', main.search_dropped(), ']+'), '', 'g'))) END;

-- What stands in a title counts as often as this in the text.
CREATE OR REPLACE MACRO main.search_title_weight() AS 5;

-- Articles the filters let through, each of which is off while NULL.
CREATE OR REPLACE MACRO main.search_allowed(
    wanted_since, wanted_until, wanted_source, wanted_entity, wanted_language
) AS TABLE
SELECT a.article_id
FROM core.articles AS a
JOIN core.versions AS v USING (article_id, version)
WHERE (wanted_since IS NULL
        OR coalesce(v.published_at, a.first_seen_at) >= wanted_since::TIMESTAMPTZ)
    AND (wanted_until IS NULL
        OR coalesce(v.published_at, a.first_seen_at) < wanted_until::TIMESTAMPTZ)
    AND (wanted_source IS NULL OR a.source = lower(wanted_source)
        OR ends_with(lower(wanted_source), '.' || a.source))
    AND (wanted_language IS NULL OR v.language = lower(wanted_language))
    AND (wanted_entity IS NULL OR a.article_id IN (
        -- Names and spellings are folded once an entity, not once a mention; `surface` NULL = any.
        SELECT m.article_id
        FROM core.mentions AS m
        JOIN (
            SELECT entity_id, NULL AS surface FROM core.entities
            WHERE main.search_name(name) = main.search_name(wanted_entity)
            UNION ALL
            SELECT entity_id, surface
            FROM (SELECT entity_id, unnest(aliases) AS surface FROM core.entities)
            WHERE main.search_name(surface) = main.search_name(wanted_entity)
        ) AS e ON e.entity_id = m.entity_id AND (e.surface IS NULL OR e.surface = m.surface)
        WHERE m.version = a.version));

-- BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009; k1 = 1.2, b = 0.75).
-- `is_allowed` is an expression over article_id, put in before the cut, so that `top` of what it lets
-- through have snippets: what is not asked for must not be planned either.
CREATE OR REPLACE MACRO main.search_ranked(words, top, is_allowed) AS TABLE
WITH wanted AS MATERIALIZED (FROM main.search_wanted(words)),
-- The words of the index that each wanted word means; form_key NULL = every form of the stem.
meant AS MATERIALIZED (
    SELECT DISTINCT w.*, t.stem_start, t.stem_key,
        CASE WHEN NOT w.is_stemmed THEN t.form_key END AS form_key
    FROM wanted AS w
    JOIN core.terms AS t ON t.form_key = main.search_key(w.form)
    WHERE NOT w.is_beginning
    UNION ALL
    SELECT w.*, t.stem_start, t.stem_key, t.form_key
    FROM wanted AS w
    JOIN core.terms AS t ON starts_with(t.form, w.form)
    WHERE w.is_beginning
),
-- How heavily each term stands in each document.
found AS MATERIALIZED (
    SELECT m.term, p.document_id,
        sum(main.search_title_weight() * p.title_count::INTEGER
            + CASE WHEN m.is_in_title THEN 0 ELSE p.text_count END)::DOUBLE AS tf
    FROM (FROM core.postings UNION ALL FROM core.fresh_postings) AS p
    JOIN meant AS m USING (stem_key)
    ANTI JOIN core.dead_documents AS d ON d.document_id = p.document_id
    WHERE (m.form_key IS NULL OR m.form_key = p.form_key)
        AND (NOT m.is_in_title OR p.title_count > 0)
        -- Beginnings mean more words than DuckDB hands down to a scan: this it does hand down.
        AND p.stem_start IN (SELECT stem_start FROM meant)
    GROUP BY m.term, p.document_id
),
-- A phrase weighs what its rarest word weighs.
weights AS MATERIALIZED (
    SELECT w.clause, min(w.term) AS term, any_value(w.is_excluded) AS is_excluded,
        any_value(w.term_count) AS term_count,
        max(2.2 * ln(1 + (h.documents - df + 0.5) / (df + 0.5))) AS weight,
        any_value(h.mean_length) AS mean_length
    FROM (SELECT term, count(*) AS df FROM found GROUP BY term)
    JOIN wanted AS w USING (term), (
        SELECT count(*) AS documents, avg(title_words + text_words) AS mean_length
        FROM core.documents) AS h
    GROUP BY w.clause
),
asked AS MATERIALIZED (
    SELECT count(*) AS terms, count(DISTINCT clause) AS clauses FROM wanted WHERE NOT is_excluded
),
-- Only these are worth looking for a phrase in: they have every word.
candidates AS (
    SELECT document_id
    FROM found
    WHERE EXISTS (FROM wanted WHERE term_count > 1)
        AND term IN (SELECT term FROM wanted WHERE NOT is_excluded)
    GROUP BY document_id
    HAVING count(*) = (SELECT terms FROM asked)
),
phrases AS (
    SELECT clause, document_id,
        CASE WHEN base < 256 THEN main.search_title_weight() ELSE 1 END::DOUBLE AS tf
    FROM (
        SELECT m.clause, p.document_id, unnest(p.places)::INTEGER - m.place AS base, m.term_count,
            m.is_in_title
        FROM (FROM core.postings UNION ALL FROM core.fresh_postings) AS p
        JOIN (FROM meant WHERE term_count > 1) AS m USING (stem_key)
        WHERE m.form_key = p.form_key
            AND p.stem_start IN (SELECT stem_start FROM meant WHERE term_count > 1)
            AND p.document_id IN (SELECT document_id FROM candidates)
    )
    WHERE NOT is_in_title OR base < 256
    GROUP BY clause, document_id, base
    HAVING count(*) = any_value(term_count)
),
matched AS (
    SELECT w.is_excluded, w.weight, w.mean_length, f.document_id, f.tf
    FROM found AS f
    JOIN weights AS w USING (term)
    WHERE w.term_count = 1
    UNION ALL
    SELECT w.is_excluded, w.weight, w.mean_length, p.document_id, p.tf
    FROM (SELECT clause, document_id, sum(tf) AS tf FROM phrases GROUP BY ALL) AS p
    JOIN weights AS w USING (clause)
),
scored AS MATERIALIZED (
    SELECT document_id, article_id, version, score
    FROM (
        SELECT document_id, any_value(d.article_id) AS article_id, any_value(d.version) AS version,
            -- Rounded, so that the order of adding decides no rank.
            round(sum(m.weight * m.tf / (
                m.tf + 0.3 + 0.9 * (d.title_words + d.text_words) / m.mean_length)), 6) AS score
        FROM matched AS m
        JOIN core.documents AS d USING (document_id)
        GROUP BY document_id
        HAVING count(*) FILTER (m.is_excluded) = 0
            AND count(*) = (SELECT clauses FROM asked)
    )
    WHERE is_allowed
),
best AS MATERIALIZED (
    SELECT document_id, article_id, version FROM scored ORDER BY score DESC, article_id LIMIT top
),
-- Where the words of the best stand; a pair of characters is two places.
spots AS MATERIALIZED (
    SELECT document_id, term, unnest(range(place, place + width)) AS place
    FROM (
        SELECT p.document_id, m.term, m.width, unnest(p.places)::INTEGER AS place
        FROM (FROM core.postings UNION ALL FROM core.fresh_postings) AS p
        JOIN (FROM meant WHERE NOT is_excluded) AS m USING (stem_key)
        WHERE (m.form_key IS NULL OR m.form_key = p.form_key)
            AND p.stem_start IN (SELECT stem_start FROM meant)
            AND p.document_id IN (SELECT document_id FROM best)
    )
    WHERE place >= 256
),
-- A join on article_id reads every text of the table, as DuckDB tells the scan only which row groups
-- may be skipped; row ids lead to vectors of 2,048.
kept AS MATERIALIZED (
    SELECT b.document_id, v.rowid AS row_id
    FROM best AS b
    JOIN core.versions AS v USING (article_id, version)
)
-- A snippet begins where most different words stand close together; the text's pieces are its words
-- with what follows them, so that they count as places do.
SELECT s.article_id, s.score,
    CASE WHEN n.first_place > 256 THEN '… ' ELSE '' END
    || trim(regexp_replace(replace(array_to_string(
        list_transform(n.pieces, lambda piece, nth:
            CASE WHEN list_contains(n.places, n.first_place + nth - 1)
                THEN concat('**', piece.word, '**', piece.rest)
                ELSE concat(piece.word, piece.rest) END),
        ''), '****', ''), '\s+', ' ', 'g'))
    || CASE WHEN n.first_place - 222 < n.piece_count THEN ' …' ELSE '' END AS snippet
FROM scored AS s
LEFT JOIN (
    SELECT document_id, places, first_place, len(pieces) AS piece_count,
        pieces[first_place - 255:first_place - 222] AS pieces
    FROM (
        SELECT k.document_id, s.places, regexp_extract_all(
                nfc_normalize(t.text),
                concat('([', main.search_spaced(), ']+|[', main.search_unspaced(), '])([^',
                    main.search_spaced(), main.search_unspaced(), ']*)'),
                ['word', 'rest']) AS pieces,
            greatest(coalesce(s.place, 256) - 8, 256) AS first_place
        FROM kept AS k
        JOIN core.versions AS t ON t.rowid = k.row_id
        LEFT JOIN (
            SELECT document_id, arg_max(place, (terms, -place)) AS place, list(place) AS places
            FROM (
                SELECT s.document_id, s.place, count(DISTINCT n.term) AS terms
                FROM spots AS s
                JOIN spots AS n ON n.document_id = s.document_id
                    AND n.place BETWEEN s.place AND s.place + 24
                GROUP BY s.document_id, s.place
            )
            GROUP BY document_id
        ) AS s USING (document_id)
    )
) AS n USING (document_id)
ORDER BY s.score DESC, s.article_id;

CREATE OR REPLACE MACRO main.search(words, top := 10) AS TABLE
FROM main.search_ranked(words, top, true);
