INSERT INTO core.changes
SELECT article_id, version, position, field, kind, was, now FROM found;
