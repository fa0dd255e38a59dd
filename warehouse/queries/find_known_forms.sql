-- For words that no text has, a word of the same stem that some text has: that with the longest
-- stem, the first of these. `asked` has a row a word (form) and stem.
SELECT a.form, arg_max(t.form, (length(t.stem), t.form)) AS known
FROM asked AS a
JOIN core.terms AS t ON t.stem_key = main.search_key(a.stem)
WHERE NOT EXISTS (SELECT 1 FROM core.terms AS k WHERE k.form_key = main.search_key(a.form))
GROUP BY a.form;
