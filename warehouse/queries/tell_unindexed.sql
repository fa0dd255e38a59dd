-- Versions that came without their words, as load_postings reads those that are being loaded.
CREATE OR REPLACE TEMP VIEW told AS FROM unindexed;

-- A table: filters on 64 bits without a sign are more than a lent one is asked with (DuckDB 1.5.5).
CREATE OR REPLACE TEMP TABLE unindexed_spelled AS FROM unindexed_words;

CREATE OR REPLACE TEMP VIEW spelled AS FROM unindexed_spelled;
