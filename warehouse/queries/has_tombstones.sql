SELECT EXISTS (FROM core.tombstones) AS has_tombstones;
