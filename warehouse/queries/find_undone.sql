-- `undone`: versions that worse pages of this sitting made, and a better one takes the place of.
CREATE OR REPLACE TEMP TABLE undone AS
SELECT v.article_id, v.version, v.run_id
FROM decided AS d
JOIN core.versions AS v ON v.article_id = d.article_id AND v.version = d.undone_version
WHERE d.undone_version IS NOT NULL;

FROM undone;
