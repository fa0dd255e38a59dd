-- Versions that are current again: a better page of the sitting says what they say.
SELECT v.article_id, v.version, v.title, v.text
FROM decided AS d
JOIN undone AS u USING (article_id)
JOIN core.articles AS a USING (article_id)
JOIN core.versions AS v ON v.article_id = a.article_id AND v.version = a.version
WHERE d.verdict = 'same';
