-- By what the versions were made, most versions first: how many, how many of them current, and
-- whether it is the derivation asked about. A derivation_id of NULL: before it was recorded.
SELECT
    v.derivation_id,
    count(*) AS versions,
    count(*) FILTER (v.version = a.version) AS articles,
    v.derivation_id IS NOT DISTINCT FROM $derivation_id AS is_present
FROM core.versions AS v
JOIN core.articles AS a USING (article_id)
GROUP BY v.derivation_id
ORDER BY versions DESC, v.derivation_id;
