"""Names and dates in articles."""

from etl.tag.mentions import tag, tag_text
from etl.tag.rules import RulesRecognizer

__all__ = ["RulesRecognizer", "tag", "tag_text"]
