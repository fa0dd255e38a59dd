"""The interactive SQL session of `newshouse shell`: what is typed, what is answered."""
