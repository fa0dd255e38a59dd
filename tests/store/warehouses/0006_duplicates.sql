-- Every article numbered and sketched (one sketch for all: nothing unpacks them on the way up), what
-- each is found by, a key too frequent to find by, and a pair with what was measured of it.
INSERT INTO core.sketches
SELECT row_number() OVER (ORDER BY article_id), article_id, a.source, (v.published_at AT TIME ZONE 'UTC')::DATE,
    from_hex('030001001E00000083561A23F5CA51977B97D743FF7F27604B85299EC00313182286C019864A316CC48A434408412C974EABC25EAF90B848379B3D375B180996514E87754F44EE1A9A555E2FDFA31406000000000000')
FROM core.articles AS a
JOIN core.versions AS v USING (article_id, version);

INSERT INTO core.shingles SELECT 4403339 + article_no, article_no FROM core.sketches;

INSERT INTO core.hot_keys VALUES (4403339);

INSERT INTO core.duplicate_pairs
SELECT a.article_id, b.article_id, 'near', 0.9, 1.0, 0.99, 30, 4, 4, 1.0, 'aligned-1'
FROM core.articles AS a
JOIN core.articles AS b ON b.story_id = a.story_id AND b.article_id > a.article_id
ORDER BY 1, 2 LIMIT 1;
