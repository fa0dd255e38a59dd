SELECT count(*) AS pages FROM raw.pages;
