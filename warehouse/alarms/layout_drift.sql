-- The last articles of a source are not what its articles were: much shorter or longer, or more of
-- them without author, time or section, cut short, or made by a fallback; or pages of it have
-- become no articles. Shares are judged by how hard the last ones are to believe by chance, lengths
-- by a mean of logarithms, outliers pulled in, against their spread.
WITH compared AS (
    SELECT
        n.source, n.past_count, any_value(n.words_log) AS words_log,
        any_value(n.words_spread) AS words_spread, count(*) AS articles,
        median(l.words) AS words, median(l.word_count) AS word_count,
        avg(greatest(least(l.words, n.words_log + 3 * n.words_spread),
            n.words_log - 3 * n.words_spread)) - any_value(n.words_log) AS shift,
        [
            {'what': 'have no author', 'hits': count_if(l.is_unsigned),
                'past': any_value(n.unsigned_count)},
            {'what': 'have no publication time', 'hits': count_if(l.is_undated),
                'past': any_value(n.undated_count)},
            {'what': 'have no section', 'hits': count_if(l.is_unsectioned),
                'past': any_value(n.unsectioned_count)},
            {'what': 'were extracted by a fallback', 'hits': count_if(l.is_fallback),
                'past': any_value(n.fallback_count)},
            {'what': 'are cut short', 'hits': count_if(l.is_truncated),
                'past': any_value(n.truncated_count)}
        ] AS shares
    FROM lately AS l
    JOIN ops.source_norms AS n USING (source)
    WHERE n.past_count >= 40
    GROUP BY n.source, n.past_count
    HAVING count(*) >= 8
),
lengths AS (
    SELECT
        source, 'its last ' || articles || ' articles have ' || word_count::INTEGER
            || ' words in the median, usually ' || (exp(words_log) - 1)::INTEGER AS detail,
        abs(shift) / words_spread * sqrt(articles) AS sigmas,
        abs(words - words_log) >= ln(1.4) AS is_far
    FROM compared
),
shares AS (
    SELECT source, articles, past_count, s.what AS what, s.hits AS hits,
        (s.past + 1) / (past_count + 2) AS usual
    FROM (SELECT source, articles, past_count, unnest(shares) AS s FROM compared)
    UNION ALL
    SELECT l.source, l.departed, p.departed, 'pages read have no article on them', l.rejected,
        (p.rejected + 1) / (p.departed + 2)
    FROM (
        SELECT source, sum(departed) AS departed, sum(rejected) AS rejected
        FROM ops.source_fetches WHERE from_at > $now::TIMESTAMPTZ - INTERVAL 30 HOUR GROUP BY source
    ) AS l
    JOIN (
        SELECT source, sum(departed) AS departed, sum(rejected) AS rejected
        FROM ops.source_fetches WHERE from_at <= $now::TIMESTAMPTZ - INTERVAL 30 HOUR
            AND from_at > $now::TIMESTAMPTZ - INTERVAL 28 DAY
        GROUP BY source
    ) AS p USING (source)
    WHERE l.departed >= 8 AND p.departed >= 40
),
signs AS (
    -- As a probability: a mean so many standard errors off (the normal tail's exponent).
    SELECT source, detail, sigmas * sigmas / 2 / 1.5 AS evidence, is_far FROM lengths
    UNION ALL
    SELECT
        source,
        'of its last ' || articles || ', ' || hits || ' ' || what || ' ('
            || round(100 * hits / articles)::INTEGER || ' %, usually '
            || round(100 * usual)::INTEGER || ' %)',
        surprise(hits, articles, usual), hits / articles >= usual + 0.25
    FROM shares
)
SELECT
    'layout_drift' AS kind, source AS subject,
    string_agg(detail, '; ' ORDER BY evidence DESC) AS detail,
    round(max(evidence), 1) AS measure, max(evidence) >= $evidence AS is_raised
FROM signs
WHERE is_far AND evidence >= $evidence / 2
GROUP BY source;
