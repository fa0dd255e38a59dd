-- The end of the last run that is in this snapshot: everything that ended by then is in it too.
SELECT max(finished_at) AS watermark FROM main.runs;
