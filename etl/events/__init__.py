"""Which articles tell of the same event. Pure: similarities in, groups out."""

from etl.events.linkage import Group, link_average
from etl.events.words import weigh_words

__all__ = ["Group", "link_average", "weigh_words"]
