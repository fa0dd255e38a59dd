SELECT one_no, other_no FROM doubtful ORDER BY ALL;
