-- In how many row groups the versions lie, and how many would hold them: a run adds one or more.
SELECT
    (SELECT count(DISTINCT row_group_id) FROM pragma_storage_info('core.versions')) AS row_groups,
    (SELECT ceil(count(*) / 122880)::BIGINT FROM core.versions) AS fewest;
