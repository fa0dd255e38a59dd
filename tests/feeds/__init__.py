"""Tests of `etl.feeds`."""
