"""Tests of the room `etl.archive`."""
