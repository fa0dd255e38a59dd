"""Which stories tell of the same event. Pure: similarities in, groups out."""

from etl.events.linkage import Group, link_average

__all__ = ["Group", "link_average"]
