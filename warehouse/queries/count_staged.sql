-- What staged sightings came to.
SELECT
    count(*) AS sightings,
    count(*) FILTER (page IS NOT NULL OR carried_page IS NOT NULL) AS pages,
    count(*) FILTER (article IS NOT NULL) AS articles,
    count(*) FILTER (outcome = 'rejected') AS rejected,
    count(*) FILTER (bug IS NOT NULL) AS bugs
FROM read_parquet($paths);
