"""Tests of etl/dedup."""
