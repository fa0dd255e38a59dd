"""What makes two articles tell of one event: fitted to the development half of evals/events."""

LEAD_WORDS = 40
"""Words of the text's beginning that count, beside the headline's: what happened stands there."""

OFTEN = 4
"""Words a text has so often count wherever they stand: they are what it is about."""

OFTEN_SHARE = 250
"""Of longer texts, those that are every 250th word or more."""

WINDOW_DAYS = 5
"""Articles published further apart tell of different events, whatever they say."""

PERIOD_DAYS = 30
"""How rare a word is, is counted over articles up to the end of so many days of each one's own."""

IN_TITLE, IN_TEXT = 64, 32
"""What a word of the headline counts, and one of the text alone; more, the more often it stands."""

OUTSTANDING = 10
"""Words an article is looked up by: those that count most in it."""

LEAST_SHARED = 2
"""Of the words they are looked up by, those two articles share before they are compared."""

LEAST_SIMILARITY = 0.20
"""Cosine of two articles' words below which they count as nothing alike."""

LEAST_AVERAGE = 0.28
"""Average similarity between two groups of articles from which they are one event."""
