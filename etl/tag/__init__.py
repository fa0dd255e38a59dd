"""Tagging: which names and dates an article has, and what they denote."""

from etl.tag.choice import open_recognizer
from etl.tag.mentions import tag, tag_text
from etl.tag.rules import RulesRecognizer

__all__ = ["RulesRecognizer", "open_recognizer", "tag", "tag_text"]
