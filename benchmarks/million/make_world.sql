-- What all synthetic articles are made of: words of six languages, 100,000 things with names, days,
-- 2,000 sources. Everything is drawn by hash(), so that the same numbers give the same world.
CREATE MACRO part(h) AS h / 18446744073709551616.0;

-- A rank below `ranks`, the n-th as likely as 1/n (Zipf).
CREATE MACRO zipf(h, ranks) AS (floor(exp(part(h) * ln(ranks))) - 1)::BIGINT;

-- An id of 60 bits in base 32, as etl.records.make_id makes them.
CREATE MACRO id_of(h) AS lower(to_base((h >> 4)::BIGINT, 32, 12));

CREATE TABLE languages AS
SELECT * FROM (VALUES
    (0, 'en', string_split('a e i o re in ti on st th al er ing ion ed ent is an or at ar ly con pro men te', ' ')),
    (1, 'de', string_split('ge en er ver be ung sch ein an auf st le te hei ch ig der rau wer zu ma gen lich', ' ')),
    (2, 'fr', string_split('le re en ion é ou ai de tre que ment con par su ré ir au ette es an bl cha ur', ' ')),
    (3, 'es', string_split('a o os en re ción ca de ta ra ado es la te ri mien to pa com ni ño al er', ' ')),
    (4, 'pt', string_split('a o ão ção de re es ta da co pa mente ra ri ado nho ve te al em qu is', ' ')),
    (5, 'uk', string_split('на по ві ть ся ро ти пре ка ли не за у го ськ ен ня до ко ма ри ва ї', ' '))
) AS l(place, language, syllables);

-- Short words are the frequent ones. The first 100,000 tokens of a language are words in the order
-- of their ranks; after them the same at the end of a sentence, and of a paragraph.
CREATE TABLE syllables AS
SELECT place, unnest(syllables) AS syllable, generate_subscripts(syllables, 1) - 1 AS row_no
FROM languages;

CREATE TABLE words AS
SELECT place, rank, string_agg(syllable, '' ORDER BY k) AS word
FROM (
    SELECT place, rank, k, hash(place, rank, k) % len(syllables) AS row_no
    FROM languages, range($words) AS r(rank), range(4) AS p(k)
    WHERE k < CASE WHEN rank < 60 THEN 1 WHEN rank < 3000 THEN 2 ELSE 3 + (hash(rank) % 2)::INT END
)
JOIN syllables USING (place, row_no)
GROUP BY place, rank;

CREATE TABLE entities AS
SELECT e, id_of(hash(e, 'entity')) AS entity_id, name,
    -- Half of the things are also called by the last word of their name.
    CASE WHEN hash(e, 'short') % 2 = 0 THEN name ELSE split_part(name, ' ', 2) END AS short_name,
    kinds[1 + (hash(e, 'kind') % len(kinds))::INT] AS kind,
    CASE WHEN kind = 'GPE' THEN chr(65 + (hash(e) % 13)::INT) || chr(65 + (hash(e, 1) % 13)::INT) END
        AS country_code
FROM (
    SELECT e, string_split('PERSON PERSON PERSON ORG ORG GPE GPE NORP EVENT FAC', ' ') AS kinds,
        upper(a.word[1]) || a.word[2:] || ' ' || upper(b.word[1]) || b.word[2:] AS name
    FROM range($entities) AS r(e)
    JOIN words AS a ON a.place = hash(e, 'tongue') % 5
        AND a.rank = 60 + hash(e, 'first') % ($words - 60)
    JOIN words AS b ON b.place = a.place AND b.rank = 60 + hash(e, 'last') % ($words - 60)
);

CREATE TABLE days AS
SELECT d, DATE '2023-01-01' + d::INT AS on_day, strftime(on_day, '%-d %B %Y') AS surface
FROM range(2000) AS r(d);

-- Every token with the space or the end that follows it.
CREATE TABLE tokens AS
SELECT token FROM (
    SELECT 0 AS room, (ending.place + 3 * w.place) * $words + w.rank AS row_no, word || ending.mark
        AS token
    FROM words AS w, (VALUES (0, ' '), (1, E'. '), (2, E'.\n\n')) AS ending(place, mark)
    UNION ALL
    SELECT 1, 2 * e, name || ' ' FROM entities
    UNION ALL
    SELECT 1, 2 * e + 1, short_name || ' ' FROM entities
    UNION ALL
    SELECT 2, d, surface || ' ' FROM days
)
ORDER BY room, row_no;

CREATE TABLE sources AS
SELECT s, 'paper' || s || '.test' AS source, 'https://paper' || s || '.test/feed.xml' AS feed_url,
    list_position([40, 55, 67, 79, 88, 100], [x for x in [40, 55, 67, 79, 88, 100]
        if x > hash(s, 'tongue') % 100][1]) - 1 AS place
FROM range(2000) AS r(s);
