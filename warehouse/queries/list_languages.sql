-- The languages of all that is there.
SELECT DISTINCT language FROM core.versions WHERE language IS NOT NULL ORDER BY language;
