"""One engine alone, without a home: files in, JSON lines out, in the order of the input."""

from etl.alone.pages import count_pages, read_pages
from etl.alone.results import describe
from etl.alone.rows import collect

__all__ = ["collect", "count_pages", "describe", "read_pages"]
