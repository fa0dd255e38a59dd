-- Versions that came without their words, as load_postings reads those that are being loaded.
CREATE OR REPLACE TEMP VIEW told AS FROM unindexed;

CREATE OR REPLACE TEMP VIEW spelled AS FROM unindexed_words;
