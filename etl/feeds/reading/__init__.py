"""From the bytes of a feed, or of a page that names one, to entries. Pure."""
