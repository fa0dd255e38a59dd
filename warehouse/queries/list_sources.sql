-- What there is of every source, the largest first.
SELECT
    source, count(*) AS articles, count(duplicate_of) AS repeats,
    list_sort(list_distinct(list(language))) AS languages,
    max(coalesce(published_at, first_seen_at)) AS newest_at,
    median(word_count)::INTEGER AS median_words
FROM main.articles
GROUP BY source
ORDER BY articles DESC, source;
