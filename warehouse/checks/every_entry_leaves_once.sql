SELECT
    'entry ' || entry_id AS subject,
    'left run ' || run_id || ' ' || count(*) || ' times' AS detail
FROM ops.outcomes
GROUP BY run_id, entry_id
HAVING count(*) > 1;
