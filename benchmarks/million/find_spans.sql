-- Where names and days stand in the texts just written.
INSERT INTO spans
SELECT row_no,
    list({
        'start_char': start_char, 'end_char': start_char + length(p.surface), 'surface': p.surface,
        'kind': e.kind, 'score': 0.5 + (hash(e.e, place_no) % 50)::DOUBLE / 100,
        'entity_id': e.entity_id, 'entity_name': e.name, 'country_code': e.country_code
    }) FILTER (e.e IS NOT NULL) AS mentions,
    list({
        'start_char': start_char, 'end_char': start_char + length(p.surface), 'surface': p.surface,
        'timex_type': 'DATE', 'timex_value': strftime(d.on_day, '%Y-%m-%d'),
        'date_from': d.on_day, 'date_to': d.on_day
    }) FILTER (d.d IS NOT NULL) AS dates
FROM (
    SELECT row_no, place_no, token, (char_no - text_char)::INT AS start_char,
        trim(word) AS surface
    FROM placed JOIN begun USING (row_no)
) AS p
LEFT JOIN entities AS e ON e.e = (p.token - $names) // 2
LEFT JOIN days AS d ON d.d = p.token - $days
GROUP BY row_no;
