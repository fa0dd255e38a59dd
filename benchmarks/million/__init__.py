"""A warehouse of a million synthetic articles: generated, loaded, asked and published."""
