-- Whether the staged polls brought any entry (see load_feeds): most bring none.
SELECT EXISTS (SELECT 1 FROM polled WHERE len(entries) > 0) AS holds;
