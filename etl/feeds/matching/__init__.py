"""Which entry we know an item of a feed is, however its guid or address changed. Pure."""
