"""What is wrong with a feed, in words, and what newshouse does about it. Pure."""
