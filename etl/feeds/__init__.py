"""What a feed says, and what to do about it: bytes in, records and decisions out. Pure."""
