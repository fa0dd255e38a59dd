SELECT
    (SELECT count(*) FROM core.articles) AS articles,
    (SELECT count(*) FROM core.versions) AS versions,
    (SELECT count(*) FROM core.mentions) AS mentions,
    (SELECT count(*) FROM core.entities) AS entities,
    (SELECT count(*) FROM core.dates) AS dates,
    (SELECT count(DISTINCT story_id) FROM core.articles) AS stories;
