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
WHERE coalesce(p.postings, 0) <> d.posting_count OR p.miscounted > 0;
