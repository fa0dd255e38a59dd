"""What a poll means for its feed: the next state, when to ask again, what to raise. Pure."""
