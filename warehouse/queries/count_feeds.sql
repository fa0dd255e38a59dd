SELECT state, count(*) AS feeds FROM ops.feeds WHERE is_subscribed GROUP BY state ORDER BY state;
