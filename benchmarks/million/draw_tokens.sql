-- The tokens of some articles, one after the other, in reading order: words by their frequency, a
-- name every 27 of them, a day every 110, and the source's own closing line of 12. Hashed twice:
-- hash(a, b) is a bitwise sum, so that texts whose seeds begin alike had their common words alike, and
-- half of all articles were found to be copies.
SELECT row_no, place::INTEGER AS language_no, place_no, CASE
        WHEN place_no >= word_count - 12
            THEN place * 3 * $words + hash(s, place_no - word_count, 'closing') % 1000
        WHEN place_no % 27 = 5
            THEN $names + 2 * zipf(drawn_by, $entities) + (hash(drawn_by, 'form') % 3 = 0)::INT
        WHEN place_no % 110 = 50 THEN $days + drawn_by % 2000
        ELSE (place * 3 + CASE WHEN place_no % 90 = 89 THEN 2 WHEN place_no % 18 = 17 THEN 1
                ELSE 0 END) * $words + zipf(drawn_by, $words)
    END::INTEGER AS token
FROM (
    SELECT *, CASE
            WHEN revision > 0 AND hash(n, revision, place_no, 'anew') % 150 = 0
                THEN hash(hash(n, revision, place_no))
            WHEN is_near AND hash(n, place_no, 'near') % 100 = 0 THEN hash(hash(n, place_no))
            ELSE hash(hash(seed, place_no))
        END AS drawn_by
    FROM (
        SELECT n, revision, seed, is_near, s, place, word_count, row_no,
            unnest(range(word_count)) AS place_no
        FROM (FROM drawn WHERE row_no >= $from_row AND row_no < $to_row ORDER BY row_no)
    )
);
