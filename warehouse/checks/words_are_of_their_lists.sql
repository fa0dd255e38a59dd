-- Columns that take a word out of a closed list hold no other word.
WITH said AS (
    SELECT 'core.entries.outcome' AS place, outcome AS word, count(*) AS times
    FROM core.entries GROUP BY ALL
    UNION ALL
    SELECT 'ops.outcomes.outcome', outcome, count(*) FROM ops.outcomes GROUP BY ALL
    UNION ALL
    SELECT 'ops.runs.state', state, count(*) FROM ops.runs GROUP BY ALL
    UNION ALL
    SELECT 'ops.feeds.state', state, count(*) FROM ops.feeds GROUP BY ALL
    UNION ALL
    SELECT 'core.versions.change', change, count(*) FROM core.versions GROUP BY ALL
    UNION ALL
    SELECT 'core.changes.kind', kind, count(*) FROM core.changes GROUP BY ALL
    UNION ALL
    SELECT 'core.mentions.kind', kind, count(*) FROM core.mentions GROUP BY ALL
    UNION ALL
    SELECT 'core.entities.kind', kind, count(*) FROM core.entities GROUP BY ALL
    UNION ALL
    SELECT 'core.dates.timex_type', timex_type, count(*) FROM core.dates GROUP BY ALL
    UNION ALL
    SELECT 'core.dates.timex_mod', timex_mod, count(*) FROM core.dates WHERE timex_mod IS NOT NULL
    GROUP BY ALL
    UNION ALL
    SELECT 'core.duplicate_pairs.kind', kind, count(*) FROM core.duplicate_pairs GROUP BY ALL
    UNION ALL
    SELECT 'raw.pages.kind', kind, count(*) FROM raw.pages GROUP BY ALL
    UNION ALL
    SELECT 'raw.fetches.kind', kind, count(*) FROM raw.fetches GROUP BY ALL
    UNION ALL
    SELECT 'raw.usage_signals.source', source, count(*) FROM raw.usage_signals GROUP BY ALL
    UNION ALL
    SELECT 'core.entry_merges.reason', reason, count(*) FROM core.entry_merges GROUP BY ALL
    UNION ALL
    SELECT 'ops.alarms.kind', kind, count(*) FROM ops.alarms GROUP BY ALL
    UNION ALL
    SELECT 'core.tombstones.kind', kind, count(*) FROM core.tombstones GROUP BY ALL
),
listed AS (
    SELECT * FROM (VALUES
        ('core.entries.outcome', ['new', 'changed', 'unchanged', 'known', 'rejected', 'failed',
            'gave_up', 'deferred', 'bug', 'forgotten']),
        ('ops.outcomes.outcome', ['new', 'changed', 'unchanged', 'known', 'rejected', 'failed',
            'gave_up', 'deferred', 'bug', 'forgotten']),
        ('ops.runs.state', ['running', 'completed', 'completed_with_bugs', 'failed',
            'interrupted']),
        ('ops.feeds.state', ['active', 'failing', 'gone', 'paused']),
        ('core.versions.change', ['first', 'cosmetic', 'correction', 'update', 'rewrite']),
        ('core.changes.kind', ['added', 'removed', 'replaced', 'churn']),
        ('core.mentions.kind', ['PERSON', 'ORG', 'GPE', 'LOC', 'NORP', 'EVENT', 'PRODUCT', 'WORK',
            'FAC', 'MISC']),
        ('core.entities.kind', ['PERSON', 'ORG', 'GPE', 'LOC', 'NORP', 'EVENT', 'PRODUCT', 'WORK',
            'FAC', 'MISC']),
        ('core.dates.timex_type', ['DATE', 'TIME', 'DURATION', 'SET']),
        ('core.dates.timex_mod', ['START', 'MID', 'END', 'APPROX', 'MORE_THAN', 'LESS_THAN',
            'EQUAL_OR_MORE', 'EQUAL_OR_LESS', 'ON_OR_BEFORE', 'ON_OR_AFTER']),
        ('core.duplicate_pairs.kind', ['exact', 'near', 'contained']),
        ('raw.pages.kind', ['page', 'feed', 'entry']),
        ('raw.fetches.kind', ['page', 'feed', 'robots']),
        ('raw.usage_signals.source', ['robots', 'header', 'meta']),
        ('core.entry_merges.reason', ['guid_changed', 'address_changed', 'host_moved']),
        ('core.tombstones.kind', ['article', 'url', 'entry', 'guid', 'text']),
        ('ops.alarms.kind', ['feed_failing', 'feed_gone', 'feed_lying', 'feed_silent',
            'feed_moved', 'feed_missing_entries', 'run_interrupted', 'bugs', 'source_silent',
            'layout_drift', 'lag', 'failure_share', 'backlog'])
    ) AS l (place, words)
)
SELECT
    place AS subject,
    times || ' rows say "' || word || '"' AS detail
FROM said
JOIN listed USING (place)
WHERE NOT list_contains(words, word);
