"""Tests of the room `etl.net`."""
