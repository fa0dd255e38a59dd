-- By what the versions in `$paths` were made, each once; those made before that was recorded left out.
SELECT DISTINCT d.*
FROM core.derivations AS d
JOIN core.versions AS v USING (derivation_id)
SEMI JOIN read_parquet($paths) AS p USING (article_id, version);
