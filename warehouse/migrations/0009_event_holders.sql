-- How many articles have a word decides what it counts. Counting them anew read every word of every
-- article twice a load: 44 million rows of a million articles.
CREATE TABLE core.event_holders (
    key UINTEGER NOT NULL,
    holder_count INTEGER NOT NULL
);
COMMENT ON TABLE core.event_holders IS 'How many articles have each word of core.event_words.';
COMMENT ON COLUMN core.event_holders.key IS 'As in core.event_words.';
COMMENT ON COLUMN core.event_holders.holder_count IS 'Its rows in core.event_words, at least 1.';

INSERT INTO core.event_holders
SELECT key, count(*)::INTEGER FROM core.event_words GROUP BY key ORDER BY key;
