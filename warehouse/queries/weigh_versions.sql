-- `weighed`: of every article that differs from what stood, whether it changed, and how.
UPDATE decided AS d SET verdict = w.verdict, change = w.change
FROM weighed AS w
WHERE d.article_id = w.article_id;
