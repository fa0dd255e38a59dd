SELECT key FROM core.hot_keys WHERE key > $largest_shingle;
