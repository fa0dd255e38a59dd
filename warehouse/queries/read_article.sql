SELECT
    a.article_id, a.url, a.canonical_url, a.source, a.feed_url, f.title AS feed_title,
    a.title, a.authors, a.published_at, a.published_raw, a.modified_at, a.first_seen_at,
    a.last_seen_at, a.language, a.section, a.keywords, a.image_url, a.word_count,
    a.is_paywalled, a.is_truncated, a.version, a.story_id, a.duplicate_of, a.text
FROM main.articles AS a
LEFT JOIN ops.feeds AS f USING (feed_url)
WHERE a.article_id = $article_id;
