"""One engine alone, without a home: files in, JSON lines out, in the order of the input."""

from etl.alone.articles import read_articles
from etl.alone.clusters import compare, describe_place
from etl.alone.pages import count_pages, read_pages
from etl.alone.results import describe
from etl.alone.rows import collect, count_rows
from etl.alone.texts import describe_tags, read_texts

__all__ = [
    "collect", "compare", "count_pages", "count_rows", "describe", "describe_place",
    "describe_tags", "read_articles", "read_pages", "read_texts",
]  # fmt: skip
