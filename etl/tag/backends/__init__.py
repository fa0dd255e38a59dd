"""Recognisers of others, which a user may install and choose for a language."""
