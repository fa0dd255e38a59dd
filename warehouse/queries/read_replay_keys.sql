-- What each staged sighting is connected with others by: its entries, addresses and article; and its
-- sitting (see find_sittings).
SELECT
    filename, file_row_number, entry_id, looked_at, made_at, is_led, sitting,
    list_filter(
        list_distinct(
            [entry_id, asked_id, same_as_id, own_id] || coalesce(followers, [])
            || coalesce(url_ids, [])),
        lambda key: key IS NOT NULL) AS keys
FROM (
    SELECT
        p.filename, p.file_row_number, r.started_at AS looked_at, t.sitting, p.entry_id, p.followers,
        p.asked.url_id AS asked_id, p.same_as.url_id AS same_as_id, p.article.article_id AS own_id,
        list_transform(p.article.urls, lambda u: u.url_id) AS url_ids,
        coalesce(p.carried_page.fetched_at, p.page.fetched_at, r.started_at) AS made_at,
        p.same_as IS NOT NULL AS is_led
    FROM read_parquet($paths, filename = true, file_row_number = true) AS p
    JOIN ops.runs AS r USING (run_id)
    JOIN sittings AS t USING (run_id)
)
ORDER BY looked_at, is_led, made_at, entry_id;
