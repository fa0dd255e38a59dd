"""From a page's bytes to an article: text, metadata and why each value was believed."""

from etl.extract.article import extract_article
from etl.extract.language import detect_language, parse_language
from etl.extract.options import ExtractOptions

__all__ = ["ExtractOptions", "detect_language", "extract_article", "parse_language"]
