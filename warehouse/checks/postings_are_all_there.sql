-- Every document has its postings, each of them at places that are as many as they are counted.
SELECT
    'document ' || d.document_id || ' of article ' || d.article_id AS subject,
    coalesce(p.postings, 0) || ' of its ' || d.posting_count || ' words are in the index, '
        || coalesce(p.miscounted, 0) || ' of them miscounted' AS detail
FROM core.documents AS d
LEFT JOIN (
    SELECT document_id, count(*) AS postings,
        count(*) FILTER (len(places) <> title_count + text_count) AS miscounted
    FROM (FROM core.postings UNION ALL FROM core.fresh_postings)
    GROUP BY document_id
) AS p USING (document_id)
WHERE coalesce(p.postings, 0) <> d.posting_count OR p.miscounted > 0
UNION ALL
SELECT 'document ' || p.document_id, 'has words in the index, but it is neither there nor gone'
FROM (FROM core.postings UNION ALL FROM core.fresh_postings) AS p
ANTI JOIN core.documents AS d ON d.document_id = p.document_id
ANTI JOIN core.dead_documents AS g ON g.document_id = p.document_id
GROUP BY p.document_id
UNION ALL
SELECT 'document ' || d.document_id, 'is said to be gone, and is there'
FROM core.documents AS d SEMI JOIN core.dead_documents USING (document_id);
