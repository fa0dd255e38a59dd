-- `moved` (entry_id, article_id, was_url, now_url, evidence): pages that are their entry's article
-- still. Their addresses lead to it from now on, see claim_addresses.
INSERT INTO movers BY NAME FROM moved;

UPDATE owned AS s SET article_id = m.article_id, is_moved = true
FROM movers AS m
WHERE s.entry_id = m.entry_id;
