"""One engine alone, without a home: files in, JSON lines out, in the order of the input."""

from etl.alone.pages import count_pages, read_pages
from etl.alone.results import describe
from etl.alone.rows import collect, count_rows
from etl.alone.texts import describe_tags, read_texts

__all__ = [
    "collect", "count_pages", "count_rows", "describe", "describe_tags", "read_pages", "read_texts",
]  # fmt: skip
