"""Tests of etl.events."""
