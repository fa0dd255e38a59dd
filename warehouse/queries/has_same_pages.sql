-- Whether redirects led any staged page to another of this run (see load_same_pages).
SELECT EXISTS (SELECT 1 FROM staged WHERE same_as IS NOT NULL) AS holds;
