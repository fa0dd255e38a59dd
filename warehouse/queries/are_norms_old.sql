-- Whether it is time to learn anew what is usual: nothing was learned since `before`.
SELECT NOT EXISTS (SELECT 1 FROM ops.source_norms WHERE as_of > $before) AS are_old;
