-- A document of a version that was replaced, whose words a compaction has not cleared yet.
INSERT INTO core.dead_documents (document_id) VALUES (900);
