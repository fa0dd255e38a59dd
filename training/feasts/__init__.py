"""The days of feasts that follow the moon, computed once and shipped as a table."""
