-- Some articles whose headline or text differs: which, is a matter of their ids, so that the next
-- look shows the same ones.
SELECT n.article_id, w.title AS was_title, n.title AS now_title, w.text AS was_text,
    n.text AS now_text
FROM core.articles AS a
JOIN core.versions AS n USING (article_id, version)
JOIN was.core.articles AS b ON b.article_id = a.article_id
JOIN was.core.versions AS w ON w.article_id = b.article_id AND w.version = b.version
WHERE a.article_id IN (
    SELECT n.article_id
    FROM core.articles AS n
    JOIN core.versions AS x USING (article_id, version)
    JOIN was.core.articles AS o ON o.article_id = n.article_id
    JOIN was.core.versions AS y ON y.article_id = o.article_id AND y.version = o.version
    WHERE x.text_sha256 <> y.text_sha256 OR x.title <> y.title
    ORDER BY n.article_id
    LIMIT $count
)
ORDER BY n.article_id;
