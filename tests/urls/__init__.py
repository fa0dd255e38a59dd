"""URLs: one form for each, one identity for the spellings of a page."""
