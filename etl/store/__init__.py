"""The warehouse's edge: the only room that imports duckdb."""
