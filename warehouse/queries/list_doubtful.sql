-- The later number first: an article just loaded meets several, each of them it alone mostly.
SELECT other_no, one_no FROM doubtful ORDER BY ALL;
