SELECT article_id, forgotten_at, reason FROM main.tombstones ORDER BY forgotten_at, article_id;
