"""SQL and nothing else: migrations, views, macros, queries and checks, as package data."""
